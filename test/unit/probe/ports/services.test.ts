import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import {
  knownPorts,
  sentTo,
  serviceAt,
  services,
  type Recognised,
  type Reply,
} from '../../../../src/probe/ports/services.ts';

const status = (code: number): Reply => ({
  status: code,
  body: `{"kind":"Status","apiVersion":"v1","status":"Failure","code":${code}}\n`,
});
const web: Reply = { status: 200, body: '<html><title>Welcome</title></html>' };
const apiVersions: Reply = { status: 200, body: '{"kind":"APIVersions","versions":["v1"]}' };

test.each<[number, string, Reply, Recognised | undefined]>([
  [22, 'a greeting', { banner: 'SSH-2.0-OpenSSH_9.6' }, { service: 'SSH server' }],
  [22, 'another greeting', { banner: '220 mail.example ESMTP' }, undefined],
  [80, 'a page', web, { service: 'web server' }],
  [6443, 'a refusal', status(403), { service: 'API server' }],
  [8443, 'an index', { status: 200, body: '{"paths":["/api"]}' }, { service: 'API server' }],
  [443, 'a page', web, { service: 'web server' }],
  [2379, 'its version', { status: 200, body: '{"etcdserver":"3.5.21"}' }, { service: 'etcd', grants: 'control' }],
  [2379, 'a page', web, undefined],
  [
    2380,
    'its version',
    { status: 200, body: '{"etcdserver":"3.5"}' },
    { service: 'etcd for its peers', grants: 'control' },
  ],
  [2381, 'its version', { status: 200, body: '{"etcdserver":"3.5.21"}' }, { service: 'etcd metrics' }],
  [8001, 'API versions', apiVersions, { service: 'kubectl proxy', grants: 'control' }],
  [8001, 'a page', web, { service: 'web server' }],
  [8080, 'API versions', apiVersions, { service: 'API server without authentication', grants: 'control' }],
  [8080, 'API versions refused', { ...apiVersions, status: 403 }, { service: 'web server' }],
  [10_250, 'a refusal in text', { status: 401, body: 'Unauthorized' }, { service: 'kubelet' }],
  [
    10_250,
    'a 403 in text',
    { status: 403, body: 'Forbidden (user=system:anonymous, verb=get)' },
    { service: 'kubelet' },
  ],
  [10_250, 'a page', { ...web, status: 401 }, undefined],
  [10_255, 'ok', { status: 200, body: 'ok' }, { service: 'kubelet without authentication', grants: 'read' }],
  [10_255, 'not quite ok', { status: 200, body: 'okay, this is another page' }, undefined],
  [10_256, 'health', { status: 200, body: '{"lastUpdated":"2026-01-01"}' }, { service: 'kube-proxy' }],
  [10_257, 'a refusal', status(403), { service: 'controller manager' }],
  [10_259, 'ok', { status: 200, body: 'ok\n' }, { service: 'scheduler' }],
])('port %i with %s', (port, _, reply, recognised) => {
  expect(serviceAt(port)?.recognise?.(reply)).toEqual(recognised);
});

describe('the list', () => {
  test('is fixed, sorted, and holds no range', () => {
    expect(knownPorts).toEqual([...new Set(knownPorts)].toSorted((a, b) => a - b));
    expect(knownPorts).toHaveLength(29);
    expect(knownPorts.filter((port) => port >= 30_000)).toEqual([]);
  });

  test('asks nothing that lists, reads objects or metrics', () => {
    const paths = services.flatMap(({ path }) => path ?? []);
    expect([...new Set(paths)].toSorted()).toEqual(['/', '/api', '/healthz', '/version']);
  });

  test('stands in the documentation, with what is sent', () => {
    const page = readFileSync(new URL('../../../../docs/self-managed.md', import.meta.url), 'utf8');
    const rows = services.map((service) => `| ${service.port} | ${service.usual} | ${sentTo(service)} |`);
    expect(page).toContain(rows.join('\n'));
  });
});
