import { spawnSync } from 'node:child_process';
import { startEtcd } from '../../test/integration/components/etcd.ts';
import { startKubeApiServer, type KubeApiServer } from '../../test/integration/components/kube-apiserver.ts';
import { isCached } from '../../test/integration/components/process.ts';
import { benchInFlight } from './in-flight.ts';
import { measureInTurn, nodeLooks, printCosts } from './cost.ts';
import { printRatio } from '../measure.ts';
import { attack, vegeta } from './vegeta.ts';

const version = '1.36.3';
const title = `look at kube-apiserver ${version}`;
/** Few, so that the API server's own fairness queues answer none with 429. */
const atOnce = 8;

/** The looks against the real server, and beside them a tool in Go. Needs more than npm, so it says what is missing. */
export async function benchRealLooks(): Promise<void> {
  const missing = findMissing();
  if (missing.length > 0) {
    console.log(`${title}: not measured, for want of ${missing.join(', ')}: npm run setup:integration installs it`);
    return;
  }
  const etcd = await startEtcd();
  try {
    const server = await startKubeApiServer({ etcd: etcd.url, names: ['*.bench.example'], version });
    await compareLooks(server).finally(() => server.stop());
  } finally {
    await etcd.stop();
  }
}

function findMissing(): readonly string[] {
  const programs = [`kubernetes-${version}/kube-apiserver`, vegeta].filter((program) => !isCached(program));
  return spawnSync('etcd', ['--version']).error === undefined ? programs : ['etcd', ...programs];
}

async function compareLooks({ port, authority: { pem: ca } }: KubeApiServer): Promise<void> {
  const costs = await measureInTurn({
    ...nodeLooks({ port, ca }, atOnce),
    vegeta: () => attack({ port, ca, looks: 600, atOnce }),
  });
  printCosts(title, costs);
  // Go, and nothing judged: for information.
  const { ours, vegeta: go } = costs;
  printRatio(`${title}, CPU against vegeta's same six requests, which judge nothing`, ours.cpuMs, go.cpuMs, 'ms');
  await benchInFlight(title, { port, ca });
}
