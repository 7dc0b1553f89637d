import { describe, expect, test } from 'vitest';

import { flowControl } from '../../emulators/apiserver/kubernetes.ts';
import { peers } from '../../emulators/apiserver/peers.ts';
import type { Reply } from '../../emulators/server.ts';
import type { Answer } from '../../../src/probe/answer.ts';
import { assess } from '../../../src/probe/identity.ts';
import { pathOf, type Step } from '../../../src/probe/steps.ts';
import { answerOf, healthOnly, ids, lost, off, on, reply } from './answers.ts';

const unknown = { isClusters: false, names: [] };
const clusters = { isClusters: true, names: ['kubernetes.default.svc.cluster.local'] };
const flowControlHeaders = Object.fromEntries(
  Object.entries(flowControl).map(([name, value]) => [name.toLowerCase(), value]),
);
const without = (answer: Answer, ...names: string[]): Answer => ({
  ...answer,
  headers: Object.fromEntries(Object.entries(answer.headers).filter(([name]) => !names.includes(name))),
});

/** What any program may give that sends headers back. */
const mirrored = reply('index', 200, '{"paths":[]}', { 'audit-id': ids.auditId });

describe('an API server', () => {
  test.for<[string, readonly Answer[], typeof unknown | typeof clusters, boolean]>([
    ['403, nothing known of the certificate', [answerOf('index', on())], unknown, true],
    ['401 with our Audit-ID', [answerOf('index', off)], unknown, true],
    ['401 of an old one, its CA known', [without(answerOf('index', off), 'audit-id')], clusters, true],
    ['401 of an old one, nothing known', [without(answerOf('index', off), 'audit-id')], unknown, false],
    ['200 with the list of paths', [answerOf('index', on('cluster-admin'))], unknown, true],
    ['healthy', [answerOf('index', off), answerOf('livez', healthOnly)], unknown, true],
    [
      '403 through a proxy that adds its name',
      [{ ...answerOf('index', on()), headers: { ...answerOf('index', on()).headers, server: 'envoy' } }],
      unknown,
      true,
    ],
    ['a mirrored Audit-ID, its CA known', [reply('index', 200, '{}', { 'audit-id': ids.auditId })], clusters, false],
    [
      'a document and a mirrored Audit-ID, from a named server',
      [reply('index', 200, '{"paths":[]}', { 'audit-id': ids.auditId, server: 'x' })],
      unknown,
      false,
    ],
    ['a document and a mirrored Audit-ID', [mirrored], unknown, true],
    [
      'a document and a mirrored Audit-ID, with a cookie',
      [{ ...mirrored, headers: { ...mirrored.headers, 'set-cookie': ['a=b'] } }],
      unknown,
      false,
    ],
    [
      'a document and a mirrored Audit-ID, and a Status of another code',
      [mirrored, reply('version', 403, answerOf('version', off).body)],
      unknown,
      false,
    ],
    [
      'a Status with a reason that no API server gives',
      [reply('index', 403, '{"kind":"Status","code":403,"reason":"Denied"}', { 'audit-id': ids.auditId })],
      unknown,
      false,
    ],
    [
      'a Status with flow control in name only',
      [
        reply('index', 401, answerOf('index', off).body, {
          'x-kubernetes-pf-flowschema-uid': 'x',
          'x-kubernetes-pf-prioritylevel-uid': 'x',
        }),
      ],
      unknown,
      false,
    ],
    ['nothing at all, its CA known', [lost('index')], clusters, false],
  ])('%s', ([, answers, hints, expected]) => {
    expect(assess(answers, ids.auditId, hints).isApiServer).toBe(expected);
  });
});

const asked = (name: keyof typeof peers): readonly Answer[] =>
  (['index', 'version'] as Step[]).map((step) => {
    const request = { method: 'GET', url: pathOf(step, ids.name), headers: { 'audit-id': ids.auditId }, body: '' };
    const answer: Reply = peers[name](request);
    const { status = 200, headers = {}, body = '' } = answer;
    const lower = Object.fromEntries(Object.entries(headers).map(([key, value]) => [key.toLowerCase(), value]));
    return reply(step, status, typeof body === 'string' ? body : JSON.stringify(body), lower);
  });

