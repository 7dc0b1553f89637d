import { cli, compare, printRatio } from './measure.ts';

/** `kubeperimeter --version` against starting Node with nothing to do. */
export async function benchStart(): Promise<void> {
  const { ours, baseline } = await compare({ args: [cli, '--version'] }, { args: ['-e', '0'] }, 9);
  printRatio('start, CPU of --version against node -e 0', ours.cpuMs, baseline.cpuMs, 'ms', 1.5);
}
