import { defineCheck } from '../model/check.ts';
import { limitAnonymous, readSettings, showAnonymousFlags } from './lib/commands.ts';
import { judgeRung, unclear } from './lib/ladder.ts';

export const versionDisclosed = defineCheck(
  {
    id: 'version-disclosed',
    subject: 'endpoint',
    severity: 'low',
    title: 'Version told without credentials',
    rationale:
      'Kubernetes tells its exact version to everyone by default, so this alone is no sign of a break-in. It does save an ' +
      'attacker the guess which known flaws are worth a try.',
    messages: {
      version: 'A request without credentials was told the version {version}.',
      answered: 'A request without credentials was given the version page.',
      unclear,
    },
    remediation: {
      eks: {
        summary: 'EKS answers nothing but health paths from Kubernetes 1.32 on; upgrade one minor version at a time.',
        commands: [
          'aws eks update-cluster-version --region {location} --name {name} --kubernetes-version <next-minor-version>',
        ],
      },
      gke: { summary: 'Limit anonymous requests to the health paths.', commands: [limitAnonymous] },
      aks: {
        summary: 'AKS refuses anonymous requests as far as is known: make sure what answered before changing anything.',
        commands: [readSettings.aks],
      },
      kubeconfig: {
        summary:
          'From Kubernetes 1.32 on, limit anonymous requests to the health paths (`anonymous.conditions` in the ' +
          "API server's authentication configuration). Do not refuse them altogether: probes ask the health paths.",
        commands: [showAnonymousFlags],
      },
    },
    references: [
      'https://kubernetes.io/docs/reference/access-authn-authz/rbac/#discovery-roles',
      'https://kubernetes.io/docs/reference/access-authn-authz/authentication/#anonymous-requests',
      'https://docs.aws.amazon.com/eks/latest/userguide/kubernetes-versions-standard.html',
      'https://cloud.google.com/kubernetes-engine/docs/how-to/hardening-your-cluster',
    ],
    needsProbe: true,
  },
  (subject) =>
    judgeRung(subject, 'version', () => {
      const version = subject.probe?.result.gitVersion;
      return version === undefined
        ? { status: 'fail', message: 'answered' }
        : { status: 'fail', message: 'version', values: { version } };
    }),
);
