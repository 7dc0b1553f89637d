import { defineCheck } from '../model/check.ts';
import { accountsOf, foreignPaths, judgePaths, reasonsOf, unknownPaths } from './lib/paths.ts';

/** A connection of the own subscription is how private clusters are used; AKS makes one itself for the nodes. */
export const foreignPrivateEndpoint = defineCheck(
  {
    id: 'foreign-private-endpoint',
    subject: 'cluster',
    severity: 'medium',
    title: 'Private endpoint of another subscription',
    rationale:
      'A private endpoint puts the API server into a virtual network, and whoever runs that network decides who reaches ' +
      'it. In another subscription these may be other people, and nothing in the settings of the cluster shows them.',
    messages: {
      connected: 'The API server is reached from a network of another subscription: {paths}.',
      'path-unknown': 'Whether a private endpoint of another subscription leads here is not known: {paths}.',
    },
    remediation: {
      aks: {
        summary: 'Make sure that you know each of these connections, and remove those that you do not.',
        commands: [
          'az network private-endpoint-connection list --subscription {account} --resource-group {resourceGroup} ' +
            '--name {name} --type Microsoft.ContainerService/managedClusters',
          'az network private-endpoint-connection delete --subscription {account} --resource-group {resourceGroup} ' +
            '--resource-name {name} --name <connection-name> --type Microsoft.ContainerService/managedClusters',
        ],
      },
    },
    references: [
      'https://learn.microsoft.com/azure/aks/private-clusters',
      'https://learn.microsoft.com/azure/private-link/manage-private-endpoint',
    ],
  },
  (subject) =>
    judgePaths<'connected'>(subject, 'aks-private-endpoint', (open) => {
      const foreign = foreignPaths(subject, open);
      if (foreign.length > 0) {
        const evidence = { subscriptions: accountsOf(foreign) };
        return { status: 'fail', message: 'connected', values: { paths: reasonsOf(foreign) }, evidence };
      }
      const anyones = open.filter(({ account }) => account === undefined);
      return anyones.length === 0 ? undefined : unknownPaths(anyones);
    }),
);
