import { isHost } from '../lib/host.ts';
import type { Trust } from '../model/endpoint.ts';
import { UsageError } from '../model/errors.ts';
import type { Evidence } from '../model/evidence.ts';

/** Trust that only a kubeconfig can ask for. */
const ofKubeconfigs: readonly Trust['kind'][] = ['system-roots', 'unverified'];

/**
 * A file may come from anywhere, and a host that two readers understand differently must not be dialled; nor may a file make
 * us take a stranger for a cloud's cluster, who then would get requests.
 * @throws UsageError that names the first such field.
 */
export function assertDialable({ clusters }: Evidence, name: string): void {
  for (const [at, { provider, endpoints }] of clusters.entries()) {
    for (const [index, { host, role, serverName, trust }] of endpoints.entries()) {
      const refuse = (field: string, why: string): never => {
        throw new UsageError(`cannot use ${name}: clusters[${at}].endpoints[${index}].${field} ${why}`);
      };
      for (const [field, text] of Object.entries({ host, serverName }))
        if (text !== undefined && !isHost(text)) refuse(field, 'is no host name or address');
      const isOwn = provider === 'kubeconfig';
      const isGiven = trust.kind === 'public-roots' ? role === 'dns' : !ofKubeconfigs.includes(trust.kind);
      if (!isOwn && !isGiven) refuse('trust.kind', `is ${trust.kind}, which no cloud gives`);
    }
  }
}
