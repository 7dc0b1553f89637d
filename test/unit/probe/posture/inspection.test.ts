import { once } from 'node:events';
import { expect, test } from 'vitest';
import { defaultLimits } from '../../../../src/probe/limits.ts';
import { createInspection } from '../../../../src/probe/posture/index.ts';
import { createAnchors } from '../../../../src/probe/trust.ts';
import { answer } from '../../../fixtures/providers.ts';
import { running, targetAt } from '../harness.ts';

test('of many postures the last has as much time as the first: it begins once its turn has come', async () => {
  const begun: string[] = [];
  const inspectTls = createInspection({
    inside: false,
    limits: { ...defaultLimits, posture: 200 },
    // A turn that never comes.
    budget: {
      awaitTurn: async (name, signal) => {
        begun.push(name);
        if (!signal.aborted) await once(signal, 'abort');
      },
      spend: () => true,
    },
    anchorsFor: createAnchors({ bundled: [], installed: [] }),
    now: () => new Date(),
  });
  const names = Array.from({ length: 300 }, (_, index) => `${index}.example`);
  const postures = names.map((host) => inspectTls(targetAt(1, { host }), answer(), running));
  await Promise.race([new Promise((resolve) => setTimeout(resolve, 50)), ...postures]);
  expect(begun).toHaveLength(256);
  await Promise.all(postures);
  expect(begun).toEqual(names.map((name) => `${name}:443`));
});
