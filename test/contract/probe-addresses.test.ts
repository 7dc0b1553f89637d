import { describe, expect, test } from 'vitest';

import type { ProbeResult, ProbeTarget } from '../../src/model/probe.ts';
import type { ProbeOptions } from '../../src/probe/index.ts';
import { startApiServer, startFilteredPort, type ApiServerEmulator, type Behaviour } from '../emulators/apiserver.ts';
import { startDns, type DnsRecords } from '../emulators/dns.ts';
import { authority, probeWith, running, targetAt } from '../unit/probe/harness.ts';

const certificate = await authority.issue({ names: ['api.example'] });

/** Servers at several addresses of loopback, all on one port, as the addresses of one name are. */
async function startAt(behaviours: Readonly<Record<string, Behaviour>>): Promise<readonly ApiServerEmulator[]> {
  const servers: ApiServerEmulator[] = [];
  for (const [listenOn, behaviour] of Object.entries(behaviours)) {
    const port = servers[0]?.port ?? 0;
    servers.push(await startApiServer({ behaviour, certificate, listenOn, port }));
  }
  return servers;
}

interface Looked {
  readonly result: ProbeResult;
  readonly second: ProbeResult;
  readonly questions: readonly string[];
}

/** Two looks at `api.example`, from inside, where loopback may be dialled. */
async function lookAtName(port: number, records: DnsRecords[string], options: Partial<ProbeOptions> = {}) {
  const dns = await startDns({ 'api.example': records });
  const target = targetByName(port);
  const probe = probeWith({ inside: true, resolvers: [dns.address], ...options });
  try {
    const result = await probe(target, 'full', running);
    const questions = [...dns.questions];
    return { result, second: await probe(target, 'second', running), questions } satisfies Looked;
  } finally {
    await dns.close();
  }
}

function targetByName(port: number): ProbeTarget {
  const { connectTo: _, ...target } = targetAt(0, { host: 'api.example', port });
  return target;
}

async function withServers(
  behaviours: Readonly<Record<string, Behaviour>>,
  use: (port: number, servers: readonly ApiServerEmulator[]) => Promise<void>,
): Promise<void> {
  const servers = await startAt(behaviours);
  try {
    await use(servers[0]?.port ?? 0, servers);
  } finally {
    await Promise.all(servers.map((server) => server.close()));
  }
}

const told = ({ addresses = [] }: ProbeResult): readonly string[] =>
  addresses.map(({ address, outcome }) => `${address} ${outcome}`);

