import { expect, test } from 'vitest';

import { properties } from '../fuzz/properties.ts';

test.for(properties.map((property) => [property.name, property] as const))(
  '%s',
  { timeout: 20_000 },
  async ([, { check, runs }]) => {
    await expect(check({ numRuns: runs, seed: 20_260_301 })).resolves.toBeUndefined();
  },
);
