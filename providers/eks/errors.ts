import { ProviderError, type ProviderErrorCode } from '../../src/model/errors.ts';
import { meta } from './meta.ts';

/** The parts of an SDK error that are read; its message is only searched for words that are known, as servers write into it. */
interface SdkError {
  readonly name: string;
  readonly message?: string;
  readonly code?: unknown;
  readonly $metadata?: { readonly httpStatusCode?: number };
}

type Explanation = readonly [ProviderErrorCode, string];

const expired: Explanation = ['unauthenticated', `the AWS credentials have expired: ${meta.signIn}`];
const unknownKey: Explanation = [
  'unauthenticated',
  'AWS does not accept these credentials there: sign in again, or enable the region for the account',
];
const wrongSignature: Explanation = [
  'unauthenticated',
  'AWS does not accept the signature: check the secret access key and the clock of this machine',
];
const noneUsable: Explanation = ['unauthenticated', `there are no usable AWS credentials: ${meta.signIn}`];
const denied: Explanation = [
  'forbidden',
  'AWS refuses it: allow this action to the identity that scans, and look for a service control policy that denies the region',
];
const throttled: Explanation = [
  'throttled',
  'AWS was too busy to answer, also after several attempts: scan again later',
];

/** Names differ by service and by age of the API for the same thing. Source: common errors of the EKS, STS and Account APIs. */
const byName: Readonly<Record<string, Explanation>> = {
  ExpiredToken: expired,
  ExpiredTokenException: expired,
  UnrecognizedClientException: unknownKey,
  InvalidClientTokenId: unknownKey,
  InvalidSignatureException: wrongSignature,
  SignatureDoesNotMatch: wrongSignature,
  // The date of the signature is too old or in the future, whatever the name says.
  RequestExpired: wrongSignature,
  AccessDenied: denied,
  AccessDeniedException: denied,
  OptInRequired: denied,
  ThrottlingException: throttled,
  Throttling: throttled,
  TooManyRequestsException: throttled,
  CredentialsProviderError: noneUsable,
  TokenProviderError: noneUsable,
  AbortError: ['timeout', 'no answer came in time'],
  TimeoutError: ['timeout', 'no answer came in time'],
  ResourceNotFoundException: ['malformed', 'it was listed, and is not there any more'],
  UnknownOperationException: ['unsupported', 'this endpoint does not know the call'],
};

/**
 * Translates what the SDK throws; a `ProviderError` passes. `doing` is the call, as in `eks:ListClusters`, without the region or the
 * cluster: these stand beside the message, and the same trouble in many of them reads as one. No secret can be in words of ours.
 */
export function toProviderError(error: unknown, doing: string): ProviderError {
  if (error instanceof ProviderError) return error;
  const [code, explanation] = explain(isSdkError(error) ? error : { name: 'unknown error' });
  return new ProviderError(code, `${doing}: ${explanation}`, { cause: error });
}

/** The same for an answer that is complete, and yet not what the API promises. */
export function malformed(doing: string, what: string): ProviderError {
  return new ProviderError('malformed', `${doing}: ${what}`);
}

function isSdkError(error: unknown): error is SdkError {
  return error instanceof Error;
}

/** What the credential chain leaves of a sign-in service that was not reached. */
const unreached =
  /\b(?:ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|EHOSTUNREACH|ENETUNREACH|ETIMEDOUT|PROXY_HTTP_\d{3})\b/;

function explain(error: SdkError): Explanation {
  const [code] = error.name === 'CredentialsProviderError' ? (unreached.exec(error.message ?? '') ?? []) : [];
  if (code !== undefined) return explainUnanswered({ name: error.name, code });
  const status = error.$metadata?.httpStatusCode;
  const known = Object.hasOwn(byName, error.name) ? byName[error.name] : undefined;
  if (known) return known;
  if (status === undefined) return explainUnanswered(error);
  if (status === 404 || status === 405 || status === 501) {
    return ['unsupported', `this endpoint does not know the call (HTTP ${status})`];
  }
  // The protocol reader fails with these on a body that is not JSON, such as the page of a proxy.
  if (error.name === 'SyntaxError' || error.name === 'TypeError') return notTheApi(status);
  return explainStatus(status);
}

/** Errors of the network and of TLS have a code; those without one come from the SDK itself, which refused to send. */
function explainUnanswered({ code }: SdkError): Explanation {
  if (typeof code !== 'string')
    return ['malformed', 'the call could not be made: check the region and the endpoint overrides'];
  const word = /^\w{1,48}$/.test(code) ? ` (${code})` : '';
  if (/CERT|SIGNATURE/.test(code)) {
    return ['unreachable', `the certificate is not trusted${word}; NODE_EXTRA_CA_CERTS adds an authority`];
  }
  return ['unreachable', `the endpoint could not be reached${word}: check the region, the network and the proxy`];
}

function notTheApi(status: number): Explanation {
  return [
    'malformed',
    `something that is not the AWS API answered (HTTP ${status}): check endpoint overrides and the proxy`,
  ];
}

function explainStatus(status: number): Explanation {
  if (status === 429 || status >= 500) return throttled;
  if (status === 401 || status === 403) return denied;
  return ['malformed', `AWS does not accept the request (HTTP ${status})`];
}
