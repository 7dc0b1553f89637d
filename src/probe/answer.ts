import type { IncomingHttpHeaders } from 'node:http';

import type { Step } from './steps.ts';

export type Json = Readonly<Record<string, unknown>>;

/** What came back for one request. */
export interface Answer {
  readonly step: Step;
  /** The random object name that was asked for. */
  readonly name: string;
  /** Absent where no complete answer came. */
  readonly status?: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
  /** The body, where it is a JSON object. */
  readonly json?: Json;
  /** Why no complete answer came. */
  readonly failure?: AnswerFailure;
}

export type AnswerFailure =
  | { readonly kind: 'ended' | 'closed' | 'too-large' | 'malformed' | 'unsent' }
  /** Lost with a connection that had been kept open: the step is asked again, on a new one. */
  | { readonly kind: 'stale' }
  | { readonly kind: 'tls'; readonly code: string };

export function isStale(answer: Answer): boolean {
  return answer.failure?.kind === 'stale';
}

/** What an answer says about anonymous rights. */
export type Reading =
  /** 200 with what an API server serves there; health paths also 500 with the list of checks. */
  | 'granted'
  /** 404 for our random name: reading it was allowed. */
  | 'not-found'
  /** 401, with a Status. */
  | 'unauthorized'
  /** 403, with a Status; for an object, with its name. */
  | 'forbidden'
  /** 429 or 5xx: says nothing about rights. */
  | 'busy'
  /** No complete answer. */
  | 'missing'
  /** A complete answer that no API server gives there. */
  | 'foreign';

/** The part of `metav1.Status` that is looked at (k8s.io/apimachinery, meta/v1/types.go). */
export interface Status {
  readonly reason: string;
  readonly message: string;
  readonly name?: string;
}

export function readAnswer(answer: Answer): Reading {
  const { status } = answer;
  if (status === undefined) return 'missing';
  if (status === 200) return isServedBy(answer) ? 'granted' : 'foreign';
  if (status === 500 && isHealthReport(answer)) return 'granted';
  if (status === 429 || status >= 500) return 'busy';
  const body = parseStatus(answer);
  if (body === undefined) return 'foreign';
  if (status === 401 && body.reason === 'Unauthorized') return 'unauthorized';
  if (status === 403 && body.reason === 'Forbidden' && isAboutOurs(answer, body)) return 'forbidden';
  return status === 404 && isOurNameMissing(answer, body) ? 'not-found' : 'foreign';
}

const reasons: ReadonlySet<string> = new Set([
  'Unauthorized',
  'Forbidden',
  'NotFound',
  'TooManyRequests',
  'InternalError',
  'ServiceUnavailable',
  'Timeout',
  'ServerTimeout',
]);

/** A Status whose code is the HTTP status and whose reason is one an API server gives. Anything else is only similar. */
export function parseStatus(answer: Answer): Status | undefined {
  const { json } = answer;
  if (json?.['kind'] !== 'Status' || json['code'] !== answer.status) return undefined;
  const { reason, message, details } = json;
  if (typeof reason !== 'string' || !reasons.has(reason)) return undefined;
  const name = isObject(details) ? details['name'] : undefined;
  return {
    reason,
    message: typeof message === 'string' ? message : '',
    ...(typeof name === 'string' ? { name } : {}),
  };
}

/** A refusal says whose request it was. */
export function namesAnonymous(answer: Answer): boolean {
  return parseStatus(answer)?.message.includes('"system:anonymous"') === true;
}

/** Whoever sends nothing and is known as somebody was given credentials by something on the way. */
export function namesOther(answer: Answer): boolean {
  return readAnswer(answer) === 'forbidden' && !namesAnonymous(answer);
}

/** A Status of the wrong code or reason speaks against an API server. */
export function isStatusLike(answer: Answer): boolean {
  return answer.json?.['kind'] === 'Status';
}

const objectSteps: ReadonlySet<Step> = new Set(['pod', 'secret', 'binding']);

/** A refusal names the object that was asked for: the same words on every path, or an answer too many, refuse no object. */
function isAboutOurs(answer: Answer, body: Status): boolean {
  return !objectSteps.has(answer.step) || body.name === answer.name;
}

/** An unknown resource is NotFound too, with another message and no name: it says nothing about rights to the object. */
function isOurNameMissing(answer: Answer, body: Status): boolean {
  if (!objectSteps.has(answer.step) || body.reason !== 'NotFound') return false;
  return body.name === undefined ? !body.message.includes('the requested resource') : body.name === answer.name;
}

/** How each document is told from whatever else a 200 may carry. */
const documents: Readonly<Record<Step, (json: Json | undefined, body: string) => boolean>> = {
  index: (json) => Array.isArray(json?.['paths']),
  livez: (_, body) => body.trim() === 'ok',
  readyz: (_, body) => body.trim() === 'ok',
  version: (json) => readGitVersion(json) !== undefined,
  api: (json) => json?.['kind'] === 'APIVersions',
  pod: (json) => json?.['kind'] === 'Pod',
  secret: (json) => json?.['kind'] === 'Secret',
  binding: (json) => json?.['kind'] === 'ClusterRoleBinding',
  bootstrap: (json) => json?.['kind'] === 'ConfigMap',
};

function isServedBy({ step, json, body }: Answer): boolean {
  return documents[step](json, body);
}

/** An unhealthy API server lists its checks, one a line, with the failed ones' reasons withheld. */
function isHealthReport({ step, body }: Answer): boolean {
  return (step === 'livez' || step === 'readyz') && /^\[[+-]\]/m.test(body);
}

/** `gitVersion` of `/version`; an aggregated API server leaves `major` empty. */
export function readGitVersion(json: Json | undefined): string | undefined {
  const version = json?.['gitVersion'];
  return typeof version === 'string' && typeof json?.['major'] === 'string' ? version : undefined;
}

export function parseObject(body: string): Json | undefined {
  if (!body.trimStart().startsWith('{')) return undefined;
  try {
    const json: unknown = JSON.parse(body);
    return isObject(json) ? json : undefined;
  } catch {
    return undefined;
  }
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
