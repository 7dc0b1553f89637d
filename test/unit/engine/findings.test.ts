import { describe, expect, test } from 'vitest';
import {
  answer,
  closed,
  cluster,
  dnsEndpoint,
  endpoint,
  evidence,
  look,
  open,
  probe,
  stranger,
  unreadable,
} from './evidence.ts';
import { answered, openDoor, sampleChecks, sampleMeta, unlogged } from './rules.ts';
import { evaluate } from '../../../src/engine/evaluate.ts';
import { defineCheck } from '../../../src/model/check.ts';
import type { Check } from '../../../src/model/check.ts';
import type { Cluster } from '../../../src/model/cluster.ts';
import type { EndpointProbe } from '../../../src/model/probe.ts';
import type { Finding, Report } from '../../../src/model/report.ts';

const openCluster = cluster('prod', { endpoints: [endpoint({ access: open, host: 'prod.example' })] });

function judge(clusters: readonly Cluster[], checks: readonly Check[], probes: readonly EndpointProbe[] = []): Report {
  return evaluate(evidence({ clusters, probes }), { checks, providers: [sampleMeta('eks')] });
}

function only(subject: Cluster, check: Check, probes: readonly EndpointProbe[] = []): Finding | undefined {
  const { findings } = judge([subject], [check], probes);
  expect(findings).toHaveLength(1);
  return findings[0];
}

function commandsFor(changes: Partial<Cluster>): Finding['remediation'] {
  return only({ ...openCluster, ...changes }, openDoor)?.remediation;
}

function order(
  clusters: readonly Cluster[],
  checks: readonly Check[],
  probes: readonly EndpointProbe[],
): readonly string[] {
  return judge(clusters, checks, probes).findings.map(
    ({ status, severity, clusterId, endpointRole = '', checkId }) =>
      `${status} ${severity} ${clusterId.at(-1)} ${endpointRole} ${checkId}`,
  );
}

describe('a finding', () => {
  test('that fails carries its message, evidence, remediation and references', () => {
    expect(only(openCluster, openDoor)).toEqual({
      checkId: 'open-door',
      fingerprint: expect.stringMatching(/^[0-9a-f]{64}$/),
      clusterId: 'eks:1234/eu-1/prod',
      endpointRole: 'public',
      severity: 'high',
      status: 'fail',
      message: 'Open on 443.',
      evidence: { role: 'public' },
      remediation: { summary: 'Close it.', commands: ['tool close prod --host prod.example'] },
      references: ['https://docs.example/'],
    });
  });

  test('that cannot tell has a message, and no command that acts on what is not known', () => {
    const found = only(cluster('prod', { endpoints: [endpoint({ access: unreadable })] }), openDoor);
    expect(found).toMatchObject({ status: 'unknown', message: 'Cannot tell: the reply lacks it.' });
    expect(found).not.toHaveProperty('remediation');
  });

  test('that passes is short', () => {
    const found = only(cluster('prod', { endpoints: [endpoint({ access: closed })] }), openDoor);
    expect(Object.keys(found ?? {})).toEqual([
      'checkId',
      'fingerprint',
      'clusterId',
      'endpointRole',
      'severity',
      'status',
    ]);
    expect(found?.status).toBe('pass');
  });

  test('about a cluster has no role, and takes the severity of its verdict', () => {
    const found = only(openCluster, unlogged);
    expect(found).toMatchObject({ severity: 'info', message: 'The log is on.' });
    expect(found).not.toHaveProperty('endpointRole');
    expect(found?.remediation?.commands).toEqual(['tool close prod --host prod.example']);
    expect(only(cluster('prod', { auditLog: 'off' }), unlogged)?.severity).toBe('medium');
  });

  test('of a stopped cluster is at most medium', () => {
    expect(only({ ...openCluster, state: 'stopped' }, openDoor)).toMatchObject({ severity: 'medium', status: 'fail' });
    expect(only({ ...openCluster, state: 'stopped' }, unlogged)).toMatchObject({ severity: 'info' });
  });
});

