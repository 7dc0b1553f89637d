/** Ends a look: by its time limit, or because the run was interrupted. */
export interface Deadline {
  readonly signal: AbortSignal;
  /** Which of the two it was; absent while there is time left. */
  readonly cause: () => 'time' | 'interrupt' | undefined;
  /** Gives it more time, in milliseconds. */
  readonly extend: (milliseconds: number) => void;
  readonly dispose: () => void;
}

/** Plain timers and one listener: `AbortSignal.any` keeps every composed signal alive as long as the run's own. */
export function startDeadline(milliseconds: number, interrupt: AbortSignal): Deadline {
  const controller = new AbortController();
  const end = (): void => controller.abort();
  const endsAt = performance.now() + milliseconds;
  let timer = setTimeout(end, milliseconds);
  if (interrupt.aborted) end();
  interrupt.addEventListener('abort', end, { once: true });
  return {
    signal: controller.signal,
    cause: () => (controller.signal.aborted ? (interrupt.aborted ? 'interrupt' : 'time') : undefined),
    extend: (further) => {
      clearTimeout(timer);
      timer = setTimeout(end, endsAt + further - performance.now());
    },
    dispose: () => {
      clearTimeout(timer);
      interrupt.removeEventListener('abort', end);
    },
  };
}
