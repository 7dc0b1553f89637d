import { describe, expect, test } from 'vitest';
import { answer, cluster, endpoint, evidence, judgeAll, probe, silence, vantage, withoutSettings } from './evidence.ts';
import { exposedPorts } from '../../../src/checks/exposed-ports.ts';
import { evaluate } from '../../../src/engine/evaluate.ts';
import { mergeEvidence } from '../../../src/engine/merge.ts';
import { providerIds } from '../../../src/model/provider.ts';
import { sampleMeta } from './rules.ts';
import type { EndpointRole } from '../../../src/model/endpoint.ts';
import type { Evidence } from '../../../src/model/evidence.ts';
import type { ProbeResult } from '../../../src/model/probe.ts';

/** What a run leaves of a self-managed cluster whose name it resolved so. */
function run(
  id: string,
  role: EndpointRole,
  result: ProbeResult,
  kind: 'inside' | 'outside',
  host = 'api.example',
): Evidence {
  const own = cluster('dev', {
    id: `kubeconfig:dev@${host}:6443`,
    provider: 'kubeconfig',
    endpoints: [endpoint({ role, host, access: withoutSettings })],
  });
  const look = { ...probe(own, result), role };
  return evidence({ clusters: [own], probes: [look] }, { id, vantage: vantage({ name: id, kind }) });
}

const inside = { address: '10.0.0.7', resolved: [{ address: '10.0.0.7', class: 'private' }] } as const;
const outside = { address: '52.95.110.7', resolved: [{ address: '52.95.110.7', class: 'public' }] } as const;
const fromInside = run('b', 'private', answer(inside), 'inside');

function conclude(...files: readonly Evidence[]) {
  const [judged] = judgeAll(mergeEvidence(files)).clusters;
  const [found] = judged?.endpoints ?? [];
  return [found?.role, judged?.exposure, found?.probe?.observations?.length];
}

/** What the check of other ports comes to. */
function portsVerdict(...files: readonly Evidence[]): unknown {
  const metas = { checks: [exposedPorts], providers: providerIds.map(sampleMeta) };
  return evaluate(mergeEvidence(files), metas).findings.map(({ status }) => status);
}

describe('a name that is private for one vantage', () => {
  const answered = run('a', 'public', answer(outside), 'outside');

  test('and public for another that it answered is exposed', () => {
    expect(conclude(answered, fromInside)).toEqual(['public', 'exposed', 2]);
    expect(conclude(fromInside, answered)).toEqual(['public', 'exposed', 2]);
    expect(conclude(mergeEvidence([fromInside]), answered)).toEqual(['public', 'exposed', 2]);
  });

  test('and for another one too is private', () => {
    const other = run('a', 'private', silence(inside), 'outside');
    expect(conclude(other, fromInside)).toEqual(['private', 'private', 2]);
  });

  test('and nothing for another one is private', () => {
    const { address: _, ...unresolved } = silence({ outcome: 'unresolved', timedOut: false });
    expect(conclude(run('a', 'public', unresolved, 'outside'), fromInside)).toEqual(['private', 'private', 2]);
  });
});

test('what can be reached from inside is not said to be so from outside, where that was proven by another vantage', () => {
  const ports = [{ port: 22, usual: 'SSH', state: 'answers', detail: 'made up.' }] as const;
  const answered = run('a', 'public', answer(outside), 'outside');
  const lookingAtPorts = run('a', 'public', answer({ ...outside, ports }), 'outside');
  const insideAtPorts = run('b', 'private', answer({ ...inside, ports }), 'inside');
  expect(portsVerdict(answered, insideAtPorts)).toEqual(['not-applicable']);
  expect(portsVerdict(lookingAtPorts, fromInside)).toEqual(['fail']);
});

test.each(['10.0.0.7', 'fd00::7', 'localhost'])('%s is private whatever a look says', (host) => {
  expect(conclude(run('a', 'private', answer(inside), 'inside', host))).toEqual(['private', 'private', 1]);
});
