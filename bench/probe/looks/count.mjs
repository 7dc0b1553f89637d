// Looks in all, and how many first ones do not count: they compile the code.
const total = 1600;
const warmUp = 400;

/** Prints what one look costs while so many run at a time: CPU milliseconds of user and system, and looks a second. */
export async function countCost(atOnce, look) {
  await run(atOnce, look, 0, warmUp);
  const [cpu, clock] = [process.cpuUsage(), performance.now()];
  await run(atOnce, look, warmUp, total);
  const { user, system } = process.cpuUsage(cpu);
  const looks = total - warmUp;
  const perSecond = looks / ((performance.now() - clock) / 1000);
  console.log(JSON.stringify({ cpuMs: (user + system) / 1000 / looks, perSecond }));
}

async function run(atOnce, look, from, to) {
  let next = from;
  const worker = async () => {
    while (next < to) await look(next++);
  };
  await Promise.all(Array.from({ length: Number(atOnce) }, worker));
}
