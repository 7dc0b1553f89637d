import * as fc from 'fast-check';
import https from 'node:https';
import type { AddressInfo, Server } from 'node:net';

import { outcomes, type ProbeResult } from '../../src/model/probe.ts';
import { parseObject, readAnswer, type Answer } from '../../src/probe/answer.ts';
import { alternativeNames, authorityKeyId, distinguishedName } from '../../src/probe/certificate.ts';
import { assess } from '../../src/probe/identity.ts';
import { judgeRights, nextStep } from '../../src/probe/ladder.ts';
import type { Step } from '../../src/probe/steps.ts';
import { answerAsApiServer, type AnonymousRights } from '../emulators/apiserver/kubernetes.ts';
import { certificate, probeWith, running, targetAt } from '../unit/probe/harness.ts';

interface FuzzParameters {
  readonly numRuns: number;
  readonly seed: number;
}

/** What must hold whatever a peer sends. Each is run with a fixed seed in CI, and for as long as wanted by `npm run fuzz`. */
export interface Property {
  readonly name: string;
  /** Runs in CI: those that open connections cost milliseconds each. */
  readonly runs: number;
  readonly check: (parameters: FuzzParameters) => Promise<void>;
}

const steps: readonly Step[] = ['index', 'livez', 'readyz', 'version', 'api', 'pod', 'secret', 'binding'];

/** Documents that are nearly right lead further into the reading than noise does. */
const nearlyStatus = fc.record(
  {
    kind: fc.constantFrom('Status', 'APIVersions', 'Secret', 'Pod', '', null),
    code: fc.constantFrom(200, 401, 403, 404, '403', null),
    reason: fc.constantFrom('Forbidden', 'Unauthorized', 'NotFound', '__proto__', 7),
    message: fc.oneof(fc.string(), fc.constant('the server could not find the requested resource')),
    details: fc.oneof(fc.constant(null), fc.record({ name: fc.string() }), fc.array(fc.string())),
    paths: fc.array(fc.string()),
    major: fc.oneof(fc.string(), fc.integer()),
    gitVersion: fc.string(),
  },
  { requiredKeys: [] },
);

const right = [
  '{"kind":"Secret"}',
  '{"kind":"Pod"}',
  '{"kind":"ClusterRoleBinding"}',
  '{"kind":"Status","code":404,"reason":"NotFound","message":"","details":{"name":"random"}}',
  '{"kind":"Status","code":403,"reason":"Forbidden","message":""}',
  '{"kind":"Status","code":401,"reason":"Unauthorized","message":""}',
] as const;

const body = fc.oneof(
  fc.constantFrom(...right),
  fc.string({ unit: 'binary' }),
  nearlyStatus.map((json) => JSON.stringify(json)),
  fc.json(),
);

const answer: fc.Arbitrary<Answer> = fc
  .record({
    step: fc.constantFrom(...steps),
    status: fc.constantFrom(undefined, 200, 302, 401, 403, 404, 429, 500, 503, 999),
    headers: fc.dictionary(fc.constantFrom('audit-id', 'server', 'content-type', 'retry-after'), fc.string()),
    body,
  })
  .map(({ step, status, headers, body: text }) => {
    const json = parseObject(text);
    const said = { step, name: 'random', headers, body: text, ...(json === undefined ? {} : { json }) };
    return status === undefined ? { ...said, failure: { kind: 'closed' } } : { ...said, status };
  });

/** No step is asked for twice. */
const answers = fc.uniqueArray(answer, { minLength: 1, maxLength: 7, selector: ({ step }) => step });

function checkAnswers(given: readonly Answer[]): void {
  const assessment = assess(given, 'audit', { isClusters: true, names: [] });
  const outcome = judgeRights(given, 'full');
  nextStep(given, 'full');
  const granted = given.filter((item) => ['granted', 'not-found'].includes(readAnswer(item)));
  const isProven = granted.some(({ step, status }) => ['secret', 'binding'].includes(step) && status !== undefined);
  if ((outcome === 'admin-exposed') !== isProven) throw new Error(`${outcome} without proof`);
  const hasAnswered = given.some(({ status }) => status !== undefined);
  if (assessment.isApiServer && !hasAnswered) throw new Error('an API server that never answered');
}