describe('never taken for one, even with the right certificate', () => {
  test.for<[keyof typeof peers, string | undefined]>([
    ['etcd', 'etcd'],
    ['kubelet', 'kubelet'],
    ['kubelet-anonymous', 'kubelet'],
    ['kube-rbac-proxy', 'kube-rbac-proxy'],
    ['kubectl-proxy', 'kubectl proxy'],
    ['rancher', 'Rancher'],
    ['nginx', 'web server'],
    ['load-balancer', 'web server'],
    ['gfe', 'Google front end'],
    ['redirect', 'web server'],
    ['aggregated', 'aggregated API server'],
    ['aggregated-delegating', 'aggregated API server'],
    ['mirror', undefined],
  ])('%s: %s', ([name, guess]) => {
    const assessment = assess(asked(name), ids.auditId, clusters);
    expect(assessment.isApiServer).toBe(false);
    expect(assessment.guess).toBe(guess);
  });

  test('a page that does not say what it is', () => {
    expect(assess([reply('index', 404, '<!DOCTYPE html><title>Hello</title>')], ids.auditId, clusters).guess).toBe(
      'web server',
    );
  });

  test('what does not speak HTTP', () => {
    expect(assess([lost('index', 'malformed')], ids.auditId, clusters).guess).toBe(
      'something that does not speak HTTP',
    );
  });
});

/** Whether a refusal and this version make an API server. */
function isApiServer(version: object, more: readonly Answer[] = [], headers = flowControlHeaders): boolean {
  const answers = [answerOf('index', on()), reply('version', 200, JSON.stringify(version), headers), ...more];
  return assess(answers, ids.auditId, clusters).isApiServer;
}

describe('the version of', () => {
  test.for<[string, string, string, boolean]>([
    ['1', '36', 'v1.36.3', true],
    ['1', '31+', 'v1.31.4-eks-2d5f260', true],
    ['1', '33', 'v1.33.5-gke.1080000', true],
    ['1', '27', 'v1.27.6+f67aeb3', true],
    ['1', '28', '1.28.4', true],
    // Nothing set, as of older server libraries.
    ['', '', 'v0.7.2', false],
    // What was built is the program's own.
    ['1', '36', 'v0.8.0', false],
    ['1', '36', 'v1.3.6', false],
    // The numbers are.
    ['1', '2', 'v0.0.0-master+$Format:%H$', false],
    ['1', '2', 'v1.36.3', false],
    // Both are, and there was no flow control in Kubernetes 1.2.
    ['1', '2', 'v1.2.0', false],
  ])('major "%s", minor "%s", built as %s', ([major, minor, gitVersion, expected]) => {
    expect(isApiServer({ major, minor, gitVersion })).toBe(expected);
  });

  test('an API server older than flow control', () => {
    expect(isApiServer({ major: '1', minor: '16+', gitVersion: 'v1.16.15' }, [], {})).toBe(true);
  });

  test.for<[string, Answer]>([
    ['a secret', answerOf('secret', on('cluster-admin'))],
    ['discovery of the core', answerOf('api', on('cluster-admin'))],
  ])('a build without one, which has %s all the same', ([, answer]) => {
    expect(isApiServer({ major: '1', minor: '36', gitVersion: 'v0.0.0-master+$Format:%H$' }, [answer])).toBe(true);
  });
});

test('keeps each signal as a sentence', () => {
  const answer = answerOf('index', on());
  const { signals } = assess([{ ...answer, headers: { ...answer.headers, server: 'x' } }], ids.auditId, clusters);
  expect(signals).toEqual([
    "The certificate chains to the cluster's own CA.",
    'The certificate names kubernetes.default.svc.',
    'A Status object carried the same code as its answer.',
    'Our Audit-ID came back.',
    'Priority and fairness headers were set.',
    'A refusal named system:anonymous.',
    'A Server header was set, which API servers do not send.',
  ]);
});

test('the bodies are those of upstream, byte for byte', () => {
  expect(answerOf('index', off).body).toHaveLength(129);
  expect(answerOf('index', on()).body).toHaveLength(185);
  expect(answerOf('index', off).headers).not.toHaveProperty('x-kubernetes-pf-flowschema-uid');
});
