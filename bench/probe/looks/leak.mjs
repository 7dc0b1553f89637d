// Ten thousand endpoints in one process: the heap before and after.
import { createLook } from './probe.mjs';

const [port, ca] = process.argv.slice(2);
const look = createLook(port, ca, 64);
const heap = () => {
  globalThis.gc();
  return process.memoryUsage().heapUsed / 2 ** 20;
};
// Settles what is kept for good: compiled code, and the names that pace and budget remember for the run.
await Promise.all(Array.from({ length: 2_000 }, (_, index) => look(index)));
const before = heap();
for (let batch = 0; batch < 10; batch++) {
  await Promise.all(Array.from({ length: 1_000 }, (_, index) => look(2_000 + batch * 1_000 + index)));
}
console.log(JSON.stringify({ before, after: heap() }));
process.exit(0);
