import { cut } from '../../src/lib/text.ts';

/** What a cluster is called within its subscription. */
export interface ResourceName {
  /** In lower case: Azure ignores the case of it and echoes what was typed once. */
  readonly resourceGroup: string;
  readonly name: string;
}

const pattern =
  /^\/subscriptions\/[^/]+\/resourceGroups\/([^/]+)\/providers\/Microsoft\.ContainerService\/managedClusters\/([^/]+)$/i;

/** Undefined for everything but the id of a managed cluster. Azure's own limits are 90 and 63 characters. */
export function parseResourceId(id: string): ResourceName | undefined {
  const [, resourceGroup, name] = pattern.exec(id) ?? [];
  if (!resourceGroup || !name) return undefined;
  return { resourceGroup: cut(resourceGroup.toLowerCase(), 90), name: cut(name, 63) };
}

/** The id in lower case, as Azure Monitor writes it. */
export function resourceId(subscription: string, { resourceGroup, name }: ResourceName): string {
  const provider = 'providers/Microsoft.ContainerService/managedClusters';
  return `/subscriptions/${subscription}/resourceGroups/${resourceGroup}/${provider}/${name}`.toLowerCase();
}
