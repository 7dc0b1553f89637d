import type { Command } from 'commander';
import { assertDialable } from '../engine/dialable.ts';
import { probeEvidence } from '../engine/probe-evidence.ts';
import { evidencePieces } from '../engine/save-evidence.ts';
import { plural } from '../lib/text.ts';
import type { Evidence } from '../model/evidence.ts';
import { metas } from '../../providers/metas.ts';
import { excludeForeign, findTerminal } from './confirm-hosts.ts';
import { readConfigFile } from './config-file.ts';
import { readEvidence } from './evidence-file.ts';
import { limitRun } from './interrupt.ts';
import { readLookSettings, type LookSettings } from './look-settings.ts';
import { findStandpoint, lookTools, probeRules } from './look-tools.ts';
import { assertWritable, writeEvidence } from './output.ts';
import { single } from './parse.ts';
import { progressView } from './progress.ts';
import { rawFromCommand } from './raw-values.ts';
import { optional } from './read-values.ts';

/**
 * `kubeperimeter probe <evidence file>`: looks at what the file lists and writes evidence of that, to stdout or to
 * `--save-evidence`. No part of a cloud's client is in reach of this command. Returns the exit code: nothing is judged, so never 1.
 */
export async function probe(file: string, command: Command): Promise<number> {
  const given = rawFromCommand(command);
  const config = await readConfigFile(given.get('config')?.values[0]);
  const settings = readLookSettings(new Map([...config, ...given]));
  // Of the command line alone: in a configuration file it names the evidence of scans, which is what is read here.
  const saveEvidence = optional(given, 'save-evidence', single);
  const evidence = readEvidence(file);
  assertDialable(evidence, file);
  if (saveEvidence !== undefined) assertWritable(saveEvidence, '--save-evidence');
  const excluded = await excludeForeign(evidence.clusters, settings, findTerminal());
  const limit = limitRun(settings.timeout);
  const probed = await look(evidence, { ...settings, excluded }, limit.signal).finally(() => limit.release());
  if (saveEvidence === undefined) for (const piece of evidencePieces(probed)) process.stdout.write(piece);
  else writeEvidence(saveEvidence, probed);
  return end(probed, saveEvidence, limit.reason());
}

async function look(evidence: Evidence, settings: LookSettings, signal: AbortSignal): Promise<Evidence> {
  const view = progressView(process.stderr, process.env);
  const request = {
    ...(await findStandpoint(settings, signal)),
    probe: probeRules(settings),
    settlingSeconds: (provider: Evidence['clusters'][number]['provider']) => metas[provider].settlingSeconds,
  };
  return probeEvidence(evidence, request, lookTools(settings, view), { signal }).finally(() => view.end());
}

/** One line on stderr, as every command gives. Looks that did not finish are no success. */
function end({ probes, coverage }: Evidence, file: string | undefined, endedEarly: string | undefined): number {
  const made = probes.filter(({ result }) => result.outcome !== 'not-probed').length;
  const unfinished = coverage.reduce((sum, row) => sum + (row.unfinishedProbes ?? 0), 0);
  const gap = unfinished > 0 ? `${plural(unfinished, 'planned probe')} did not finish` : undefined;
  const reason = endedEarly ?? gap;
  const written = file === undefined ? '' : `wrote ${file}; `;
  const looked = `${made} of ${plural(probes.length, 'endpoint')} probed`;
  process.stderr.write(
    `kubeperimeter: ${written}exit ${reason === undefined ? 0 : 3}: ${looked}${reason === undefined ? '' : `, but ${reason}`}\n`,
  );
  return reason === undefined ? 0 : 3;
}
