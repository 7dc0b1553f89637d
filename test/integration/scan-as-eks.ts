import type { JudgedEndpoint, Report } from '../../src/model/report.ts';
import { kubeperimeter } from '../e2e/cli.ts';
import { eksCluster, startEks } from '../emulators/eks.ts';

export interface EksEndpoint {
  readonly host: string;
  /** Absent: the cloud's text is no certificate, so that the probe knows no CA, as on AKS. */
  readonly caPem?: string;
  /** Where it really listens, on 127.0.0.1. */
  readonly port: number;
  readonly version: string;
  /** Further options of `scan`. */
  readonly args?: readonly string[];
}

/**
 * Scans a server as the endpoint of an emulated EKS cluster that is open to the internet: the whole way from describe to
 * verdict. Returns the public endpoint as judged.
 */
export async function scanAsEks({ host, port, args = [], ...rest }: EksEndpoint): Promise<JudgedEndpoint> {
  const cluster = eksCluster({ name: 'real', endpoint: `https://${host}`, ...rest });
  const eks = await startEks({ accounts: [{ id: '111122223333', regions: { 'eu-west-1': [cluster] } }] });
  const where = ['--aws-region', 'eu-west-1', '--connect-to', `${host}:443:127.0.0.1:${port}`];
  const from = ['--vantage-address', '52.95.110.7', '--vantage-cloud', 'none', '--fail-on', 'none'];
  const ended = await kubeperimeter(
    ['scan', '--provider', 'eks', ...where, ...from, '--no-tls-posture', '--format', 'json', ...args],
    {
      env: eks.env(),
    },
  );
  await eks.close();
  if (ended.code !== 0) throw new Error(`the scan ended with ${ended.code}: ${ended.stderr}`);
  const report = JSON.parse(ended.stdout) as Report;
  return report.clusters[0]?.endpoints[0] as JudgedEndpoint;
}
