import { describe, expect, it } from 'vitest';
import { progressView } from '../../../src/cli/progress.ts';

const none = { done: 0, planned: 0 };
const progress = { scopes: { done: 1, known: 2 }, clusters: 1, probes: { done: 3, planned: 4 }, inspections: none };

function stream(isTTY: boolean) {
  const written: string[] = [];
  return { written, stream: { isTTY, write: (text: string) => written.push(text) } as unknown as NodeJS.WriteStream };
}

describe('progressView', () => {
  it('draws a bar on a terminal and clears it at the end', () => {
    const terminal = stream(true);
    const view = progressView(terminal.stream, {});
    view.show(progress);
    view.end();
    expect(terminal.written[0]).toContain(
      '[################........] 1 of 2 scopes read, 1 cluster, 3 of 4 endpoints probed',
    );
    expect(terminal.written.at(-1)).toBe('\r\u001b[K');
  });

  it('is not full while TLS is inspected, which takes longer than all else', () => {
    const terminal = stream(true);
    const done = { scopes: { done: 1, known: 1 }, clusters: 1, probes: { done: 1, planned: 1 } };
    progressView(terminal.stream, {}).show({ ...done, inspections: { done: 0, planned: 1 } });
    expect(terminal.written[0]).toContain(
      '[################........] 1 of 1 scope read, 1 cluster, 1 of 1 endpoint probed',
    );
    expect(terminal.written[0]).toMatch(/probed, TLS of 0 of 1 inspected$/);
  });

  it('writes a line each five seconds where CI is set, and a last one', () => {
    const log = stream(false);
    let time = 0;
    const view = progressView(log.stream, { CI: 'true' }, () => time);
    view.show(progress);
    time = 4_000;
    view.show(progress);
    time = 5_000;
    view.show(progress);
    view.end();
    expect(log.written).toHaveLength(3);
    expect(log.written[0]).toBe('kubeperimeter: 1 of 2 scopes read, 1 cluster, 3 of 4 endpoints probed\n');
  });

  it('is silent elsewhere', () => {
    const pipe = stream(false);
    const view = progressView(pipe.stream, {});
    view.show(progress);
    view.end();
    expect(pipe.written).toEqual([]);
  });
});
