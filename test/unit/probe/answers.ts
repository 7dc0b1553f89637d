import { parseObject, type Answer, type AnswerFailure } from '../../../src/probe/answer.ts';
import { pathOf, type Step } from '../../../src/probe/steps.ts';
import { answerAsApiServer, type AnonymousRights } from '../../emulators/apiserver/kubernetes.ts';

const auditId = '6a0f3f5e-5d7e-4a56-9a07-0d5b6b3f6f7e';
const name = '0f8b8f4e-0d3c-4a0e-8c5d-2b1a9e7f6c5d';

/** The answer that an API server with these rights gives to a step. */
export function answerOf(step: Step, rights: AnonymousRights): Answer {
  const request = { method: 'GET', url: pathOf(step, name), headers: { 'audit-id': auditId }, body: '' };
  const { status = 200, headers = {}, body = '' } = answerAsApiServer(rights, request);
  const lower = Object.fromEntries(Object.entries(headers).map(([key, value]) => [key.toLowerCase(), value]));
  return reply(step, status, typeof body === 'string' ? body : JSON.stringify(body), lower);
}

export function lost(step: Step, kind: Exclude<AnswerFailure['kind'], 'tls'> = 'closed'): Answer {
  return { step, name, headers: {}, body: '', failure: { kind } };
}

export function reply(step: Step, status: number, body: string, headers: Answer['headers'] = {}): Answer {
  const json = parseObject(body);
  return { step, name, status, headers, body, ...(json === undefined ? {} : { json }) };
}

export const ids = { auditId, name };

export const on = (...roles: AnonymousRights['roles']): AnonymousRights => ({ authentication: 'on', roles });
export const off: AnonymousRights = { authentication: 'off', roles: [] };
export const healthOnly: AnonymousRights = { authentication: 'health-only', roles: [] };
