import { describe, expect, test } from 'vitest';

import { status } from '../../emulators/apiserver/kubernetes.ts';
import type { Answer } from '../../../src/probe/answer.ts';
import { judgeRights, nextStep, readRetryAfter, summariseAnonymous } from '../../../src/probe/ladder.ts';
import type { Outcome } from '../../../src/model/probe.ts';
import type { Step } from '../../../src/probe/steps.ts';
import { answerOf, healthOnly, lost, off, on, reply } from './answers.ts';

const rights: readonly Step[] = ['index', 'version', 'api', 'pod', 'secret', 'binding'];
const html = '<html><body>hello</body></html>';

/** Answers of one server to the whole ladder, single steps replaced. */
function ladder(of: ReturnType<typeof on>, ...replaced: Answer[]): readonly Answer[] {
  return rights.map((step) => replaced.find((answer) => answer.step === step) ?? answerOf(step, of));
}

describe('nextStep', () => {
  test.for<[string, readonly Answer[], Step | undefined]>([
    ['begins with the root', [], 'index'],
    ['asks health after 401', [answerOf('index', off)], 'livez'],
    ['stops after 401 on health', [answerOf('index', off), answerOf('livez', off)], undefined],
    ['stops after 200 on health', [answerOf('index', off), answerOf('livez', healthOnly)], undefined],
    ['stops after 500 on health', [answerOf('index', off), reply('livez', 500, '[-]etcd failed')], undefined],
    ['asks the other health path after 404', [answerOf('index', off), reply('livez', 404, html)], 'readyz'],
    ['asks the other health path after 403', [answerOf('index', off), answerOf('livez', on())], 'readyz'],
    [
      'asks no third health path',
      [answerOf('index', off), reply('livez', 404, html), reply('readyz', 404, html)],
      undefined,
    ],
    ['goes on after 403', [answerOf('index', on())], 'version'],
    ['goes on after 200', [answerOf('index', on('cluster-admin'))], 'version'],
    ['goes on after a 200 of anything', [reply('index', 200, html)], 'version'],
    ['stops after a 403 that is no Status', [reply('index', 403, html)], undefined],
    ['stops after 404', [reply('index', 404, html)], undefined],
    ['stops after a redirect', [reply('index', 302, '')], undefined],
    ['stops when busy', [reply('index', 429, '')], undefined],
    ['stops when busy midway', [answerOf('index', on()), reply('version', 503, '')], undefined],
    ['stops at a lost answer', [answerOf('index', on()), lost('version')], undefined],
    ['goes on after a body that was too large', [answerOf('index', on()), lost('version', 'too-large')], 'api'],
    ['asks again what a kept connection lost', [answerOf('index', on()), lost('version', 'stale')], 'version'],
    ['goes on from there', [answerOf('index', on()), lost('version', 'stale'), answerOf('version', on())], 'api'],
    ['stops at the end', ladder(on()), undefined],
  ])('%s', ([, answers, expected]) => {
    expect(nextStep(answers, 'full')).toBe(expected);
  });

  test('takes one step in a second look', () => {
    expect(nextStep([], 'second')).toBe('index');
    expect(nextStep([answerOf('index', on())], 'second')).toBeUndefined();
  });

  test.for([off, healthOnly, on(), on('public-info'), on('view'), on('cluster-admin')])('walks in order: %j', (of) => {
    const answers: Answer[] = [];
    for (let step = nextStep(answers, 'full'); step !== undefined; step = nextStep(answers, 'full')) {
      answers.push(answerOf(step, of));
    }
    expect(answers.map(({ step }) => step)).toEqual(of.authentication === 'on' ? rights : ['index', 'livez']);
  });
});