describe('a check does not apply', () => {
  test.each<[string, Cluster, Check, readonly EndpointProbe[]]>([
    ['to a provider that it has no remediation for', { ...openCluster, provider: 'aks' }, openDoor, []],
    ['to an external cluster', cluster('prod', { state: 'external', endpoints: [] }), unlogged, []],
    ['without the probe that decides it', openCluster, answered, []],
    ['to an endpoint that was excluded from probing', openCluster, answered, [probe(openCluster, look('not-probed'))]],
  ])('%s', (_, subject, check, probes) => {
    expect(only(subject, check, probes)).toMatchObject({ status: 'not-applicable' });
  });

  test('but it does once the endpoint was probed', () => {
    expect(only(openCluster, answered, [probe(openCluster, answer())])).toMatchObject({ status: 'fail' });
  });
});

describe('a check that throws', () => {
  const broken = defineCheck(
    {
      ...openDoor.meta,
      id: 'broken',
      subject: 'endpoint',
      messages: { never: 'Never.' },
    },
    () => {
      throw new RangeError('a\nname \u202e that came from a server');
    },
  );

  test('leaves a finding that could not be told, and an issue, and the others', () => {
    const { findings, issues } = judge([openCluster], [broken, openDoor]);
    expect(findings.map(({ checkId, status }) => `${checkId} ${status}`)).toEqual(['open-door fail', 'broken unknown']);
    expect(findings[1]?.message).toBe('This check failed on this cluster; the report has an issue about it.');
    expect(issues).toEqual([
      {
        code: 'internal',
        message:
          'the check broken failed, which is a bug of this program: RangeError: a\\u000aname \\u202e that came from a server',
        provider: 'eks',
        account: '1234',
        location: 'eu-1',
        clusterId: 'eks:1234/eu-1/prod',
      },
    ]);
  });

  test('so does one that names a message which it does not have', () => {
    const careless = { meta: broken.meta, evaluate: () => ({ status: 'fail', message: 'typo' }) } as Check;
    const { findings, issues } = judge([openCluster], [careless]);
    expect(findings[0]?.status).toBe('unknown');
    expect(issues[0]?.message).toContain('no message typo');
  });
});

describe('remediation', () => {
  test('quotes each value as one shell word', () => {
    expect(commandsFor({ name: "a'; rm -rf / #" })?.commands).toEqual([
      `tool close 'a'\\''; rm -rf / #' --host prod.example`,
    ]);
  });

  test.each(['a\u202eb', 'a\nb', '\u200b', '-rf'])('gives no command for the name %j, and says why', (name) => {
    expect(commandsFor({ name })).toEqual({
      summary: 'Close it. No command is given: its name holds characters that a command cannot show safely.',
      commands: [],
    });
  });

  test('minds only values that the commands use', () => {
    expect(commandsFor({ account: 'a\nb' })?.commands).toHaveLength(1);
  });

  test('leaves out a command that needs what is not there', () => {
    const bare = { role: 'public', port: 443, access: open, trust: { kind: 'public-roots' } } as const;
    expect(commandsFor({ endpoints: [bare] })?.commands).toEqual([]);
  });

  test('fills a value that looks like a placeholder as it is', () => {
    expect(commandsFor({ name: '{host}' })?.commands).toEqual(["tool close '{host}' --host prod.example"]);
  });
});

test('findings stand in the order of the contract, whatever the order of checks and evidence', () => {
  const clusters = [
    cluster('b', { endpoints: [endpoint({ access: open }), dnsEndpoint(open)] }),
    cluster('a', { endpoints: [endpoint({ access: unreadable })] }),
    cluster('c', { auditLog: 'off', endpoints: [endpoint({ access: closed })] }),
  ];
  const probes = [probe(clusters[2]!, stranger())];
  expect(order(clusters, sampleChecks, probes)).toEqual([
    'fail high b dns open-door',
    'fail high b public open-door',
    'fail medium c  unlogged',
    'fail info a  unlogged',
    'fail info b  unlogged',
    'unknown high a public open-door',
    'pass critical c public answered',
    'pass high c public open-door',
    'not-applicable critical a public answered',
    'not-applicable critical b dns answered',
    'not-applicable critical b public answered',
  ]);
  expect(order(clusters.toReversed(), sampleChecks.toReversed(), probes)).toEqual(
    order(clusters, sampleChecks, probes),
  );
});
