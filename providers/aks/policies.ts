import type { ContainerServiceClient } from '@azure/arm-containerservice';
import { ProviderError } from '../../src/model/errors.ts';

type Pipeline = ContainerServiceClient['pipeline'];
type Policy = Parameters<Pipeline['addPolicy']>[0];
type Headers = Awaited<ReturnType<Policy['sendRequest']>>['headers'];

/** The longest wait that an answer may ask for, milliseconds. */
const longestWait = 60_000;

export interface RequestLimits {
  readonly endpoint: string;
  /** First wait before asking again, milliseconds; it doubles each time. */
  readonly retryDelayInMs: number;
  /** For one attempt with its whole answer, milliseconds. */
  readonly attemptTimeoutInMs: number;
}

/** Lays our limits around every request of a client, the following of page links included, where the SDK passes on no options. */
export function limitRequests(pipeline: Pipeline, limits: RequestLimits, signal: AbortSignal): void {
  pipeline.addPolicy(stayAt(new URL(limits.endpoint).origin), { phase: 'Serialize' });
  pipeline.addPolicy(endInTime(limits.attemptTimeoutInMs, signal), { phase: 'Serialize' });
  pipeline.addPolicy(boundWaits(limits.retryDelayInMs), { afterPhase: 'Retry' });
}

/** The SDK follows a page link to any host and sends the token there; this stands before the token is asked for. */
function stayAt(origin: string): Policy {
  return {
    name: 'stayAtOrigin',
    sendRequest: async (request, next) => {
      const { origin: asked, host } = new URL(request.url);
      if (asked === origin) return next(request);
      throw new ProviderError('malformed', `Azure: a page link leads to another host (${host}) and was not followed`);
    },
  };
}

function endInTime(timeout: number, signal: AbortSignal): Policy {
  return {
    name: 'endInTime',
    sendRequest: (request, next) => {
      request.abortSignal = signal;
      request.timeout = timeout;
      return next(request);
    },
  };
}

/** The SDK waits as long as it is told, be it hours, and does not try again after a 429 that does not say how long. */
function boundWaits(retryDelayInMs: number): Policy {
  return {
    name: 'boundWaits',
    sendRequest: async (request, next) => {
      const response = await next(request);
      if (response.status !== 429 && response.status !== 503) return response;
      const wait = askedWait(response.headers);
      if (wait === undefined) response.headers.set('x-ms-retry-after-ms', retryDelayInMs);
      else if (wait > longestWait) {
        const seconds = Math.ceil(wait / 1000);
        throw new ProviderError(
          'throttled',
          `Azure: too many requests; to be asked again in ${seconds} s, which is too long to wait`,
        );
      }
      return response;
    },
  };
}

/** Milliseconds, by the headers that the SDK goes by. */
function askedWait(headers: Headers): number | undefined {
  const milliseconds = headers.get('retry-after-ms') ?? headers.get('x-ms-retry-after-ms');
  const text = headers.get('retry-after') ?? '';
  const inSeconds = /^\d+$/.test(text) ? Number(text) * 1000 : Date.parse(text) - Date.now();
  const wait = milliseconds === undefined ? inSeconds : Number(milliseconds);
  return Number.isNaN(wait) ? undefined : wait;
}
