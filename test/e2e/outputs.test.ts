import { lstatSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { Report } from '../../src/model/report.ts';
import { evidence } from '../unit/engine/evidence.ts';
import { cliPath, emptyFolder, kubeperimeter, run } from './cli.ts';

/** A folder that holds evidence of nothing at all: exit 3. */
function folderWithEvidence(): string {
  const cwd = emptyFolder();
  writeFileSync(join(cwd, 'evidence.json'), JSON.stringify(evidence({ coverage: [] })));
  return cwd;
}

it('writes into a pipe or a device, and leaves it what it is', async () => {
  const cwd = folderWithEvidence();
  await run('mkfifo', ['pipe'], { cwd });
  const reading = run('cat', ['pipe'], { cwd });
  const { code, stderr } = await kubeperimeter(['report', 'evidence.json', '--format', 'json', '--output', 'pipe'], {
    cwd,
  });
  expect({ code, stderr }).toMatchObject({ code: 3, stderr: expect.stringContaining('wrote pipe') as string });
  expect((JSON.parse((await reading).stdout) as Report).schemaVersion).toBe('1.0');
  expect(lstatSync(join(cwd, 'pipe')).isFIFO()).toBe(true);
  expect(readdirSync(cwd).toSorted()).toEqual(['evidence.json', 'pipe']);
});

it('a stdout that cannot be written is a crash, never a verdict', async () => {
  const command = `"${process.execPath}" "${cliPath}" report evidence.json > /dev/full`;
  const { code, stderr } = await run('/bin/sh', ['-c', command], { cwd: folderWithEvidence() });
  expect({ code, stderr }).toMatchObject({
    code: 70,
    stderr: expect.stringMatching(/exit 70: cannot write.*ENOSPC/) as string,
  });
});

it('what is thrown out of an event is a crash, never a verdict', async () => {
  const late = 'process.stdout.write = () => { setImmediate(() => { throw new Error("late") }); return true }';
  const { code, stderr } = await run(process.execPath, ['--import', `data:text/javascript,${late}`, cliPath, 'checks']);
  expect({ code, stderr }).toMatchObject({
    code: 70,
    stderr: expect.stringMatching(/^kubeperimeter: exit 70: .*late/) as string,
  });
});

it('a reader that has seen enough changes no verdict', async () => {
  const command = `("${process.execPath}" "${cliPath}" report evidence.json; echo "code $?" >&2) | head -c 1`;
  const { stderr } = await run('/bin/sh', ['-c', command], { cwd: folderWithEvidence() });
  expect(stderr).toContain('code 3');
});
