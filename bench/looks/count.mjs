// Looks in all, how many at a time, and how many first ones do not count: they compile the code.
const total = 1600;
const warmUp = 400;
const atOnce = 16;

/** Prints the CPU milliseconds that one look takes, of user and system. */
export async function countCpu(look) {
  await run(look, 0, warmUp);
  const before = process.cpuUsage();
  await run(look, warmUp, total);
  const { user, system } = process.cpuUsage(before);
  console.log((user + system) / 1000 / (total - warmUp));
}

async function run(look, from, to) {
  let next = from;
  const worker = async () => {
    while (next < to) await look(next++);
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
}
