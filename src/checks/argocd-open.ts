import { defineCheck } from '../model/check.ts';
import { judgePaths, reasonsOf } from './lib/paths.ts';

/** As mild as a DNS endpoint with IAM in front: everyone may knock, and the cloud's own sign-in stands before it. */
export const argocdOpen = defineCheck(
  {
    id: 'argocd-open',
    subject: 'cluster',
    severity: 'low',
    title: 'Hosted Argo CD reached from the internet',
    rationale:
      'Argo CD deploys into the cluster, and as an EKS capability it has an address of its own. Neither a private ' +
      'endpoint nor a list of ranges of the cluster restricts that address, so its sign-in alone stands before it.',
    messages: {
      open: 'A way into this cluster is open beside its endpoints: {paths}.',
      'path-unknown': 'Whether a hosted Argo CD is reached from the internet is not known: {paths}.',
    },
    remediation: {
      eks: {
        summary:
          'Give the capability a VPC endpoint: then it is reached from there alone. Look at who has a role in it.',
        commands: [
          'aws eks list-capabilities --region {location} --cluster-name {name}',
          'aws eks update-capability --region {location} --cluster-name {name} --capability-name <capability-name> ' +
            "--configuration 'argoCd={networkAccess={vpceIds=[<vpc-endpoint-id>]}}'",
        ],
      },
    },
    references: [
      'https://docs.aws.amazon.com/eks/latest/userguide/argocd.html',
      'https://docs.aws.amazon.com/eks/latest/APIReference/API_ArgoCdNetworkAccessConfigResponse.html',
    ],
  },
  (subject) =>
    judgePaths(subject, 'eks-argocd', (open) =>
      open.length === 0 ? undefined : { status: 'fail', message: 'open', values: { paths: reasonsOf(open) } },
    ),
);
