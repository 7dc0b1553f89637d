import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { Command } from 'commander';
import { collect, type CollectProgress, type CollectRequest } from '../engine/collect.ts';
import { UsageError } from '../model/errors.ts';
import type { Evidence } from '../model/evidence.ts';
import type { Probe } from '../model/probe.ts';
import { tool } from '../model/tool.ts';
import { providers } from '../../providers/index.ts';
import { readConfigFile } from './config-file.ts';
import { conclude, judge, planConclusion } from './conclude.ts';
import { limitRun } from './interrupt.ts';
import { assertWritable, writeFile } from './output.ts';
import { confirmOwnHosts, type Terminal } from './own-hosts.ts';
import { progressView } from './progress.ts';
import { assertProxy } from './proxy.ts';
import { rawFromCommand } from './raw-values.ts';
import { readSettings, type ScanSettings } from './settings.ts';
import { findVantageCloud } from './vantage-cloud.ts';

/** `kubeperimeter scan`: checks all input, then collects, judges and writes. Returns the exit code. */
export async function scan(command: Command): Promise<number> {
  const given = rawFromCommand(command);
  const config = await readConfigFile(given.get('config')?.values[0]);
  const raw = new Map([...config, ...given]);
  const settings = readSettings(raw);
  assertProxy(process.env);
  if (given.has('dry-run')) {
    process.stdout.write((await import('./dry-run.ts')).dryRun(settings, providers));
    return 0;
  }
  const plan = planConclusion(raw);
  if (settings.saveEvidence !== undefined) assertWritable(settings.saveEvidence, '--save-evidence');
  const confirmed = await confirmOwnHosts(settings, process.env, terminal());
  const limit = limitRun(settings.timeout);
  const evidence = await gather(confirmed, limit.signal).finally(() => limit.release());
  assertSomeCredentials(evidence);
  if (settings.saveEvidence !== undefined) writeFile(settings.saveEvidence, [JSON.stringify(evidence), '\n']);
  return conclude(judge(evidence), plan, limit.reason());
}

/** Someone who can be asked reads stderr, as stdout may be the report's. */
function terminal(): Terminal | undefined {
  const { stdin: input, stderr: output } = process;
  return input.isTTY && output.isTTY ? { input, output } : undefined;
}

async function gather(settings: ScanSettings, signal: AbortSignal): Promise<Evidence> {
  const view = progressView(process.stderr, process.env);
  const tools = {
    providers,
    env: process.env,
    probe: probeWhenNeeded(settings),
    now: () => new Date(),
    sleep: (milliseconds: number, stop: AbortSignal) => delay(milliseconds, undefined, { signal: stop }),
    uuid: randomUUID,
    progress: (progress: CollectProgress) => view.show(progress),
  };
  return collect(await request(settings), tools, { signal }).finally(() => view.end());
}

/** Loaded with the first endpoint: a scan of settings alone needs neither TLS nor the machine's trust roots. */
function probeWhenNeeded(settings: ScanSettings): Probe {
  let probe: Promise<Probe> | undefined;
  return async (...look) => (await (probe ??= loadProbe(settings)))(...look);
}

async function loadProbe({ vantage, resolvers }: ScanSettings): Promise<Probe> {
  const { createProbe, systemTrustRoots } = await import('../probe/index.ts');
  return createProbe({
    userAgent: `${tool.name}/${tool.version} (read-only exposure check)`,
    inside: vantage.inside,
    resolvers,
    roots: systemTrustRoots(),
    now: () => new Date(),
  });
}

async function request(settings: ScanSettings): Promise<CollectRequest> {
  const { vantage, confirmAfter, ports } = settings;
  return {
    targets: settings.targets,
    vantage: {
      name: vantage.name,
      kind: vantage.inside ? 'inside' : 'outside',
      addresses: vantage.addresses,
      addressesGiven: vantage.addresses.length > 0,
      cloud: vantage.cloud ?? (await findVantageCloud()),
    },
    broad: settings.broad,
    probe: settings.probe
      ? {
          enabled: true,
          connectTo: settings.connectTo,
          excluded: settings.excluded,
          ...(ports !== undefined && { ports }),
          ...(confirmAfter !== undefined && { confirmAfter }),
        }
      : { enabled: false },
  };
}

/** No cloud was asked for and none has credentials: the scan has no subject, which is a mistake and not a clean result. */
function assertSomeCredentials(evidence: Evidence): void {
  if (evidence.coverage.length === 0 || evidence.coverage.some(({ status }) => status !== 'skipped')) return;
  const fixes = providers.map(({ meta }) => `${meta.title}: ${meta.signIn}`).join('; ');
  throw new UsageError(`no credentials were found for any cloud. ${fixes}`);
}
