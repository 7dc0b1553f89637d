import { beforeAll, describe, expect, it } from 'vitest';
import { trustOfCa } from '../../../../providers/lib/ca.ts';
import { createAuthority } from '../../../emulators/certificates.ts';

let first: string;
let second: string;

beforeAll(async () => {
  first = (await createAuthority('kubernetes')).pem.trim();
  second = (await createAuthority('kubernetes')).pem.trim();
});

function base64(text: string): string {
  return Buffer.from(text).toString('base64');
}

describe('trustOfCa', () => {
  it('takes one certificate', () => {
    expect(trustOfCa(base64(`${first}\n`))).toEqual({ kind: 'cluster-ca', pem: first });
  });

  it('takes both certificates of a rotation, and drops what stands around them', () => {
    const bundle = `subject=old\n${first}\nsubject=new\n${second}\ntrailing`;
    expect(trustOfCa(base64(bundle))).toEqual({ kind: 'cluster-ca', pem: `${first}\n${second}` });
  });

  it.each([
    ['nothing', () => undefined, /gives no certificate authority/],
    ['an empty text', () => '', /gives no certificate authority/],
    ['random text', () => 'bm90IGEgY2VydGlmaWNhdGU', /holds no certificate/],
    ['text that is not base64', () => '!!!', /holds no certificate/],
    ['a broken block beside a good one', () => base64(`${first}\n${second.replace('MII', 'AII')}`), /cannot be read/],
    ['a block that was cut', () => base64(first.replace(/.{20}\n(?=-----END)/, '\n')), /cannot be read/],
    [
      'a block with more behind the certificate',
      () => base64(first.replace(/={0,2}\n(?=-----END)/, 'AAAA\n')),
      /cannot be read/,
    ],
    ['a block with text in it', () => base64(first.replace('\n', '\nProc-Type: 4\n')), /cannot be read/],
    ['an empty block', () => base64('-----BEGIN CERTIFICATE-----\n-----END CERTIFICATE-----'), /cannot be read/],
    [
      'a block of random text',
      () => base64('-----BEGIN CERTIFICATE-----\nbm90IGE=\n-----END CERTIFICATE-----'),
      /cannot be read/,
    ],
    [
      'a block of two bytes',
      () => base64('-----BEGIN CERTIFICATE-----\nMII=\n-----END CERTIFICATE-----'),
      /cannot be read/,
    ],
    ['a block without an end', () => base64(first.slice(0, -8)), /cannot be read/],
    [
      'a block that is no certificate',
      () => base64(`${first}\n-----BEGIN X-----\nAA==\n-----END X-----`),
      /cannot be read/,
    ],
  ])('trusts nothing for %s', (_, data, reason) => {
    expect(trustOfCa(data())).toEqual({ kind: 'none', reason: expect.stringMatching(reason) });
  });
});
