import { describe, expect, it } from 'vitest';
import { UsageError } from '../../../src/model/errors.ts';
import {
  connectToRule,
  globMatcher,
  numberIn,
  oneOf,
  portList,
  publicAddress,
  resolverAddress,
  serviceUrl,
} from '../../../src/cli/parse.ts';

describe('connectToRule', () => {
  it.each([
    ['a.example:443:127.0.0.1:8443', { host: 'a.example', hostPort: 443, address: '127.0.0.1', port: 8443 }],
    ['A1B2.EXAMPLE:443:52.95.110.7:443', { host: 'a1b2.example', hostPort: 443, address: '52.95.110.7', port: 443 }],
    ['[2001:db8::1]:443:[::1]:8443', { host: '2001:db8::1', hostPort: 443, address: '::1', port: 8443 }],
    ['203.0.113.9:443:10.0.0.1:443', { host: '203.0.113.9', hostPort: 443, address: '10.0.0.1', port: 443 }],
  ])('reads %s', (text, rule) => {
    expect(connectToRule(text, '--connect-to')).toEqual(rule);
  });

  it.each([
    ['a.example:443:localhost:8443', 'with an IP address to dial'],
    ['a.example:443:127.0.0.1', 'is not host:port:address:port'],
    ['a.example:0:127.0.0.1:8443', 'is not host:port:address:port'],
    ['a.example:443:127.0.0.1:70000', 'is not host:port:address:port'],
    ['a.example:443:169.254.169.254:80', '169.254.169.254 is link-local and is never dialled'],
    ['a.example:443:0.0.0.0:80', '0.0.0.0 is unspecified and is never dialled'],
    ['a.example:443:[ff02::1]:80', 'ff02::1 is multicast and is never dialled'],
    ['a.example:443:[::ffff:169.254.169.254]:80', 'is never dialled'],
  ])('refuses %s', (text, message) => {
    expect(() => connectToRule(text, '--connect-to')).toThrow(UsageError);
    expect(() => connectToRule(text, '--connect-to')).toThrow(message);
  });
});

describe('serviceUrl', () => {
  it.each(['https://ip.example/', 'https://ip.example:8443/plain', 'http://127.0.0.1:8080/', 'http://[::1]:8080/'])(
    'takes %s',
    (text) => {
      expect(serviceUrl(text, '--vantage-address-service').href).toBe(text);
    },
  );

  it.each([
    ['http://ip.example/', 'is not an https URL'],
    ['ip.example', 'is not an https URL'],
    ['file:///etc/hostname', 'is not an https URL'],
    ['http://127.0.0.1.example/', 'is not an https URL'],
    ['https://user:secret@ip.example/', 'leave user name and password out'],
  ])('refuses %s', (text, message) => {
    expect(() => serviceUrl(text, '--vantage-address-service')).toThrow(message);
    expect(() => serviceUrl(text, '--vantage-address-service')).not.toThrow('secret');
  });
});

describe('publicAddress', () => {
  it.each(['8.8.8.8', '2a00:1450::1'])('takes %s', (address) => {
    expect(publicAddress(address, '--vantage-address')).toBe(address);
  });

  it.each(['10.1.2.3', '100.64.0.1', '127.0.0.1', 'fd00::1', '192.168.1.1', '169.254.1.1', '0.0.0.0'])(
    'refuses %s, which nobody appears as on the internet',
    (address) => {
      expect(() => publicAddress(address, '--vantage-address')).toThrow(/--vantage-address: .*not public/);
    },
  );

  it('refuses a name', () => {
    expect(() => publicAddress('office.example', '--vantage-address')).toThrow('is not an IP address');
  });
});

describe('resolverAddress', () => {
  it.each([
    ['127.0.0.1', '127.0.0.1'],
    ['127.0.0.1:5353', '127.0.0.1:5353'],
    ['::1', '::1'],
    ['[::1]:5353', '[::1]:5353'],
  ])('reads %s', (text, address) => {
    expect(resolverAddress(text, '--resolver')).toBe(address);
  });

  it.each(['dns.example', '127.0.0.1:0', '127.0.0.1:99999', ''])('refuses %j', (text) => {
    expect(() => resolverAddress(text, '--resolver')).toThrow(/^--resolver: .*DNS server/);
  });
});

function raw(text: string): { values: string[]; source: string } {
  return { values: [text], source: '--timeout' };
}

describe('numberIn', () => {
  it('reads whole numbers and fractions', () => {
    expect(numberIn(raw('90'), 0, 100, 'seconds')).toBe(90);
    expect(numberIn(raw('0.5'), 0, 100, 'seconds')).toBe(0.5);
  });

  it.each(['-1', '101', '1e2', '10m', '', 'NaN'])('refuses %j', (text) => {
    expect(() => numberIn(raw(text), 0, 100, 'seconds')).toThrow('is not a number of seconds from 0 to 100');
  });

  it('refuses two values', () => {
    expect(() => numberIn({ values: ['1', '2'], source: '--timeout' }, 0, 9, 'seconds')).toThrow(
      '--timeout: give it once',
    );
  });
});

describe('oneOf', () => {
  it('names what it would take', () => {
    expect(() => oneOf('aws', ['eks', 'gke'], '--provider')).toThrow('--provider: "aws" is none of eks, gke');
  });
});

describe('globMatcher', () => {
  it.each([
    ['prod-*', 'prod-1', true],
    ['prod-*', 'preprod-1', false],
    ['eks:*/eu-west-1/*', 'eks:111122223333/eu-west-1/shop', true],
    ['PROD-?', 'prod-1', true],
    ['a.b', 'axb', false],
    ['*', '', true],
    ['*', 'a\nb', true],
  ])('%s against %s is %s', (glob, text, expected) => {
    expect(globMatcher(glob)(text)).toBe(expected);
  });
});

function list(value: string): readonly number[] | undefined {
  return portList({ values: [value], source: '--ports' });
}

describe('portList', () => {
  it('is the whole fixed list where none is given', () => {
    expect(list('true')).toEqual(expect.arrayContaining([22, 2379, 10_250]));
    expect(list('false')).toBeUndefined();
  });

  it('takes some of it', () => {
    expect(list('10250, 2379,10250')).toEqual([10_250, 2379]);
  });

  it.each(['1-1024', '31000', '22,', '', '0x16', '22;80'])('refuses %j, as no other port may be tried', (text) => {
    expect(() => list(text)).toThrow(UsageError);
    expect(() => list(text)).toThrow(/--ports: ".*" is none of 22, 80, 179/);
  });
});
