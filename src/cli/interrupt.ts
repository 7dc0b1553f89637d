import { constants } from 'node:os';

export interface RunLimit {
  readonly signal: AbortSignal;
  /** What ended the run early, once something did. */
  reason(): string | undefined;
  release(): void;
}

/**
 * The first SIGINT or SIGTERM, or the end of `timeoutSeconds`, aborts the run, which then writes what it has;
 * a second signal ends the process at once with 130.
 */
export function limitRun(timeoutSeconds: number | undefined): RunLimit {
  const controller = new AbortController();
  const onSignal = (name: NodeJS.Signals): void => {
    if (!controller.signal.aborted) return controller.abort(`interrupted by ${name}`);
    process.stderr.write(`kubeperimeter: exit 130: a second ${name} came, nothing more is written\n`);
    process.exit(128 + constants.signals.SIGINT);
  };
  process.on('SIGINT', onSignal).on('SIGTERM', onSignal);
  const timer =
    timeoutSeconds === undefined
      ? undefined
      : setTimeout(() => controller.abort(`ended by --timeout ${timeoutSeconds}`), timeoutSeconds * 1000);
  return {
    signal: controller.signal,
    reason: () => (controller.signal.aborted ? String(controller.signal.reason) : undefined),
    release: () => {
      clearTimeout(timer);
      process.off('SIGINT', onSignal).off('SIGTERM', onSignal);
    },
  };
}
