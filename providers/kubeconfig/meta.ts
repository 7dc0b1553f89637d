import type { Cluster } from '../../src/model/cluster.ts';
import type { ProviderMeta, ScanTarget } from '../../src/model/provider.ts';

export const meta: ProviderMeta = {
  id: 'kubeconfig',
  title: 'Self-managed clusters',
  accountWord: 'kubeconfig file',
  locationWord: 'context',
  permissions: [
    {
      name: 'reading the kubeconfig file',
      why: 'gives host, certificate authority and names of each cluster; users, tokens, keys and plug-ins in it are left alone',
      without: 'no self-managed cluster is seen',
    },
  ],
  notSeen: [
    'firewalls, load balancers and security groups in front of the API server, so who else may connect',
    'other addresses and names of the same API server',
    'proxies, jump hosts, VPNs and tunnels into the network of the cluster',
  ],
  signIn: 'name a file by --kubeconfig, or set KUBECONFIG',
  calls,
  // Nothing is read a second time: there are no settings that an answer could contradict.
  settlingSeconds: 0,
  logQuery,
};

function calls({ locations }: ScanTarget): readonly string[] {
  const contexts = locations.length > 0 ? locations.map((name) => `context ${name}`) : ['the current context'];
  return [
    `reads ${contexts.join(', ')} of the file, and the certificate authority files named there`,
    'calls no API, runs no exec plug-in, and uses no credential',
  ];
}

/** The audit log is a file of JSON lines where the API server's `--audit-log-path` says. */
function logQuery(_cluster: Cluster, auditId: string): string {
  return `grep '"auditID":"${auditId}"' <audit-log-path>`;
}
