// Looks in all, and how many first ones do not count: they compile the code.
const total = 1600;
const warmUp = 400;

/** Prints the CPU milliseconds that one look takes, of user and system, while so many run at a time. */
export async function countCpu(atOnce, look) {
  await run(atOnce, look, 0, warmUp);
  const before = process.cpuUsage();
  await run(atOnce, look, warmUp, total);
  const { user, system } = process.cpuUsage(before);
  console.log((user + system) / 1000 / (total - warmUp));
}

async function run(atOnce, look, from, to) {
  let next = from;
  const worker = async () => {
    while (next < to) await look(next++);
  };
  await Promise.all(Array.from({ length: Number(atOnce) }, worker));
}
