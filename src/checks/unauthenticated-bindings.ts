import { defineCheck } from '../model/check.ts';
import { listAnonymousBindings, updateCluster } from './lib/commands.ts';

/** A field that the cloud left out is no promise either way. Existing bindings do not show in the settings. */
export const unauthenticatedBindings = defineCheck(
  {
    id: 'unauthenticated-bindings',
    subject: 'cluster',
    severity: 'low',
    title: 'Roles may be bound to unauthenticated users',
    rationale:
      'A role that is bound to system:anonymous or system:unauthenticated belongs to everyone who can connect. GKE can ' +
      'refuse such bindings, so that a slip or a copied manifest does not open the cluster.',
    messages: {
      allowed: 'The cluster accepts role bindings to system:anonymous and system:unauthenticated.',
      unknown: 'The settings do not say whether roles may be bound to unauthenticated users.',
    },
    remediation: {
      gke: {
        summary: 'Refuse such bindings; those that exist already have to be found and removed beforehand.',
        commands: [listAnonymousBindings, updateCluster('gke', '--no-enable-insecure-binding-system-unauthenticated')],
      },
    },
    references: [
      'https://cloud.google.com/kubernetes-engine/docs/best-practices/rbac',
      'https://cloud.google.com/sdk/gcloud/reference/container/clusters/update',
    ],
  },
  ({ cluster }) => {
    if (cluster.unauthenticatedBindings === 'allowed') return { status: 'fail', message: 'allowed' };
    return cluster.unauthenticatedBindings === 'blocked'
      ? { status: 'pass' }
      : { status: 'unknown', message: 'unknown' };
  },
);