describe('judgeRights', () => {
  const generic404 = status(404, 'NotFound', 'the server could not find the requested resource', {});
  const otherName = status(404, 'NotFound', 'secrets "x" not found', { name: 'x', kind: 'secrets' });
  test.for<[string, readonly Answer[], Outcome]>([
    ['hardened', ladder(on()), 'anonymous-forbidden'],
    ['default', ladder(on('public-info')), 'anonymous-forbidden'],
    ['discovery', ladder(on('public-info', 'discovery')), 'discovery-exposed'],
    ['view', ladder(on('view')), 'data-exposed'],
    ['admin', ladder(on('cluster-admin')), 'admin-exposed'],
    ['disabled', [answerOf('index', off), answerOf('livez', off)], 'anonymous-disabled'],
    ['health only', [answerOf('index', off), answerOf('livez', healthOnly)], 'anonymous-health-only'],
    [
      'unhealthy',
      [answerOf('index', off), reply('livez', 500, '[+]ping ok\n[-]etcd failed: reason withheld\n')],
      'anonymous-health-only',
    ],
    ['500 without the list', [answerOf('index', off), reply('livez', 500, 'oops')], 'inconclusive'],
    [
      'only /readyz',
      [answerOf('index', off), reply('livez', 404, html), answerOf('readyz', healthOnly)],
      'anonymous-health-only',
    ],
    [
      '/livez odd, /readyz refused',
      [answerOf('index', off), reply('livez', 404, html), answerOf('readyz', off)],
      'anonymous-disabled',
    ],
    [
      'health admitted and refused',
      [answerOf('index', off), answerOf('livez', on()), answerOf('readyz', on())],
      'anonymous-forbidden',
    ],
    ['health not asked', [answerOf('index', off)], 'inconclusive'],
    ['health lost', [answerOf('index', off), lost('livez')], 'inconclusive'],
    ['health is a web page', [answerOf('index', off), reply('livez', 200, html)], 'inconclusive'],
    [
      '/readyz is a web page',
      [answerOf('index', off), reply('livez', 404, html), reply('readyz', 200, html)],
      'inconclusive',
    ],
    ['/livez too large', [answerOf('index', off), lost('livez', 'too-large'), answerOf('readyz', off)], 'inconclusive'],
    ['a list of checks on an object', ladder(on(), reply('pod', 500, '[-]etcd failed')), 'inconclusive'],
    ['a version without its parts', ladder(on(), reply('version', 200, '{"gitVersion":"v1.33.4"}')), 'inconclusive'],
    ['one request unanswered', ladder(on(), lost('secret')), 'inconclusive'],
    ['one request busy', ladder(on(), reply('binding', 429, '')), 'inconclusive'],
    ['ladder cut short', ladder(on()).slice(0, 5), 'inconclusive'],
    ['one answer foreign', ladder(on(), reply('pod', 404, html)), 'inconclusive'],
    ['404 without a Status on a secret', ladder(on(), reply('secret', 404, html)), 'inconclusive'],
    ['404 of an unknown resource', ladder(on(), reply('secret', 404, generic404)), 'inconclusive'],
    ['404 of another name', ladder(on(), reply('secret', 404, otherName)), 'inconclusive'],
    [
      'Status whose code differs',
      ladder(
        on(),
        reply('secret', 404, answerOf('secret', on('cluster-admin')).body.replace('"code":404', '"code":403')),
      ),
      'inconclusive',
    ],
    [
      '403 of another name',
      ladder(on(), reply('secret', 403, answerOf('pod', on()).body.replaceAll('0f8b8f4e', '1'))),
      'inconclusive',
    ],
    ['403 of a path on an object', ladder(on(), reply('binding', 403, answerOf('index', on()).body)), 'inconclusive'],
    [
      'refused as somebody',
      ladder(on(), reply('index', 403, answerOf('index', on()).body.replace('system:anonymous', 'dev'))),
      'inconclusive',
    ],
    ['200 of another kind', ladder(on(), reply('api', 200, '{"kind":"APIGroupList"}')), 'inconclusive'],
    ['200 on the root alone', ladder(on(), reply('index', 200, '{"paths":["/api"]}')), 'anonymous-forbidden'],
    ['401 where conditions end', ladder(on(), answerOf('api', off)), 'anonymous-forbidden'],
    ['secret itself', ladder(on(), reply('secret', 200, '{"kind":"Secret"}')), 'admin-exposed'],
    ['binding alone', ladder(on(), answerOf('binding', on('cluster-admin'))), 'admin-exposed'],
    ['pod itself', ladder(on(), reply('pod', 200, '{"kind":"Pod"}')), 'data-exposed'],
    [
      'the worst, though others are missing',
      ladder(on(), answerOf('secret', on('cluster-admin')), lost('binding')),
      'admin-exposed',
    ],
    [
      'discovery, though the rest is busy',
      [...ladder(on('discovery')).slice(0, 3), reply('pod', 503, '')],
      'discovery-exposed',
    ],
  ])('%s', ([, answers, expected]) => {
    expect(judgeRights(answers, 'full')).toBe(expected);
  });

  test.for([off, on(), on('cluster-admin')])('a second look claims nothing about rights: %j', (of) => {
    expect(judgeRights([answerOf('index', of)], 'second')).toBe('inconclusive');
  });
});

test('summariseAnonymous leaves out what was not decided', () => {
  expect(summariseAnonymous(ladder(on('public-info', 'view')))).toEqual({
    version: true,
    discovery: false,
    data: true,
    admin: false,
  });
  expect(summariseAnonymous([answerOf('index', off), answerOf('livez', healthOnly)])).toEqual({ health: true });
});

test.for<[string, readonly Answer[], boolean | undefined]>([
  ['both refused', ladder(on()), false],
  ['secrets refused, bindings lost', ladder(on(), lost('binding')), undefined],
  ['secrets lost, bindings refused', ladder(on(), lost('secret')), undefined],
  ['secrets refused, bindings not asked', ladder(on()).slice(0, 5), undefined],
  ['secrets foreign, bindings refused', ladder(on(), reply('secret', 404, html)), undefined],
  ['bindings given, secrets lost', ladder(on('cluster-admin'), lost('secret')), true],
  ['secrets given, bindings refused', ladder(on('cluster-admin'), answerOf('binding', on())), true],
])('rights of an administrator, %s', ([, answers, expected]) => {
  expect(summariseAnonymous(answers).admin).toBe(expected);
});

test.for<[string, readonly Answer[], boolean | undefined]>([
  ['one refused', [answerOf('livez', off)], false],
  ['both refused', [answerOf('livez', on()), answerOf('readyz', on())], false],
  ['one odd, the other refused', [reply('livez', 404, html), answerOf('readyz', off)], false],
  ['one refused, the other lost', [answerOf('livez', on()), lost('readyz')], undefined],
  ['one refused, the other busy', [answerOf('livez', on()), reply('readyz', 503, '')], undefined],
  ['one refused, the other odd', [answerOf('livez', on()), reply('readyz', 404, html)], undefined],
  ['one lost, the other refused', [lost('livez', 'too-large'), answerOf('readyz', on())], undefined],
  ['one refused, the other given', [answerOf('livez', on()), answerOf('readyz', healthOnly)], true],
  ['not asked', [], undefined],
])('rights to the health paths, %s', ([, health, expected]) => {
  expect(summariseAnonymous([answerOf('index', off), ...health]).health).toBe(expected);
});

test.for([
  ['7', 7],
  ['0', 0],
  ['99999', 86_400],
  ['-1', undefined],
  ['1e3', undefined],
  ['Fri, 31 Dec 2027 23:59:59 GMT', undefined],
] as const)('Retry-After %s is %s', ([value, expected]) => {
  expect(readRetryAfter([reply('index', 429, '', { 'retry-after': value })])).toBe(expected);
});