describe('every address', () => {
  test('is looked at by itself, two of a family at most, and the worst one speaks', async () => {
    const behaviours = { '127.0.0.1': 'anonymous-forbidden', '127.0.0.2': 'discovery' } as const;
    await withServers(behaviours, async (port, [first, second]) => {
      const records = [['127.0.0.1', '127.0.0.2', '127.0.0.3']];
      const looked = await lookAtName(port, records);
      expect(told(looked.result)).toEqual(['127.0.0.1 anonymous-forbidden', '127.0.0.2 discovery-exposed']);
      expect(looked.result).toMatchObject({ outcome: 'discovery-exposed', address: '127.0.0.2', family: 'ipv4' });
      expect(looked.result.resolved).toHaveLength(3);
      expect(looked.result.addresses?.map(({ requests }) => requests.length)).toEqual([6, 6]);
      expect(told(looked.second)).toEqual(['127.0.0.1 inconclusive', '127.0.0.2 inconclusive']);
      expect([first?.requests.length, second?.requests.length]).toEqual([7, 7]);
    });
  });

  test('of IPv6 counts by itself: two there too', async () => {
    const records = { A: [[]], AAAA: [['::ffff:127.0.0.1', '::ffff:127.0.0.2', '::ffff:127.0.0.3']] } as const;
    await withServers({ '127.0.0.1': 'anonymous-disabled' }, async (port) => {
      const { result } = await lookAtName(port, records);
      expect(result.addresses?.map(({ address }) => address)).toEqual(['::ffff:127.0.0.1', '::ffff:127.0.0.2']);
    });
  });

  test.for<[Behaviour, Behaviour, string]>([
    ['anonymous-disabled', 'silent', '127.0.0.1 anonymous-disabled'],
    ['resets-at-once', 'anonymous-disabled', '127.0.0.2 anonymous-disabled'],
    // What the cluster itself did goes before whatever a stranger did.
    ['mute', 'overloaded', '127.0.0.2 inconclusive'],
    ['overloaded', 'nginx', '127.0.0.1 inconclusive'],
    ['silent', 'plain-http', '127.0.0.2 tls-failed'],
    ['closes-at-once', 'plain-http', '127.0.0.2 tls-failed'],
    ['mute', 'mute', '127.0.0.1 inconclusive'],
  ])('%s and %s', async ([one, other, worst]) => {
    await withServers({ '127.0.0.1': one, '127.0.0.2': other }, async (port) => {
      const limits = { total: 400, handshake: 200 };
      const { result } = await lookAtName(port, [['127.0.0.1', '127.0.0.2']], { limits });
      expect(`${result.address} ${result.outcome}`).toBe(worst);
      expect(result.addresses).toHaveLength(2);
    });
  });

  test('shares the pace of its name, reconnects included', async () => {
    await withServers({ '127.0.0.1': 'anonymous-disabled', '127.0.0.2': 'closes-at-once' }, async (port, servers) => {
      await lookAtName(port, [['127.0.0.1', '127.0.0.2']], { limits: { pace: 100 } });
      const times = servers.flatMap(({ connections }) => connections).toSorted((a, b) => a - b);
      // One and two with its retry in the first look, and the same again.
      expect(times).toHaveLength(6);
      expect((times.at(-1) ?? 0) - (times[0] ?? 0)).toBeGreaterThan(480);
    });
  });

  test('has the time of a look, so that one that hangs takes none from the others', async () => {
    await withServers({ '127.0.0.1': 'mute', '127.0.0.2': 'anonymous-forbidden' }, async (port) => {
      const { result } = await lookAtName(port, [['127.0.0.1', '127.0.0.2']], { limits: { total: 500, pace: 250 } });
      expect(told(result)).toEqual(['127.0.0.1 inconclusive', '127.0.0.2 anonymous-forbidden']);
      expect(result.addresses?.[0]?.durationMs).toBeGreaterThan(900);
      expect(result.addresses?.[0]?.durationMs).toBeLessThan(1_300);
    });
  });

  test('alone has no list beside it', async () => {
    await withServers({ '127.0.0.1': 'anonymous-disabled' }, async (port) => {
      const { result } = await lookAtName(port, [['127.0.0.1', '127.0.0.1']]);
      expect(result).toMatchObject({ outcome: 'anonymous-disabled', address: '127.0.0.1', connected: true });
      expect(result).not.toHaveProperty('addresses');
      expect(result).not.toHaveProperty('localAddress');
      expect(result).not.toHaveProperty('via');
    });
  });

  test('a time-out at one and a refusal at the other are both told', async () => {
    const filtered = await startFilteredPort();
    const { result } = await lookAtName(filtered.port, [['127.0.0.2', '127.0.0.1']], { limits: { connect: 150 } });
    await filtered.close();
    expect(told(result)).toEqual(['127.0.0.2 closed', '127.0.0.1 filtered']);
    expect(result).toMatchObject({ outcome: 'filtered', timedOut: true, address: '127.0.0.1' });
    expect(result.addresses?.[0]?.timedOut).toBe(false);
  });
});

