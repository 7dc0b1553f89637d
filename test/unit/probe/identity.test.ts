import { describe, expect, test } from 'vitest';

import { peers } from '../../emulators/apiserver/peers.ts';
import type { Reply } from '../../emulators/server.ts';
import type { Answer } from '../../../src/probe/answer.ts';
import { assess } from '../../../src/probe/identity.ts';
import { pathOf, type Step } from '../../../src/probe/steps.ts';
import { answerOf, healthOnly, ids, lost, off, on, reply } from './answers.ts';

const unknown = { isClusters: false, names: [] };
const clusters = { isClusters: true, names: ['kubernetes.default.svc.cluster.local'] };
const without = (answer: Answer, ...names: string[]): Answer => ({
  ...answer,
  headers: Object.fromEntries(Object.entries(answer.headers).filter(([name]) => !names.includes(name))),
});

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
    ['mirror', undefined],
  ])('%s: %s', ([name, guess]) => {
    const assessment = assess(asked(name), ids.auditId, clusters);
    expect(assessment.isApiServer).toBe(false);
    expect(assessment.guess).toBe(guess);
  });

  test('what does not speak HTTP', () => {
    expect(assess([lost('index', 'malformed')], ids.auditId, clusters).guess).toBe(
      'something that does not speak HTTP',
    );
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
