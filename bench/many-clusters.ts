import { createAuthority } from '../test/emulators/certificates.ts';
import { eksCluster, startEks, type EksEmulator } from '../test/emulators/eks.ts';

/** One region of one account with many clusters, every third of them restricted; each with a certificate that can be read. */
export async function startManyClusters(count: number): Promise<EksEmulator> {
  const { pem } = await createAuthority('kubernetes');
  const names = Array.from({ length: count }, (_, index) => `cluster-${index}`);
  const describe = (name: string) =>
    eksCluster({ name, caPem: pem, ...(Number(name.slice(8)) % 3 === 0 && { cidrs: ['203.0.113.0/24'] }) });
  return startEks({ accounts: [{ id: '111122223333', regions: { 'eu-west-1': { names, describe } } }] });
}
