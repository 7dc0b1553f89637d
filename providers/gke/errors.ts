import { ProviderError, type ProviderErrorCode } from '../../src/model/errors.ts';

export const signIn =
  'run `gcloud auth application-default login`, or set GOOGLE_APPLICATION_CREDENTIALS to the path of a credential file';

/** An answer other than success: its status, and what a Google error says in fields. Its prose is left behind: it may echo a token. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly status: number;
  /** False where the body is no Google error: a proxy or another server spoke. */
  readonly fromGoogle: boolean;
  /** `SERVICE_DISABLED`, `IAM_PERMISSION_DENIED`. */
  readonly reason?: string;
  readonly permission?: string;
  /** The project whose settings were asked, as a number or an id. */
  readonly consumer?: string;

  constructor(status: number, body: string) {
    super(`HTTP ${status}`);
    this.status = status;
    const error = memberOf(parsed(body), 'error');
    this.fromGoogle = typeof memberOf(error, 'code') === 'number';
    const info = infoOf(error);
    const metadata = memberOf(info, 'metadata');
    const reason = word(memberOf(info, 'reason'));
    const permission = word(memberOf(metadata, 'permission'));
    const consumer = word(memberOf(metadata, 'consumer'))?.replace(/^projects\//, '') ?? consumerInProse(error);
    if (reason) this.reason = reason;
    if (permission) this.permission = permission;
    if (consumer) this.consumer = consumer;
  }
}

/** google.rpc.ErrorInfo, the one detail made for programs (AIP-193). */
function infoOf(error: unknown): unknown {
  const details = memberOf(error, 'details');
  return Array.isArray(details) ? details.find((detail) => typeof memberOf(detail, 'reason') === 'string') : undefined;
}

/** Answers without metadata name the project in their sentence alone. */
function consumerInProse(error: unknown): string | undefined {
  const message = memberOf(error, 'message');
  return typeof message === 'string'
    ? word(/ in project (\S{1,80}) before/.exec(message.slice(0, 500))?.[1])
    : undefined;
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}

function memberOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}

/** A code word, or nothing: whatever else a server puts there is not repeated. */
function word(value: unknown): string | undefined {
  return typeof value === 'string' && /^[\w.:/-]{1,100}$/.test(value) ? value : undefined;
}

/**
 * Translates what a call threw. `doing` is the call in words, `list the clusters`, without the project: that stands beside the
 * message, and the same trouble in many projects reads as one. `permission` is what the call needs. The SDK wraps what the
 * transport threw, so the chain of causes is searched; what is in none of our shapes failed while an answer was decoded.
 */
export function toProviderError(doing: string, permission: string, error: unknown): ProviderError {
  const say = (code: ProviderErrorCode, what: string): ProviderError =>
    new ProviderError(code, `Google Cloud did not ${doing}: ${what}`, { cause: error });
  for (const cause of chainOf(error)) {
    if (cause instanceof ProviderError) return say(cause.code, cause.message);
    if (cause instanceof Refusal) return say(...refusalInWords(cause, permission));
    // gRPC's CANCELLED and DEADLINE_EXCEEDED, which the SDK puts on its own time limit.
    if ([1, 4].includes(Number(memberOf(cause, 'code')))) return say('timeout', 'it took too long or was interrupted');
  }
  return say(...notTheApi());
}

/** The answer that an API is off, where that is what stands behind an error. */
export function apiOff(error: unknown): Refusal | undefined {
  return chainOf(error).find((cause) => cause instanceof Refusal && cause.reason === 'SERVICE_DISABLED') as
    | Refusal
    | undefined;
}

function chainOf(error: unknown): unknown[] {
  const chain = [error];
  while (chain.length < 8 && chain.at(-1) instanceof Error) chain.push((chain.at(-1) as Error).cause);
  return chain.toReversed();
}

function notTheApi(told = ''): [ProviderErrorCode, string] {
  return ['malformed', `the answer is not what the API documents${told}; check the proxy and the endpoint overrides`];
}

/** What helps against a refusal that is not about rights in the project. Source: google.api.ErrorReason. */
const fixes = new Map([
  ['ACCESS_TOKEN_SCOPE_INSUFFICIENT', 'the credentials need the scope cloud-platform'],
  ['USER_PROJECT_DENIED', 'the credentials need serviceusage.services.use on their quota project'],
  ['SECURITY_POLICY_VIOLATED', 'a perimeter of VPC Service Controls has to let this machine in'],
]);

function refusalInWords(
  { status, fromGoogle, reason, permission }: Refusal,
  needed: string,
): [ProviderErrorCode, string] {
  const told = [`HTTP ${status}`, reason].filter((part) => part !== undefined).join(', ');
  if (status === 429 || reason === 'RATE_LIMIT_EXCEEDED')
    return ['throttled', `too many requests (${told}), also after waiting; scan again later`];
  if (status === 501) return ['unsupported', `the server does not know this call (${told})`];
  if (status >= 500) return ['unreachable', `the service failed (${told})`];
  if (!fromGoogle) return notTheApi(` (${told})`);
  if (status === 401) return ['unauthenticated', `the credentials were not accepted (${told}); ${signIn}`];
  if (status === 403) {
    const fix = fixes.get(reason ?? '') ?? `the credentials need ${permission ?? needed}`;
    return ['forbidden', `it was refused (${told}); ${fix}`];
  }
  if (status === 404) return ['forbidden', `it is not there, or not visible to these credentials (${told})`];
  return ['unsupported', `the request was not accepted (${told})`];
}
