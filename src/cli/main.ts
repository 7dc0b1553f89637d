import { Command, CommanderError } from 'commander';
import { cut, visible } from '../lib/text.ts';
import { UsageError } from '../model/errors.ts';
import { tool } from '../model/tool.ts';
import { declareOptions } from './raw-values.ts';
import { mergeOptions, outputOptions, probeOptions, scanOptions } from './scan-options.ts';

/** Runs the command line and returns the exit code of `report-contract.md` §2. Throws nothing. */
export async function main(argv: readonly string[]): Promise<number> {
  let code = 0;
  // What is thrown out of an event reaches no `catch` here, and Node would exit with 1, which is a verdict.
  process.on('uncaughtException', (error) => process.exit(explainFailure(error)));
  for (const stream of [process.stdout, process.stderr]) stream.on('error', endWhereUnwritable);
  const program = createProgram((result) => {
    code = result;
  });
  try {
    await program.parseAsync(argv);
    return code;
  } catch (error) {
    return explainFailure(error);
  }
}

const exitCodes = `
Exit codes:
  0    everything could be told, and no finding is as bad as --fail-on
  1    a finding is
  2    bad input: nothing was scanned, nothing written
  3    no such finding, but not everything could be told
  70   a crash
  130  ended by a second interrupt
`;

/** A reader that has seen enough (`| head`) closes the pipe; the exit code still says what was found. A full disk is no such thing. */
function endWhereUnwritable(error: NodeJS.ErrnoException): void {
  if (error.code === 'EPIPE') return;
  process.stderr.write(`kubeperimeter: exit 70: cannot write to stdout: ${error.message}\n`);
  process.exit(70);
}

/** The commands; each loads what it runs only when it runs. */
export function createProgram(finish: (code: number) => void): Command {
  const program = new Command(tool.name)
    .description(
      'Finds EKS, GKE, AKS and self-managed Kubernetes clusters, reads how each API server may be reached, probes it without credentials, and reports where it is exposed.',
    )
    .version(tool.version)
    .exitOverride()
    .configureOutput({ outputError: (text, write) => write(badInput(text.trim().replace(/^error: /, ''))) })
    .showSuggestionAfterError();
  declareOptions(program.command('scan').description('find clusters, probe their API servers and report'), scanOptions)
    .addHelpText('after', exitCodes)
    .action(async (_options, command: Command) => finish(await (await import('./scan.ts')).scan(command)));
  declareOptions(program.command('report').description('render saved evidence again'), outputOptions)
    .argument('<evidence file>')
    .action(async (file: string, _options, command: Command) =>
      finish((await import('./report.ts')).report(file, command)),
    );
  declareOptions(
    program.command('probe').description('probe what saved evidence lists, without credentials'),
    probeOptions,
  )
    .argument('<evidence file>')
    .action(async (file: string, _options, command: Command) =>
      finish(await (await import('./probe.ts')).probe(file, command)),
    );
  declareOptions(program.command('merge').description('join evidence of several runs and report'), mergeOptions)
    .argument('<evidence files...>')
    .action(async (files: string[], _options, command: Command) =>
      finish((await import('./merge.ts')).merge(files, command)),
    );
  program
    .command('checks')
    .description('list the checks')
    .action(async () => (await import('./explain.ts')).listChecks());
  program
    .command('explain')
    .description('say what a check looks for, why, and how to fix it')
    .argument('<check id>')
    .action(async (id: string) => (await import('./explain.ts')).explainCheck(id));
  return program;
}

/** The one line for bad input, which may repeat what was typed or what a file holds. */
function badInput(message: string): string {
  return `kubeperimeter: exit 2: ${visible(message.replaceAll('\n', ' '))}\n`;
}

/** Bad input that commander found is written already. A crash is 70, so that nobody takes it for a verdict. */
function explainFailure(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
  if (error instanceof UsageError) {
    process.stderr.write(badInput(error.message));
    return 2;
  }
  const detail = error instanceof Error ? (error.stack ?? error.message) : String(error);
  process.stderr.write(`kubeperimeter: exit 70: internal error, please report it: ${shown(detail)}\n`);
  return 70;
}

/** A stack may hold what a server or a file said: line by line, as much as a bug report needs. */
function shown(detail: string): string {
  return cut(detail, 4000).split('\n').map(visible).join('\n');
}
