import pLimit, { type LimitFunction } from 'p-limit';

export type Limit = LimitFunction;

/** At most `concurrency` calls run at once, the rest wait in line. Stands here because the engine and the probe import no packages. */
export const createLimit = (concurrency: number): Limit => pLimit(concurrency);