function checkNames(text: string, der: Uint8Array): void {
  const names = alternativeNames(text);
  if (names.length > 32 || names.some((name) => name.length > 254)) throw new Error('names beyond their limit');
  if (distinguishedName(text).length > 257) throw new Error('a name beyond its limit');
  if ((authorityKeyId(Buffer.from(der)) ?? '').length > 128) throw new Error('a key identifier beyond its limit');
}

const whole = 'HTTP/1.1 403 Forbidden\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}';

/** A real answer with a part of it replaced, or noise. */
const response = fc.oneof(
  fc
    .tuple(fc.nat(whole.length), fc.nat(12), fc.uint8Array({ maxLength: 40 }))
    .map(([at, length, piece]) =>
      Buffer.concat([Buffer.from(whole.slice(0, at)), piece, Buffer.from(whole.slice(at + length))]),
    ),
  fc.uint8Array({ maxLength: 300 }).map((bytes) => Buffer.from(bytes)),
);

interface Noise {
  /** The number of the answer that it comes in place of, each time; the first is 0. */
  readonly at: number;
  readonly bytes: Buffer;
}

const anonymous = { authentication: 'on', roles: ['public-info'] } as const satisfies AnonymousRights;
const paths = [
  '/',
  '/version',
  '/api',
  '/api/v1/namespaces/kube-system/pods/',
  '/api/v1/namespaces/kube-system/secrets/',
  '/apis/rbac.authorization.k8s.io/v1/clusterrolebindings/',
];

/** An API server but for one answer. Each comes over a real TLS connection, so that Node's own parser takes part. */
function startNoisy(noise: () => Noise): Server {
  return https.createServer(certificate, (incoming, outgoing) => {
    const { method = '', url = '', headers } = incoming;
    const { at, bytes } = noise();
    if (paths.findLastIndex((path) => url.startsWith(path)) === at) return void incoming.socket.end(bytes);
    const reply = answerAsApiServer(anonymous, { method, url, headers, body: '' });
    outgoing.writeHead(reply.status ?? 200, reply.headers);
    outgoing.end(typeof reply.body === 'string' ? reply.body : JSON.stringify(reply.body));
  });
}

function checkResult({ at }: Noise, { outcome, detail, identity }: ProbeResult): void {
  if (!outcomes.includes(outcome) || detail.startsWith('The probe failed')) throw new Error(`${outcome}: ${detail}`);
  const isThis = identity.peer === 'this';
  if (isThis !== at > 0) throw new Error(isThis ? 'noise was taken for the cluster' : 'noise hid the cluster');
  if (isThis && outcome !== 'inconclusive') throw new Error(`${outcome}, though one answer was noise`);
}

async function checkResponses(parameters: FuzzParameters): Promise<void> {
  let sent: Noise = { at: 0, bytes: Buffer.alloc(0) };
  const server = startNoisy(() => sent);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const noise = fc.record({ at: fc.nat(paths.length - 1), bytes: response });
  const property = fc.asyncProperty(noise, async (next) => {
    sent = next;
    const probe = probeWith({ limits: { pace: 0, total: 1_000 } });
    checkResult(next, await probe(targetAt(port), 'full', running));
  });
  try {
    await fc.assert(property, parameters);
  } finally {
    server.close();
  }
}

export const properties: readonly Property[] = [
  {
    name: 'answers are read without a fault, and prove nothing that they do not show',
    runs: 3_000,
    check: async (parameters) => fc.assert(fc.property(answers, checkAnswers), parameters),
  },
  {
    name: 'certificate texts stay within their limits',
    runs: 3_000,
    check: async (parameters) => {
      const text = fc.oneof(
        fc.string({ unit: 'binary', maxLength: 2_000 }),
        fc.array(fc.constantFrom('DNS:', 'IP Address:', '"', '\\', ', ', 'a', '\n')).map((parts) => parts.join('')),
      );
      const der = fc.uint8Array().map((bytes) => Buffer.concat([Buffer.from('0603551d2304', 'hex'), bytes]));
      fc.assert(fc.property(text, der, checkNames), parameters);
    },
  },
  {
    name: 'responses end each look with an outcome, and noise is never the cluster, nor hides it or what it refuses',
    runs: 250,
    check: checkResponses,
  },
];
