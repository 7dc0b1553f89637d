import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import {
  allowList,
  answer,
  closed,
  cluster,
  dnsEndpoint,
  endpoint,
  evidence,
  look,
  open,
  probe,
  secondLook,
  silence,
  stranger,
  unreadable,
  withoutSettings,
} from './evidence.ts';
import { evaluate } from '../../../src/engine/evaluate.ts';
import { checks } from '../../../src/checks/index.ts';
import { providers } from '../../../providers/index.ts';
import type { Cluster } from '../../../src/model/cluster.ts';
import type { Trust } from '../../../src/model/endpoint.ts';
import type { Evidence } from '../../../src/model/evidence.ts';
import type { ProbeResult } from '../../../src/model/probe.ts';

const results = [undefined, answer(), stranger(), silence(), look('not-probed'), look('iam-fronted')];

/** Clusters of each provider with each kind of access, in each state, after each kind of look. */
function grid(): Evidence {
  const settings = (['eks', 'gke', 'aks'] as const).flatMap((provider) =>
    [open, closed, allowList(), unreadable].flatMap((access) =>
      (['running', 'stopped', 'creating', 'external', 'unknown'] as const).map((state) => ({
        provider,
        access,
        state,
      })),
    ),
  );
  const cases = settings.flatMap((setting) => results.map((result) => ({ ...setting, result })));
  const clusters = cases.map(({ provider, access, state }, index): Cluster => {
    const dns = provider === 'gke' && access.kind !== 'allow-list' ? [dnsEndpoint(access)] : [];
    return cluster(`c${index}`, {
      provider,
      state,
      ...(provider === 'aks' && { resourceGroup: 'group' }),
      ...(state === 'unknown' && { undescribed: 'access was refused' }),
      endpoints: state === 'external' ? [] : [endpoint({ access: state === 'unknown' ? unreadable : access }), ...dns],
    });
  });
  const probes = cases.flatMap(({ result }, index) =>
    (clusters[index]?.endpoints ?? []).flatMap(({ role }) => {
      if (result === undefined) return [];
      const second = index % 2 === 0 ? {} : { secondLook: secondLook('equal', result) };
      return [probe(clusters[index]!, result, { role, ...second })];
    }),
  );
  return evidence({ clusters, probes });
}

/** The same for self-managed clusters, which have neither settings nor a place. */
function selfManaged(): Evidence {
  const ports = [
    { port: 2379, usual: 'etcd', state: 'answers', service: 'etcd', grants: 'control', detail: 'made up.' },
  ];
  const looks = [...results, answer({ ports: ports as NonNullable<ProbeResult['ports']> }), answer({ ports: [] })];
  const trusts: readonly Trust[] = [{ kind: 'system-roots' }, { kind: 'unverified' }, { kind: 'none', reason: 'cut' }];
  const cases = (['public', 'private'] as const).flatMap((role) =>
    trusts.flatMap((trust) => looks.map((result) => ({ role, trust, result }))),
  );
  const clusters = cases.map(({ role, trust }, index): Cluster => {
    const { account: _account, location: _location, ...own } = cluster(`c${index}`, { provider: 'kubeconfig' });
    const endpoints = [endpoint({ role, trust, host: '2001:db8::7', port: 6443, access: withoutSettings })];
    return { ...own, id: `kubeconfig:c${index}@[2001:db8::7]:6443`, state: 'unknown', endpoints };
  });
  const probes = cases.flatMap(({ role, result }, index) =>
    result === undefined ? [] : [probe(clusters[index]!, result, { role })],
  );
  return evidence({ clusters, probes });
}

describe.each([
  ['clouds', grid(), 360, 1000],
  ['self-managed clusters', selfManaged(), 48, 100],
] as const)('the real checks, over %s', (_, found, count, leastTexts) => {
  const report = evaluate(found, { checks, providers: providers.map(({ meta }) => meta) });

  test('never throw', () => {
    expect(report.issues).toEqual([]);
    expect(report.clusters).toHaveLength(count);
    expect(new Set(report.findings.map(({ checkId }) => checkId)).size).toBe(checks.length);
  });

  test('give a report that the published schema accepts', () => {
    const ajv = new Ajv2020({ allErrors: true, strict: false });
    addFormats.default(ajv);
    const path = new URL('../../../src/model/report.schema.json', import.meta.url);
    const validate = ajv.compile(JSON.parse(readFileSync(path, 'utf8')) as object);
    validate(JSON.parse(JSON.stringify(report)));
    expect(validate.errors).toBeNull();
    expect(validate({ ...report, scan: { ...report.scan, complete: 'yes' } })).toBe(false);
  });

  test('fill every placeholder of messages and commands', () => {
    const texts = report.findings.flatMap(({ message = '', remediation }) => [
      message,
      ...(remediation?.commands ?? []),
    ]);
    expect(texts.filter((text) => /\{[a-zA-Z]+\}/.test(text))).toEqual([]);
    expect(texts.filter((text) => text !== '').length).toBeGreaterThan(leastTexts);
  });

  test('name a fingerprint once', () => {
    expect(new Set(report.findings.map(({ fingerprint }) => fingerprint)).size).toBe(report.findings.length);
  });
});

test('commands for a self-managed cluster name its port, and an address as a URL takes it', () => {
  const report = evaluate(selfManaged(), { checks, providers: providers.map(({ meta }) => meta) });
  const commands = report.findings.flatMap(({ remediation }) => remediation?.commands ?? []);
  expect(commands).toContain("curl --verbose --insecure --max-time 10 https://'[2001:db8::7]':6443/");
});
