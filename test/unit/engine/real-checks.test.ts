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
} from './evidence.ts';
import { evaluate } from '../../../src/engine/evaluate.ts';
import { checks } from '../../../src/checks/index.ts';
import { providers } from '../../../providers/index.ts';
import type { Cluster } from '../../../src/model/cluster.ts';
import type { Evidence } from '../../../src/model/evidence.ts';

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

describe('the real checks, over clusters of every kind', () => {
  const report = evaluate(grid(), { checks, providers: providers.map(({ meta }) => meta) });

  test('never throw', () => {
    expect(report.issues).toEqual([]);
    expect(report.clusters).toHaveLength(360);
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
    expect(texts.filter((text) => text !== '').length).toBeGreaterThan(1000);
  });

  test('name a fingerprint once', () => {
    expect(new Set(report.findings.map(({ fingerprint }) => fingerprint)).size).toBe(report.findings.length);
  });
});
