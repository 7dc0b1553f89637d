import { createServer, type AddressInfo, type Socket } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';

import type { PortFacts, PortTarget, ProbeTarget } from '../../src/model/probe.ts';
import { startApiServer, startFilteredPort, type ApiServerOptions } from '../emulators/apiserver.ts';
import { authority, certificate, host, lookAt, probeWith, running, targetAt } from '../unit/probe/harness.ts';

const open: (() => Promise<unknown>)[] = [];
afterEach(() => Promise.all(open.splice(0).map((close) => close())));

const heard = { connections: 0, text: '' };

/** Something that is no API server emulator: it gets each connection as it is. */
async function listen(port: number, meet: (socket: Socket) => void): Promise<PortTarget> {
  Object.assign(heard, { connections: 0, text: '' });
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    heard.connections += 1;
    sockets.add(socket.on('error', () => undefined).on('data', (piece) => (heard.text += piece.toString('latin1'))));
    meet(socket);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  open.push(async () => {
    for (const socket of sockets) socket.destroy();
    await new Promise((resolve) => server.close(resolve));
  });
  return to(port, (server.address() as AddressInfo).port);
}

async function serve(port: number, options: ApiServerOptions): Promise<PortTarget> {
  const server = await startApiServer({ certificate, ...options });
  open.push(() => server.close());
  return to(port, server.port);
}

function to(port: number, at: number): PortTarget {
  return { port, connectTo: { address: '127.0.0.1', port: at } };
}

/** Answers the first request in plain HTTP. */
function http(status: number, body: string): (socket: Socket) => void {
  return (socket) =>
    socket.once('data', () =>
      socket.end(`HTTP/1.1 ${status} Fine\r\nContent-Length: ${body.length}\r\nConnection: close\r\n\r\n${body}`),
    );
}

/** What a look at an API server that is ours tells of one other port. */
async function knock(port: PortTarget, changes: Partial<ProbeTarget> = {}): Promise<PortFacts | undefined> {
  const { result } = await lookAt({ behaviour: 'anonymous-disabled' }, { ports: [port], ...changes });
  expect(result.outcome).toBe('anonymous-disabled');
  return result.ports?.[0];
}

describe('a port that', () => {
  test.for([
    [10_250, 'kubelet', { service: 'kubelet', detail: 'GET /healthz was answered with 401.' }],
    [10_250, 'kubelet-anonymous', { service: 'kubelet' }],
    [2379, 'etcd', { service: 'etcd', grants: 'control' }],
    [6443, 'anonymous-forbidden', { service: 'API server' }],
    [8443, 'nginx', { service: 'web server' }],
    [10_257, 'anonymous-forbidden', { service: 'controller manager' }],
  ] as const)('is %i and speaks TLS as %s', async ([port, behaviour, facts]) => {
    expect(await knock(await serve(port, { behaviour }))).toMatchObject({ port, state: 'answers', ...facts });
  });

  test('is a kubelet that asks nobody who they are lets anyone in', async () => {
    const overrides = { '/healthz': () => ({ status: 200, headers: { 'Content-Type': 'text/plain' }, body: 'ok' }) };
    const facts = await knock(await serve(10_250, { behaviour: 'kubelet', overrides }));
    expect(facts).toMatchObject({ service: 'kubelet', grants: 'control' });
  });

  test('is a kubelet that refuses grants nothing', async () => {
    for (const behaviour of ['kubelet', 'kubelet-anonymous'] as const)
      expect(await knock(await serve(10_250, { behaviour }))).not.toHaveProperty('grants');
  });

  test.for([
    [
      8001,
      '{"kind":"APIVersions","versions":["v1"]}',
      { service: 'kubectl proxy', grants: 'control' },
      'Host: 127.0.0.1:8001',
    ],
    [8080, '{"kind":"APIVersions","versions":["v1"]}', { grants: 'control' }, `Host: ${host}:8080`],
    [10_255, 'ok', { service: 'kubelet without authentication', grants: 'read' }, 'GET /healthz HTTP/1.1'],
    [80, '<html></html>', { service: 'web server' }, 'User-Agent: kubeperimeter/'],
  ] as const)('is %i and speaks plain HTTP', async ([port, body, facts, asked]) => {
    expect(await knock(await listen(port, http(200, body)))).toMatchObject({ port, state: 'answers', ...facts });
    expect(heard.text.toLowerCase()).toContain(asked.toLowerCase());
    expect(heard.text.match(/^GET /gm)).toHaveLength(1);
    expect(heard.text).not.toMatch(/authorization|cookie/i);
    expect(heard.connections).toBe(1);
  });

  test('greets is read and not spoken to', async () => {
    const port = await listen(22, (socket) => void socket.write('SSH-2.0-OpenSSH_9.6\r\nmore'));
    expect(await knock(port)).toMatchObject({
      state: 'answers',
      service: 'SSH server',
      detail: 'It says "SSH-2.0-OpenSSH_9.6".',
    });
    expect(heard).toEqual({ connections: 1, text: '' });
  });

  test.for([[179], [5473]] as const)('is %i is connected to, and nothing is sent', async ([port]) => {
    expect(await knock(await listen(port, () => undefined))).toMatchObject({ state: 'accepts' });
    expect(heard).toEqual({ connections: 1, text: '' });
  });

  test('demands a client certificate grants nothing', async () => {
    const tls = { requestCert: true, rejectUnauthorized: true, ca: authority.pem };
    const facts = await knock(await serve(2379, { behaviour: 'etcd', tls }));
    expect(facts).toMatchObject({ state: 'answers', detail: 'The peer requires a client certificate.' });
    expect(facts).not.toHaveProperty('grants');
  });

  test('speaks no TLS where TLS is usual says so', async () => {
    const facts = await knock(await serve(2379, { behaviour: 'plain-http' }));
    expect(facts).toMatchObject({ state: 'answers', detail: expect.stringContaining('plain HTTP') as string });
  });

  test('refuses is closed', async () => {
    const port = await listen(10_250, () => undefined);
    await open.pop()?.();
    expect(await knock(port)).toMatchObject({ state: 'closed', usual: 'kubelet' });
  });

  test('drops packets is filtered', async () => {
    const filtered = await startFilteredPort();
    open.push(() => filtered.close());
    expect(await knock(to(10_250, filtered.port))).toMatchObject({ state: 'filtered' });
  });
});

