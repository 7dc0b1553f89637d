import { X509Certificate } from 'node:crypto';

import { describe, expect, test } from 'vitest';

import {
  alternativeNames,
  authorityKeyId,
  describeCertificate,
  issuerKeyOf,
  isInValidity,
  isValidFor,
} from '../../../src/probe/certificate.ts';
import { indexRoots, isSignedBy, pemBlocks, systemTrustRoots } from '../../../src/probe/roots.ts';
import { createAuthority } from '../../emulators/certificates.ts';

const authority = await createAuthority('kubernetes');
const other = await createAuthority('kubernetes');
const issued = await authority.issue({ names: ['*.api.example', 'Mixed.Case.example', '192.0.2.7', '2001:db8::7'] });
const leaf = new X509Certificate(issued.cert);
const issuer = new X509Certificate(authority.pem);

describe('describeCertificate', () => {
  test('gives names, dates and the key of the issuer', () => {
    const facts = describeCertificate(leaf, issuerKeyOf(leaf, issuer));
    expect(facts).toMatchObject({ subject: 'CN=kube-apiserver', issuer: 'CN=kubernetes' });
    expect(facts.names).toEqual(['*.api.example', 'Mixed.Case.example', '192.0.2.7', '2001:DB8:0:0:0:0:0:7']);
    expect(facts.fingerprint).toMatch(/^[\da-f]{64}$/);
    expect(facts.issuerKey).toMatch(/^[\da-f]{64}$/);
    expect(new Date(facts.notAfter) > new Date(facts.notBefore)).toBe(true);
  });

  test('tells two issuers of one name apart, by certificate and by key identifier', () => {
    const otherIssuer = new X509Certificate(other.pem);
    expect(issuerKeyOf(leaf, otherIssuer)).not.toBe(issuerKeyOf(leaf, issuer));
    const identifier = issuerKeyOf(leaf);
    expect(identifier).toMatch(/^[\da-f]{40}$/);
    expect(issuer.raw.toString('hex')).toContain(identifier);
  });

  test('cuts what a hostile peer puts into it', async () => {
    const names = Array.from({ length: 200 }, (_, index) => `${index}.${'a'.repeat(60)}.${'b'.repeat(60)}.example`);
    const hostile = await authority.issue({ names, commonName: 'x'.repeat(300) });
    const facts = describeCertificate(new X509Certificate(hostile.cert));
    expect(facts.names).toHaveLength(32);
    expect(facts.subject).toHaveLength(256);
  });

  test.for(['evil.example, good.example', 'a"b.example', 'x\u0000.example'])('one name stays one: %j', async (name) => {
    const hostile = await authority.issue({ names: [name, 'second.example'] });
    const facts = describeCertificate(new X509Certificate(hostile.cert));
    expect(facts.names).toHaveLength(2);
    expect(facts.names[1]).toBe('second.example');
    expect(facts.names[0]).toContain(name.slice(0, 1));
  });
});

test.for<[string, readonly string[]]>([
  ['', []],
  ['DNS:a.example, IP Address:192.0.2.7', ['a.example', '192.0.2.7']],
  ['URI:https://x.example/, DNS:a.example', ['a.example']],
  ['DNS:"evil.example, DNS:good.example", DNS:b.example', ['evil.example, DNS:good.example', 'b.example']],
  ['URI:"x, DNS:good.example"', []],
  ['DNS:"half', []],
  [`DNS:${'a'.repeat(300)}`, [`${'a'.repeat(252)}…`]],
])('the names in %s', ([text, names]) => {
  expect(alternativeNames(text)).toEqual(names);
});

test.for([
  '',
  '0603551d2304',
  '0603551d23040430',
  '0603551d2304063004810201',
  '0603551d2304063004807f01',
  '0603551d230404300280ff',
])('no key identifier in %s', (hex) => {
  expect(authorityKeyId(Buffer.from(hex, 'hex'))).toBeUndefined();
});

test.for([
  ['a.api.example', true],
  ['A.API.Example', true],
  ['mixed.case.example', true],
  ['MIXED.case.EXAMPLE', true],
  ['a.b.api.example', false],
  ['api.example', false],
  ['kube-apiserver', false],
  ['192.0.2.7', true],
  ['192.0.2.8', false],
  ['2001:db8::7', true],
  ['2001:db8:0::0:7', true],
] as const)('valid for %s: %s', ([name, expected]) => {
  expect(isValidFor(leaf, name)).toBe(expected);
});

test.for([
  [-2, false],
  [0, true],
  [366, false],
] as const)('in validity after %s days: %s', ([days, expected]) => {
  expect(isInValidity(leaf, new Date(Date.now() + days * 86_400_000))).toBe(expected);
});

describe('roots', () => {
  test('tells public from installed ones, by signature', () => {
    const find = indexRoots({ bundled: ['not a certificate', other.pem], installed: [authority.pem] });
    expect(find(leaf)).toMatchObject({ kind: 'local-root' });
    expect(find(new X509Certificate(other.pem))).toMatchObject({ kind: 'public-root' });
    expect(indexRoots({ bundled: [other.pem], installed: [] })(leaf)).toBeUndefined();
    expect(isSignedBy(leaf, new X509Certificate(other.pem))).toBe(false);
  });

  test('reads several blocks with text between them', () => {
    expect(pemBlocks(`# one\n${authority.pem}\n# two\n${other.pem}`)).toHaveLength(2);
    expect(pemBlocks('random text')).toEqual([]);
  });

  test("reads this machine's, each once", () => {
    const { bundled, installed } = systemTrustRoots();
    expect(bundled.length).toBeGreaterThan(50);
    expect(new Set([...bundled, ...installed]).size).toBe(bundled.length + installed.length);
    expect(() => new X509Certificate(bundled[0] ?? '')).not.toThrow();
  });
});
