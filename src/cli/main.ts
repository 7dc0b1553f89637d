import { Command, CommanderError } from 'commander';
import { cut, visible } from '../lib/text.ts';
import { UsageError } from '../model/errors.ts';
import { tool } from '../model/tool.ts';
import { declareOptions } from './raw-values.ts';
import { mergeOptions, outputOptions, probeOptions, scanOptions } from './scan-options.ts';

/** Runs the command line and returns the exit code of `report-contract.md` §2. Throws nothing. */
export async function main(argv: readonly string[]): Promise<number> {
  let code = 0;
  // A reader that has seen enough (`| head`) closes the pipe; the exit code still says what was found.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
  });
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

/** The commands; each loads what it runs only when it runs. */
export function createProgram(finish: (code: number) => void): Command {
  const program = new Command(tool.name)
    .description(
      'Says for every way into every EKS, GKE, AKS and self-managed API server what the cloud says and what the wire shows.',
    )
    .version(tool.version)
    .exitOverride()
    .showSuggestionAfterError();
  declareOptions(
    program.command('scan').description('find every cluster, probe its endpoints, judge and report'),
    scanOptions,
  ).action(async (_options, command: Command) => finish(await (await import('./scan.ts')).scan(command)));
  declareOptions(program.command('report').description('render saved evidence'), outputOptions)
    .argument('<evidence file>')
    .action(async (file: string, _options, command: Command) =>
      finish((await import('./report.ts')).report(file, command)),
    );
  declareOptions(program.command('probe').description('look at what evidence lists, without any rights'), probeOptions)
    .argument('<evidence file>')
    .action(async (file: string, _options, command: Command) =>
      finish(await (await import('./probe.ts')).probe(file, command)),
    );
  declareOptions(program.command('merge').description('join evidence of several runs, and judge it'), mergeOptions)
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

/** One line for bad input; commander has already written its own. A crash is 70, so that nobody takes it for a verdict. */
function explainFailure(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
  if (error instanceof UsageError) {
    process.stderr.write(`kubeperimeter: exit 2: ${visible(error.message)}\n`);
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
