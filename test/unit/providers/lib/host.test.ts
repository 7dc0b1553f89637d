import { performance } from 'node:perf_hooks';
import { describe, expect, it } from 'vitest';
import { parseHost } from '../../../../providers/lib/host.ts';

describe('parseHost', () => {
  it.each([
    ['https://AB12.gr7.eu-west-1.eks.amazonaws.com', 'AB12.gr7.eu-west-1.eks.amazonaws.com', 443],
    ['HTTPS://api.example.com/', 'api.example.com', 443],
    ['api.example.com:6443', 'api.example.com', 6443],
    ['api.example.com:65535', 'api.example.com', 65_535],
    ['localhost', 'localhost', 443],
    ['203.0.113.7', '203.0.113.7', 443],
    ['https://203.0.113.7:8443/', '203.0.113.7', 8443],
    ['2001:db8::7', '2001:db8::7', 443],
    ['[2001:db8::7]', '2001:db8::7', 443],
    ['https://[2001:db8::7]:8443', '2001:db8::7', 8443],
    ['7up.example', '7up.example', 443],
    [`${'a'.repeat(63)}.example`, `${'a'.repeat(63)}.example`, 443],
  ])('reads %s', (text, host, port) => {
    expect(parseHost(text)).toEqual({ host, port });
  });

  it.each([
    '',
    'https://',
    'http://api.example.com',
    'ftp://api.example.com',
    'https://api.example.com//',
    'https://api.example.com/path',
    'https://user@api.example.com',
    'api.example.com:0',
    'api.example.com:65536',
    'api.example.com:',
    'api.example.com:443:443',
    'api..example.com',
    'api.example.com.',
    '-api.example.com',
    'api-.example.com',
    'api_server.example.com',
    `${'a'.repeat(64)}.example`,
    `${'a.'.repeat(127)}aa`,
    '127.1',
    '2130706433',
    '0x7f000001',
    'api.0x1',
    '256.1.1.1',
    '010.1.1.1',
    '[203.0.113.7]',
    '[2001:db8::7',
    '[2001:db8::7]443',
    '[]',
    'fe80::1%eth0',
    'api.example.com\nx',
    'api.exámple.com',
    ' api.example.com',
  ])('refuses %j', (text) => {
    expect(parseHost(text)).toBeUndefined();
  });

  it('stays quick on text made to be slow', () => {
    const before = performance.now();
    for (const piece of ['a.', 'a-', '-', '.', ':', '[', '1.', 'https://']) {
      expect(parseHost(`${piece.repeat(100_000)}!`)).toBeUndefined();
    }
    expect(performance.now() - before).toBeLessThan(500);
  });
});
