import { defineCheck } from '../model/check.ts';
import { clause } from './lib/wording.ts';

/** Read from the kubeconfig alone; whether someone uses the gap cannot be seen from here. */
export const tlsVerificationSkipped = defineCheck(
  {
    id: 'tls-verification-skipped',
    subject: 'cluster',
    severity: 'medium',
    title: 'Kubeconfig that skips certificate verification',
    rationale:
      'With insecure-skip-tls-verify a client hands its token to whoever answers under the address of the API server. ' +
      'Everyone on the path can then read it and act as that user, and the client sees nothing of it.',
    messages: {
      skipped: 'The kubeconfig connects to this cluster without checking whose certificate it is shown.',
      unread: 'Whether the kubeconfig skips verification was not judged: {reason}.',
    },
    remediation: {
      kubeconfig: {
        summary:
          "Put the cluster's own certificate authority into the kubeconfig and turn verification on; then replace the " +
          'tokens that were sent without it.',
        commands: [
          'kubectl config view --minify --context {name}',
          'kubectl config set-cluster <cluster-of-that-context> --insecure-skip-tls-verify=false ' +
            '--certificate-authority=<ca-file> --embed-certs',
        ],
      },
    },
    references: [
      'https://kubernetes.io/docs/reference/config-api/kubeconfig.v1/',
      'https://kubernetes.io/docs/tasks/administer-cluster/access-cluster-api/',
    ],
  },
  ({ cluster }) => {
    if (cluster.undescribed !== undefined) {
      return { status: 'unknown', message: 'unread', values: { reason: clause(cluster.undescribed) } };
    }
    return cluster.endpoints.some(({ trust }) => trust.kind === 'unverified')
      ? { status: 'fail', message: 'skipped' }
      : { status: 'pass' };
  },
);