describe('families', () => {
  test('an address of IPv6 that is not reached hides no answer over IPv4', async () => {
    await withServers({ '127.0.0.1': 'anonymous-forbidden' }, async (port) => {
      const { result } = await lookAtName(port, [['::1', '127.0.0.1']]);
      expect(result).toMatchObject({ outcome: 'anonymous-forbidden', address: '127.0.0.1' });
      const [, ipv6] = result.addresses ?? [];
      expect(ipv6).toMatchObject({ address: '::1', family: 'ipv6', connected: false, timedOut: false });
      // Refused where this machine has IPv6, and without a way where it has none.
      expect(['closed', 'not-probed']).toContain(ipv6?.outcome);
    });
  });

  test.for([
    [{ A: [['127.0.0.1']], AAAA: 'fail' }, 'ipv6'],
    [{ A: [['127.0.0.1']], AAAA: [[]] }, undefined],
  ] as const)(
    'one that the resolver cannot tell about is no family without addresses: %o',
    async ([records, family]) => {
      await withServers({ '127.0.0.1': 'anonymous-forbidden' }, async (port) => {
        const { result } = await lookAtName(port, records);
        expect(result).toMatchObject({ outcome: 'anonymous-forbidden', address: '127.0.0.1' });
        expect(result.unansweredFamily).toBe(family);
        expect(result.detail.includes('Whether the name has IPv6 addresses too is not known')).toBe(family === 'ipv6');
      });
    },
  );

  test('private addresses of one family do not speak for the other one', async () => {
    const records = { A: [['10.0.0.1']], AAAA: 'fail' } as const;
    const { result } = await lookAtName(443, records, { inside: false });
    expect(result).toMatchObject({ outcome: 'not-probed', unansweredFamily: 'ipv6' });
    expect(result.detail).toBe(
      'No address may be dialled from here: private only. Whether the name has IPv6 addresses too is not known: the resolver gave no answer about them.',
    );
  });

  test.for(['fail', 'silent'] as const)('a resolver that answers %s says nothing about addresses', async (entry) => {
    const { result } = await lookAtName(443, { A: [[]], AAAA: entry }, { limits: { total: 300 } });
    expect(result.outcome).toBe('unresolved');
    expect(result.detail).toMatch(
      /^The resolver (?:gave no answer for the name \(ESERVFAIL\)|did not answer in time)\.$/,
    );
  });
});

describe('a hostile resolver', () => {
  test('cannot move a look: each name is asked for once, and reconnects go to the address that was judged', async () => {
    await withServers({ '127.0.0.1': 'anonymous-forbidden', '127.0.0.2': 'admin' }, async (port, [pinned, moved]) => {
      const closing = await startApiServer({
        behaviour: 'anonymous-forbidden',
        certificate,
        listenOn: '127.0.0.3',
        port,
        closes: 'announced',
      });
      const { result, second, questions } = await lookAtName(port, [['127.0.0.3'], ['127.0.0.2']]);
      await closing.close();
      expect(questions.toSorted()).toEqual(['A api.example', 'AAAA api.example']);
      expect(result).toMatchObject({ outcome: 'anonymous-forbidden', address: '127.0.0.3' });
      expect(closing.connections).toHaveLength(6);
      expect(pinned?.connections).toEqual([]);
      // The second look asks anew, and says where it went.
      expect(second.address).toBe('127.0.0.2');
      expect(moved?.connections).toHaveLength(1);
    });
  });

  test.for([
    [['127.0.0.1'], 'loopback'],
    [['169.254.169.254', 'fd00:ec2::254'], 'link-local'],
    [['::ffff:127.0.0.1'], 'loopback'],
    [['64:ff9b::7f00:1'], 'loopback'],
    [['::ffff:169.254.169.254'], 'link-local'],
    [['0.0.0.0', '::'], 'unspecified'],
  ] as const)('cannot lead a look from outside to %o', async ([addresses, name]) => {
    await withServers({ '127.0.0.1': 'admin' }, async (port, [server]) => {
      const { result } = await lookAtName(port, [addresses], { inside: false });
      expect(result).toMatchObject({ outcome: 'not-probed', connected: false, requests: [] });
      expect(result.resolved?.map((found) => found.class)).toEqual(addresses.map(() => name));
      expect(server?.connections).toEqual([]);
    });
  });

  test('may mix what may be dialled with what may not: only the first is', async () => {
    await withServers({ '127.0.0.1': 'anonymous-disabled' }, async (port) => {
      const { result } = await lookAtName(port, [['169.254.169.254', '127.0.0.1', '224.0.0.1']]);
      expect(result).toMatchObject({ outcome: 'anonymous-disabled', address: '127.0.0.1' });
      expect(result).not.toHaveProperty('addresses');
      expect(result.resolved).toHaveLength(3);
    });
  });
});
