import { describe, expect, test } from 'vitest';
import type { ProbeResult } from '../../src/model/probe.ts';
import { requestPaths } from '../../src/probe/index.ts';
import { startApiServer, type ApiServerOptions } from '../emulators/apiserver.ts';
import { status } from '../emulators/apiserver/kubernetes.ts';
import { createAuthority } from '../emulators/certificates.ts';
import type { Reply } from '../emulators/server.ts';
import { certificate, host, lookAt, probeWith, running, targetAt } from '../unit/probe/harness.ts';

const path = '/api/v1/namespaces/kube-public/configmaps/cluster-info';
const json = { 'Content-Type': 'application/json' };

/** As kubeadm writes it, the CA left out. */
const clusterInfo: Reply = {
  status: 200,
  headers: json,
  body: {
    kind: 'ConfigMap',
    apiVersion: 'v1',
    metadata: { name: 'cluster-info' },
    data: { kubeconfig: 'secret-mark' },
  },
};

const missing = 'configmaps "cluster-info" not found';
const notFound = { status: 404, headers: json, body: status(404, 'NotFound', missing, { name: 'cluster-info' }) };

async function ask(options: Partial<ApiServerOptions>, reply?: Reply, bootstrapInfo = true) {
  const overrides = reply === undefined ? {} : { [path]: () => reply };
  const { result, server } = await lookAt(
    { behaviour: 'anonymous-forbidden', overrides, ...options },
    {},
    { bootstrapInfo },
  );
  return {
    result,
    asked: server.requests.filter(({ url }) => url === path).length,
    urls: server.requests.map(({ url }) => url),
  };
}

function conclusionOf({ outcome, detail, identity }: ProbeResult) {
  return { outcome, detail, identity };
}

describe('with --bootstrap-info', () => {
  test('it is asked for last, as the seventh request, and what it holds is not kept', async () => {
    const { result, urls } = await ask({}, clusterInfo);
    expect(urls.at(-1)).toBe(path);
    expect(urls).toHaveLength(7);
    expect(result).toMatchObject({ outcome: 'anonymous-forbidden', anonymous: { bootstrap: true, data: false } });
    expect(result.requests.at(-1)).toEqual({ path, status: 200 });
    expect(JSON.stringify(result)).not.toContain('secret-mark');
  });

  test.for<[string, Partial<ApiServerOptions>, Reply | undefined, boolean | undefined]>([
    ['refused with 403', {}, undefined, false],
    ['refused with 401', { behaviour: 'anonymous-disabled' }, undefined, false],
    ['given where the rest is 401', { behaviour: 'health-only' }, clusterInfo, true],
    ['allowed, and not there', { behaviour: 'admin' }, notFound, false],
    ['given beside everything else', { behaviour: 'admin' }, clusterInfo, true],
    ['another document', {}, { ...clusterInfo, body: { kind: 'Secret' } }, undefined],
    ['a page', {}, { status: 200, body: '<html></html>' }, undefined],
    ['too busy by now', {}, { status: 429, body: 'Too many requests, please try again later.\n' }, undefined],
  ])('%s', async ([, options, reply, readable]) => {
    const { result, asked } = await ask(options, reply);
    expect(asked).toBe(1);
    expect(result.anonymous?.bootstrap).toBe(readable);
  });

  test('it changes nothing of the conclusion', async () => {
    const [without, given] = [await ask({}, clusterInfo, false), await ask({}, clusterInfo)];
    expect(conclusionOf(given.result)).toEqual(conclusionOf(without.result));
  });

  test.for<[string, Partial<ApiServerOptions>]>([
    ['overloaded', { behaviour: 'overloaded' }],
    ['a kubelet', { behaviour: 'kubelet' }],
    ['a web server', { behaviour: 'nginx' }],
    ['a server that breaks its connections, so that the second look keeps its request', { closes: 'silently' }],
  ])('never of %s', async ([, options]) => {
    expect((await ask(options, clusterInfo)).asked).toBe(0);
  });

  test('never of a stranger, nor at a second look', async () => {
    const stranger = await (await createAuthority('stranger')).issue({ names: [host.toLowerCase()] });
    expect((await ask({ certificate: stranger }, clusterInfo)).urls).toEqual([]);
    const server = await startApiServer({ behaviour: 'anonymous-forbidden', certificate });
    const probe = probeWith({ bootstrapInfo: true });
    await probe(targetAt(server.port), 'full', running);
    expect(server.requests).toHaveLength(7);
    await probe(targetAt(server.port), 'second', running);
    expect(server.requests.slice(7).map(({ url }) => url)).toEqual(['/']);
    await server.close();
  });
});

test('without it nothing asks for it, and it is announced with it alone', async () => {
  for (const behaviour of ['anonymous-forbidden', 'anonymous-disabled', 'admin'] as const) {
    expect((await ask({ behaviour }, clusterInfo, false)).asked).toBe(0);
  }
  expect(requestPaths().join()).not.toContain('kube-public');
  expect(requestPaths(true).filter((request) => !requestPaths().includes(request))).toEqual([`GET ${path}`]);
});