const ok = 'HTTP/1.1 200 OK\r\n';
const nothing = 'nothing was heard over it';
const noHttp = 'got no HTTP answer';

describe('hostile peers end in time, and prove no more than they showed', () => {
  test.for<[string, number, (socket: Socket) => void, PortFacts['state'], string]>([
    ['silent', 10_255, () => undefined, 'accepts', nothing],
    ['silent where TLS is usual', 10_250, () => undefined, 'accepts', nothing],
    ['hangs up at the handshake', 2379, (socket) => void socket.end(), 'accepts', 'it may speak no TLS'],
    ['silent where a greeting is usual', 22, () => undefined, 'accepts', nothing],
    ['hangs up', 10_255, (socket) => void socket.once('data', () => socket.destroy()), 'accepts', nothing],
    ['no HTTP', 10_255, (socket) => void socket.end('\u0000\u0001garbage\r\n\r\n'), 'answers', noHttp],
    [
      'promises first',
      10_255,
      (socket) => void socket.end(`HTTP/1.1 100 Continue\r\n\r\n${ok}\r\nok`),
      'answers',
      noHttp,
    ],
    ['headers without end', 10_255, (socket) => void socket.write(`${ok}A: ${'a'.repeat(100_000)}`), 'answers', noHttp],
    [
      'a body without end',
      10_255,
      (socket) => void socket.write(`${ok}\r\n${'ok'.repeat(100_000)}`),
      'answers',
      'with 200',
    ],
    [
      'a body that stops',
      10_255,
      (socket) => void socket.end(`${ok}Content-Length: 9\r\n\r\nok`),
      'answers',
      'with 200',
    ],
    [
      'a body that is waited for',
      10_255,
      (socket) => void socket.write(`${ok}Content-Length: 9\r\n\r\nok`),
      'answers',
      noHttp,
    ],
    ['a greeting without end', 22, (socket) => void socket.write('x'.repeat(100_000)), 'answers', 'It says "xxxx'],
    ['terminal sequences', 22, (socket) => void socket.write('\u001b[2J\u202eevil\n'), 'answers', '\\u001b[2J'],
  ])('%s', async ([, port, meet, state, detail]) => {
    const facts = await knock(await listen(port, meet));
    expect(facts).toMatchObject({ state, detail: expect.stringContaining(detail) as string });
    expect(facts?.detail.length).toBeLessThan(200);
    expect(facts?.detail).not.toMatch(/\p{Cc}/u);
  });
});

async function untouched(changes: Partial<ProbeTarget>, behaviour: ApiServerOptions['behaviour']) {
  const port = await listen(10_250, http(200, 'ok'));
  const { result } = await lookAt({ behaviour }, { ports: [port], ...changes });
  expect(heard.connections).toBe(0);
  return result.ports;
}

