import { fileURLToPath } from 'node:url';
import { cli, compare, printRatio } from './measure.ts';
import { startManyClusters } from './many-clusters.ts';

/** A settings scan of 500 EKS clusters, JSON and HTML written, against the bare SDK loop on the same emulator. */
export async function benchSettingsScan(): Promise<void> {
  const eks = await startManyClusters(500);
  const env = { ...eks.env(), BENCH_REGION: 'eu-west-1' };
  const outputs = ['--format', 'json', '--format', 'html', '--output', 'out/'];
  const target = ['--provider', 'eks', '--aws-region', 'eu-west-1', '--no-probe', '--fail-on', 'none'];
  const { ours, baseline } = await compare(
    { args: [cli, 'scan', ...target, ...outputs], env },
    { args: [fileURLToPath(new URL('bare/eks-loop.mjs', import.meta.url))], env },
    5,
  );
  await eks.close();
  printRatio('settings scan of 500 EKS clusters, CPU', ours.cpuMs, baseline.cpuMs, 'ms', 1.5);
  printRatio('settings scan of 500 EKS clusters, peak memory', ours.peakMb, baseline.peakMb, 'MiB', 1.5);
}
