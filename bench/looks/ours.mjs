// Our six-request look.
import { countCpu } from './count.mjs';
import { createLook } from './probe.mjs';

const [port, ca] = process.argv.slice(2);
const look = createLook(port, ca, 64);

await countCpu(async (index) => {
  const result = await look(index);
  if (result.outcome !== 'anonymous-forbidden' || result.requests.length !== 6) {
    throw new Error(`${result.outcome}: ${result.detail}`);
  }
});
process.exit(0);
