import { defineCheck } from '../model/check.ts';
import { accountsOf, foreignPaths, judgePaths, reasonsOf } from './lib/paths.ts';

/**
 * Low, since somebody bound one named resource to fixed roles on purpose: milder than run command, which is on unless switched off
 * and open to every identity with that action. A resource of another subscription is as bad as a private endpoint of one.
 */
export const trustedAccess = defineCheck(
  {
    id: 'trusted-access',
    subject: 'cluster',
    severity: 'low',
    title: 'Azure resources let in past network settings',
    rationale:
      'A trusted access role binding gives an Azure resource, such as a machine learning workspace or a backup vault, ' +
      'roles in the cluster. Azure carries its requests to the API server past private endpoints and authorized ranges, ' +
      'so whoever controls that resource acts in the cluster from any network.',
    messages: {
      bound: 'Azure resources act in this cluster past its network settings: {paths}.',
      foreign: 'Azure resources of other subscriptions act in this cluster past its network settings: {paths}.',
      'path-unknown': 'Whether Azure resources act in this cluster past its network settings is not known: {paths}.',
    },
    remediation: {
      aks: {
        summary: 'Make sure that each binding is still needed, and delete those that are not.',
        commands: [
          'az aks trustedaccess rolebinding list --subscription {account} --resource-group {resourceGroup} ' +
            '--cluster-name {name}',
          'az aks trustedaccess rolebinding delete --subscription {account} --resource-group {resourceGroup} ' +
            '--cluster-name {name} --name <binding-name>',
        ],
      },
    },
    references: ['https://learn.microsoft.com/azure/aks/trusted-access-feature'],
  },
  (subject) =>
    judgePaths(subject, 'aks-trusted-access', (open) => {
      const foreign = foreignPaths(subject, open);
      if (foreign.length > 0) {
        const evidence = { subscriptions: accountsOf(foreign) };
        const values = { paths: reasonsOf(foreign) };
        return { status: 'fail', message: 'foreign', severity: 'medium', values, evidence };
      }
      return open.length === 0 ? undefined : { status: 'fail', message: 'bound', values: { paths: reasonsOf(open) } };
    }),
);
