import type { Command } from 'commander';
import { collect } from '../engine/collect.ts';
import { UsageError } from '../model/errors.ts';
import type { Evidence } from '../model/evidence.ts';
import type { ProviderEntry } from '../model/provider.ts';
import { providers } from '../../providers/index.ts';
import { readConfigFile } from './config-file.ts';
import { findTerminal } from './confirm-hosts.ts';
import { conclude, judge, planConclusion } from './conclude.ts';
import { limitRun } from './interrupt.ts';
import { findStandpoint, lookTools, probeRules } from './look-tools.ts';
import { assertWritable, writeEvidence } from './output.ts';
import { confirmOwnHosts, loadedOnce } from './own-hosts.ts';
import { progressView } from './progress.ts';
import { assertProxy } from './proxy.ts';
import { rawFromCommand } from './raw-values.ts';
import { readSettings, type ScanSettings } from './settings.ts';

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
  const entries = providers.map(loadedOnce);
  const confirmed = await confirmOwnHosts(settings, entries, process.env, findTerminal());
  const limit = limitRun(settings.timeout);
  const evidence = await gather(confirmed, entries, limit.signal).finally(() => limit.release());
  assertSomeCredentials(evidence);
  if (settings.saveEvidence !== undefined) writeEvidence(settings.saveEvidence, evidence);
  return conclude(judge(evidence), plan, limit.reason());
}

async function gather(
  settings: ScanSettings,
  entries: readonly ProviderEntry[],
  signal: AbortSignal,
): Promise<Evidence> {
  const view = progressView(process.stderr, process.env);
  const { ports } = settings;
  const request = {
    targets: settings.targets,
    ...(await findStandpoint(settings, signal)),
    broad: settings.broad,
    probe: settings.probe
      ? { ...probeRules(settings), ...(ports !== undefined && { ports }) }
      : ({ enabled: false } as const),
  };
  const tools = { ...lookTools(settings, view), providers: entries, env: process.env };
  return collect(request, tools, { signal }).finally(() => view.end());
}

/** No cloud was asked for and none has credentials: the scan has no subject, which is a mistake and not a clean result. */
function assertSomeCredentials(evidence: Evidence): void {
  if (evidence.coverage.length === 0 || evidence.coverage.some(({ status }) => status !== 'skipped')) return;
  const fixes = providers.map(({ meta }) => `${meta.title}: ${meta.signIn}`).join('; ');
  throw new UsageError(`no credentials were found for any cloud. ${fixes}`);
}
