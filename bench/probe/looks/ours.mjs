// Our six-request look.
import { countCost } from './count.mjs';
import { createLook } from './probe.mjs';

const [atOnce, port, ca] = process.argv.slice(2);
const look = createLook(port, ca, 64);

await countCost(atOnce, async (index) => {
  const result = await look(index);
  const answers = result.requests.filter(({ status }) => status === 200 || status === 403);
  if (result.outcome !== 'anonymous-forbidden' || answers.length !== 6) {
    throw new Error(`${result.outcome}: ${result.detail}`);
  }
});
process.exit(0);
