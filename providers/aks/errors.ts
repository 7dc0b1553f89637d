import { ProviderError } from '../../src/model/errors.ts';
import type { ProviderErrorCode } from '../../src/model/errors.ts';
import { cut } from '../../src/lib/text.ts';
import { meta } from './meta.ts';

/** What the SDK's errors have in common; their classes are loaded with the SDK only, and differ between its packages. */
interface SdkError {
  readonly name: string;
  readonly message: string;
  readonly code?: unknown;
  readonly statusCode?: unknown;
  readonly errors?: readonly Error[];
}

/**
 * Translates what the SDK threw. Messages are our own words with Azure's error code in them, never the SDK's text, which has
 * several lines and may quote the request. `permission` is what the call needs.
 */
export function toProviderError(error: unknown, permission: string, signal: AbortSignal): ProviderError {
  if (error instanceof ProviderError) return error;
  const failure = error as SdkError;
  const [code, fact] = signal.aborted
    ? (['timeout', 'stopped before the answer came'] as const)
    : (signInFailure(failure) ?? statusFailure(failure, permission) ?? transportFailure(failure));
  return new ProviderError(code, `Azure: ${fact}`, { cause: error });
}

type Failure = readonly [ProviderErrorCode, string];

/** The names of @azure/identity: a chain gives one `AggregateAuthenticationError` over those of its members. */
function signInFailure(failure: SdkError): Failure | undefined {
  if (!/^(Aggregate)?Authentication|^CredentialUnavailable/.test(failure.name)) return undefined;
  const all = [failure, ...(failure.errors ?? [])];
  return all.some(isUnreachableSignIn)
    ? ['unreachable', 'the sign-in service could not be reached; check the network, the proxy and AZURE_AUTHORITY_HOST']
    : ['unauthenticated', `the sign-in has expired or was refused; ${meta.signIn}`];
}

function isUnreachableSignIn({ message }: { readonly message: string }): boolean {
  return /endpoints_resolution_error|network_error/.test(message);
}

function statusFailure(failure: SdkError, permission: string): Failure | undefined {
  const status = failure.statusCode;
  if (typeof status !== 'number' || status < 300) return undefined;
  const answer = `${status}${codeOf(failure)}`;
  switch (status) {
    case 401:
      return ['unauthenticated', `the token was refused (${answer}); ${meta.signIn}`];
    case 403:
      return ['forbidden', `refused (${answer}); the credentials need ${permission}`];
    case 404:
      return ['forbidden', `not found, or not visible to these credentials (${answer}), which need ${permission}`];
    case 408:
    case 504:
      return ['timeout', `Azure Resource Manager ran out of time (${answer})`];
    case 429:
      return ['throttled', `too many requests (${answer}), also after waiting; scan fewer subscriptions at once`];
    default:
      return status >= 500
        ? ['unreachable', `Azure Resource Manager failed (${answer}), also when asked again`]
        : ['unsupported', `Azure Resource Manager gave an answer that is not understood (${answer})`];
  }
}

function transportFailure(failure: SdkError): Failure {
  const code = codeOf(failure);
  if (failure.name === 'AbortError' || failure.code === 'ETIMEDOUT') {
    return ['timeout', 'Azure Resource Manager did not answer in time'];
  }
  if (failure.name !== 'RestError' || !code || failure.code === 'PARSE_ERROR') {
    return [
      'malformed',
      'what answered is not Azure Resource Manager; check the proxy and AZURE_RESOURCE_MANAGER_ENDPOINT',
    ];
  }
  return /CERT|SIGNATURE/.test(code)
    ? [
        'unreachable',
        `the certificate of Azure Resource Manager is not trusted (${code.trim()}); NODE_EXTRA_CA_CERTS adds an authority`,
      ]
    : ['unreachable', `Azure Resource Manager could not be reached (${code.trim()}); check the network and the proxy`];
}

/** Azure's or Node's error code with a blank before, where it is a plain word: it comes from the answer, so it is foreign text. */
function codeOf({ code }: SdkError): string {
  return typeof code === 'string' && /^\w+$/.test(code) ? ` ${cut(code, 64)}` : '';
}
