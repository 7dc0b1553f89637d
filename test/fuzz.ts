import { parseArgs } from 'node:util';

import { properties } from './fuzz/properties.ts';

// `npm run fuzz -- --runs 100000 --seed 7`: the properties that CI runs for seconds, for as long as wanted.
const { values } = parseArgs({
  options: {
    runs: { type: 'string', default: '10000' },
    seed: { type: 'string', default: String(Date.now() % 2 ** 31) },
  },
});
const parameters = { numRuns: Number(values.runs), seed: Number(values.seed) };
console.log(`seed ${parameters.seed}, ${parameters.numRuns} runs each`);
for (const { name, check } of properties) {
  await check(parameters);
  console.log(`held: ${name}`);
}
