import type { CollectProgress } from '../engine/collect.ts';
import { plural } from '../lib/text.ts';

export interface ProgressView {
  show(progress: CollectProgress): void;
  end(): void;
}

const width = 24;
const lineEverySeconds = 5;

/** A bar on a terminal, lines where `CI` is set, else nothing. Always stderr: stdout is the report's. */
export function progressView(
  stream: NodeJS.WriteStream,
  env: NodeJS.ProcessEnv,
  now: () => number = Date.now,
): ProgressView {
  if (stream.isTTY) return bar(stream);
  return env['CI'] ? lines(stream, now) : { show: () => {}, end: () => {} };
}

function bar(stream: NodeJS.WriteStream): ProgressView {
  return {
    show: (progress) => stream.write(`\r\u001b[K${filled(progress)} ${sentence(progress)}`),
    end: () => stream.write('\r\u001b[K'),
  };
}

function filled({ scopes, probes, inspections }: CollectProgress): string {
  const known = scopes.known + probes.planned + inspections.planned;
  const full = known === 0 ? 0 : Math.floor((width * (scopes.done + probes.done + inspections.done)) / known);
  return `[${'#'.repeat(full)}${'.'.repeat(width - full)}]`;
}

function lines(stream: NodeJS.WriteStream, now: () => number): ProgressView {
  let last = Number.NEGATIVE_INFINITY;
  let latest: CollectProgress | undefined;
  return {
    show: (progress) => {
      latest = progress;
      if (now() - last < lineEverySeconds * 1000) return;
      last = now();
      stream.write(`kubeperimeter: ${sentence(progress)}\n`);
    },
    end: () => {
      if (latest) stream.write(`kubeperimeter: ${sentence(latest)}\n`);
    },
  };
}

function sentence({ scopes, clusters, probes, inspections }: CollectProgress): string {
  // `probe` reads no scope.
  const read = scopes.known === 0 ? '' : `${scopes.done} of ${plural(scopes.known, 'scope')} read, `;
  const probed = `${probes.done} of ${plural(probes.planned, 'endpoint')} probed`;
  const inspected = inspections.planned === 0 ? '' : `, TLS of ${inspections.done} of ${inspections.planned} inspected`;
  return `${read}${plural(clusters, 'cluster')}, ${probed}${inspected}`;
}
