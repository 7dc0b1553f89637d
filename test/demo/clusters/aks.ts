import { connection, roleBinding } from '../../emulators/arm.ts';
import { office, type DemoCluster } from './demo-cluster.ts';

const backupVault =
  '/subscriptions/00000000-0000-4000-8000-000000000001/resourceGroups/rg-shop/providers/Example.Backup/vaults/nightly';

export const aks: readonly DemoCluster[] = [
  {
    cloud: 'aks',
    name: 'crm',
    shows: 'open to the internet; anonymous requests get nothing, as AKS has it',
    settings: {},
    wire: { answers: 'anonymous-disabled' },
    exposure: 'exposed',
    outcome: 'anonymous-disabled',
  },
  {
    cloud: 'aks',
    name: 'vault',
    shows: 'private, yet reached by "run command", a trusted resource and a private endpoint of others',
    settings: {
      apiServerAccessProfile: { enablePrivateCluster: true },
      fqdn: undefined,
      privateFQDN: 'vault.priv.example',
    },
    beside: {
      roleBindings: [roleBinding('nightly-backup', backupVault, ['Example.Backup/vaults/operator'])],
      connections: [connection('partner', '00000000-0000-4000-8000-00000000beef')],
    },
    wire: 'nothing',
    exposure: 'private',
    outcome: 'not-probed',
  },
  {
    cloud: 'aks',
    name: 'nightly',
    shows: 'stopped, but set to be open: it will be when it starts',
    settings: { powerState: { code: 'Stopped' } },
    wire: 'nothing',
    exposure: 'exposed',
    outcome: 'not-probed',
  },
  {
    cloud: 'aks',
    name: 'all-of-azure',
    shows: 'the list holds a service tag that stands for every Azure tenant',
    settings: { apiServerAccessProfile: { authorizedIPRanges: ['AzureCloud', office] } },
    wire: 'drops packets',
    exposure: 'broad',
    outcome: 'filtered',
  },
  {
    cloud: 'aks',
    name: 'typing-error',
    shows: 'a list with an entry that cannot be read: unknown, not small',
    settings: { apiServerAccessProfile: { authorizedIPRanges: ['203.0.113.0/33', office] } },
    wire: 'refuses',
    exposure: 'unknown',
    outcome: 'closed',
  },
  {
    cloud: 'aks',
    name: 'moved',
    shows: 'a web server stands where the API server was: not Kubernetes',
    settings: { apiServerAccessProfile: { authorizedIPRanges: [office] } },
    wire: { answers: 'nginx' },
    exposure: 'restricted',
    outcome: 'not-kubernetes',
  },
  {
    cloud: 'aks',
    name: 'gone',
    shows: 'a name without an address',
    settings: { apiServerAccessProfile: { authorizedIPRanges: [office] } },
    wire: { resolvesTo: [] },
    exposure: 'restricted',
    outcome: 'unresolved',
  },
];