describe('nothing is tried', () => {
  test('where a stranger answers', async () => {
    expect(await untouched({}, 'kubelet')).toEqual([]);
    expect(await untouched({ host: 'other.example' }, 'anonymous-disabled')).toEqual([]);
    expect(await untouched({}, 'closes-at-once')).toEqual([]);
  });

  test('where it was not asked for, nor by a second look', async () => {
    const port = await listen(10_250, http(200, 'ok'));
    expect((await lookAt({ behaviour: 'anonymous-disabled' })).result).not.toHaveProperty('ports');
    const server = await startApiServer({ behaviour: 'anonymous-disabled', certificate });
    open.push(() => server.close());
    const second = await probeWith()(targetAt(server.port, { ports: [port] }), 'second', running);
    expect(second.identity.peer).toBe('this');
    expect(second).not.toHaveProperty('ports');
    expect(heard.connections).toBe(0);
  });

  test.for<[string, Partial<ProbeTarget>]>([
    ['its server', { host: 'ABC123.gr7.eu-west-1.eks.amazonaws.com' }],
    ['its server in another partition', { host: 'shop-dns-1a2b.hcp.usgovvirginia.cx.aks.containerservice.azure.us' }],
    ['its tls-server-name', { serverName: 'ABC123.sk1.eu-west-1.EKS.amazonaws.com' }],
    ['its entry, as aws has it', { clusterId: 'kubeconfig:arn:aws:eks:eu-west-1:111122223333:cluster/prod@x' }],
    ['its entry, as gcloud has it', { clusterId: 'kubeconfig:gke_my-project_europe-west4_prod@52.95.110.7:443' }],
  ])('on the host of a provider, by %s', async ([, changes]) => {
    const names = [changes.host, changes.serverName, host].flatMap((name) => name?.toLowerCase() ?? []);
    const port = await listen(10_250, http(200, 'ok'));
    const served = { behaviour: 'anonymous-disabled', certificate: await authority.issue({ names }) } as const;
    const { result } = await lookAt(served, { ports: [port], ...changes });
    expect(result.identity.peer).toBe('this');
    expect(result).not.toHaveProperty('ports');
    expect(heard.connections).toBe(0);
  });

  test('on the host of a provider, by its certificate behind a name of our own', async () => {
    const names = [host.toLowerCase(), 'abc123.gr7.eu-west-1.eks.amazonaws.com'];
    const port = await listen(10_250, http(200, 'ok'));
    const served = { behaviour: 'anonymous-disabled', certificate: await authority.issue({ names }) } as const;
    expect((await lookAt(served, { ports: [port] })).result).not.toHaveProperty('ports');
    expect(heard.connections).toBe(0);
  });

  test.for(['v1.33.4-gke.1350000', 'v1.31.2-eks-7f9249a'])(
    'where %s runs, which may be a provider’s',
    async (build) => {
      const port = await listen(10_250, http(200, 'ok'));
      const [, major, minor] = build.split(/\D+/);
      const version = () => ({ status: 200, headers: {}, body: { major, minor, gitVersion: build } });
      const { result } = await lookAt(
        { behaviour: 'anonymous-forbidden', overrides: { '/version': version } },
        { ports: [port] },
      );
      expect(result).toMatchObject({ gitVersion: build, ports: [] });
      expect(heard.connections).toBe(0);
    },
  );

  test('at a port that no --connect-to leads to, where one led to the API server', async () => {
    const { result } = await lookAt({ behaviour: 'anonymous-disabled' }, { ports: [{ port: 10_250 }] });
    expect(result.ports).toEqual([]);
  });

  test('at a port that is not on the list', async () => {
    const port = await listen(31_000, http(200, 'ok'));
    expect(await knock(port)).toBeUndefined();
    expect(heard.connections).toBe(0);
  });
});

test.for(['eks.amazonaws.com.example', 'noteks.amazonaws.com', 'azmk8s.io.example'])(
  '%s is no provider’s',
  async (name) => {
    const port = await listen(10_250, http(200, 'ok'));
    const served = { behaviour: 'anonymous-disabled', certificate: await authority.issue({ names: [name] }) } as const;
    expect((await lookAt(served, { host: name, ports: [port] })).result.ports).toHaveLength(1);
  },
);

test('a port that two clusters share is connected to once', async () => {
  const port = await listen(10_255, http(200, 'ok'));
  const servers = await Promise.all([0, 1].map(() => startApiServer({ behaviour: 'anonymous-disabled', certificate })));
  open.push(...servers.map((server) => () => server.close()));
  const probe = probeWith();
  const results = await Promise.all(
    servers.map((server) => probe(targetAt(server.port, { ports: [port] }), 'full', running)),
  );
  for (const { ports } of results) expect(ports).toMatchObject([{ service: 'kubelet without authentication' }]);
  expect(heard.connections).toBe(1);
});

test('from inside the address that the API server answered at is tried', async () => {
  const server = await startApiServer({
    behaviour: 'anonymous-disabled',
    certificate: await authority.issue({ names: ['127.0.0.1'] }),
  });
  open.push(() => server.close());
  const { connectTo: _, ...direct } = targetAt(server.port, { host: '127.0.0.1', port: server.port });
  // Loopback may well have something there: that it was tried at all is what counts.
  const { ports } = await probeWith({ inside: true })({ ...direct, ports: [{ port: 10_249 }] }, 'full', running);
  expect(ports).toMatchObject([{ port: 10_249 }]);
});
