import { setTimeout as sleep } from 'node:timers/promises';

import { gaxios, type AuthClient } from 'google-auth-library';

import { retry, retryAfterMs, retryBudget, type Again, type RetryPolicy } from '../../src/lib/retry.ts';
import { ProviderError } from '../../src/model/errors.ts';
import { Refusal, signIn } from './errors.ts';

/** How long calls may take; tests shorten it. */
export interface Tuning {
  /** One attempt, its body included. */
  readonly attemptMs: number;
  /** One call with all its attempts and waits. */
  readonly callMs: number;
  readonly sleep: RetryPolicy['sleep'];
  readonly random: () => number;
}

export const defaultTuning: Tuning = {
  attemptMs: 20_000,
  callMs: 60_000,
  sleep: (milliseconds, signal) => sleep(milliseconds, undefined, { signal }),
  random: Math.random,
};

/** A project's whole list comes in one answer; a thousand clusters are about 20 MiB. */
const longestBody = 64 * 1024 * 1024;

/** A connection that broke, perhaps an idle one that the other side had given up: worth one more attempt. */
const broken = new Set(['ECONNRESET', 'EPIPE', 'EAI_AGAIN', 'ERR_STREAM_PREMATURE_CLOSE']);

/** What reading a credential file and signing with its key fail with; the auth library's own errors have no code. */
const credentialCode = /^$|^ENOENT$|^ERR_OSSL/;

const certificateCode = /CERT|^ERR_TLS|UNABLE_TO_VERIFY/;

export type Fetch = (url: string | URL, init: RequestInit) => Promise<Response>;

/** An answer that another attempt may better. */
class Busy extends Error {
  readonly refusal: Refusal;
  readonly again: Again;

  constructor(refusal: Refusal, afterMs: number | undefined) {
    super(refusal.message);
    this.refusal = refusal;
    this.again = afterMs === undefined ? {} : { afterMs };
  }
}

/**
 * The auth client's fetch with our limits: time and size of an answer, no redirects (they would carry the token on), and retries,
 * which the SDK does for neither 429 nor all of 5xx. Raises Refusal for any answer but success, else ProviderError.
 */
export function boundedFetch(client: AuthClient, tuning: Tuning): Fetch {
  const policy: RetryPolicy = {
    attempts: 6,
    baseMs: 500,
    capMs: 10_000,
    longestWaitMs: 30_000,
    budget: retryBudget(100),
    again: (error) => (error instanceof Busy ? error.again : broken.has(codeOf(error)) ? {} : undefined),
    random: tuning.random,
    sleep: tuning.sleep,
  };
  return async (url, init) => {
    const whole = anySignal(init.signal, tuning.callMs);
    try {
      return await retry(() => attempt(client, url, init, anySignal(whole, tuning.attemptMs)), policy, whole);
    } catch (error) {
      if (error instanceof Busy) throw error.refusal;
      throw error instanceof Refusal ? error : transportError(error);
    }
  };
}

function anySignal(signal: AbortSignal | null | undefined, milliseconds: number): AbortSignal {
  const limit = AbortSignal.timeout(milliseconds);
  return signal ? AbortSignal.any([signal, limit]) : limit;
}

async function attempt(
  client: AuthClient,
  url: string | URL,
  init: RequestInit,
  signal: AbortSignal,
): Promise<Response> {
  const response = await untilAborted(
    client.fetch(url, {
      ...init,
      signal,
      redirect: 'error',
      responseType: 'stream',
      size: longestBody,
      validateStatus: () => true,
      // The SDK's own agent would keep the auth library from using HTTPS_PROXY.
      agent: undefined,
    } as Parameters<AuthClient['fetch']>[1]),
    signal,
  );
  const body = await untilAborted(response.text(), signal);
  if (response.ok) return new Response(body);
  const refusal = new Refusal(response.status, body);
  if (response.status !== 429 && (response.status < 500 || response.status === 501)) throw refusal;
  throw new Busy(refusal, retryAfterMs(response.headers.get('retry-after'), Date.now()));
}

/** Ends with the signal also where the auth library does not: it fetches tokens without one. */
async function untilAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  signal.throwIfAborted();
  const aborted = Promise.withResolvers<never>();
  const abort = (): void => aborted.reject(signal.reason);
  signal.addEventListener('abort', abort, { once: true });
  try {
    return await Promise.race([work, aborted.promise]);
  } finally {
    signal.removeEventListener('abort', abort);
  }
}

/** No answer came to a call of ours. */
function transportError(error: unknown): ProviderError {
  const options = { cause: error };
  const name = error instanceof Error ? error.name : '';
  const code = codeOf(error);
  if (['AbortError', 'TimeoutError'].includes(name) || ['AbortError', 'TimeoutError', 'ABORT_ERR'].includes(code)) {
    return new ProviderError('timeout', 'no whole answer came in time, or the scan was interrupted', options);
  }
  const status = signInStatus(error);
  if (status !== undefined) return signInFailure(status, options);
  const type = typeOf(error);
  const fromNetwork = error instanceof gaxios.GaxiosError || type !== undefined || !credentialCode.test(code);
  if (!fromNetwork) return new ProviderError('unauthenticated', `the credentials cannot be used; ${signIn}`, options);
  if (type === 'no-redirect') return new ProviderError('malformed', 'it redirects, which is not followed', options);
  if (type === 'max-size') return new ProviderError('malformed', 'the answer is longer than 64 MiB', options);
  const [what, fix] = certificateCode.test(code)
    ? ['the certificate is not trusted', 'NODE_EXTRA_CA_CERTS adds an authority']
    : ['the connection failed', 'check the network and the proxy'];
  return new ProviderError('unreachable', `${what}${code && ` (${code})`}; ${fix}`, options);
}

/** An answer inside the error is one of the sign-in service: an answer to ours is never an error there. */
function signInStatus(error: unknown): number | undefined {
  const response: unknown = error instanceof Error ? Reflect.get(error, 'response') : undefined;
  const status: unknown =
    typeof response === 'object' && response !== null ? Reflect.get(response, 'status') : undefined;
  return typeof status === 'number' ? status : undefined;
}

function signInFailure(status: number, options: { cause: unknown }): ProviderError {
  return status === 429 || status >= 500
    ? new ProviderError('unreachable', `the sign-in service failed (HTTP ${status})`, options)
    : new ProviderError('unauthenticated', `the sign-in was refused (HTTP ${status}); ${signIn}`, options);
}

/** The system's or Node's own word for the failure, from wherever in the chain of causes it stands. */
function codeOf(error: unknown): string {
  for (let at = error, depth = 0; at instanceof Error && depth < 6; at = at.cause, depth += 1) {
    const code: unknown = Reflect.get(at, 'code');
    if (typeof code === 'string' && /^\w{1,60}$/.test(code)) return code;
  }
  return '';
}

/** node-fetch marks its own refusals by a type. */
function typeOf(error: unknown): unknown {
  const cause = error instanceof Error ? error.cause : undefined;
  return [error, cause].map((at) => (at instanceof Error ? Reflect.get(at, 'type') : undefined)).find(Boolean);
}
