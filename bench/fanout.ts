/**
 * 500 people of the demo town watch; residents report and a desk adds notes, 50 changes a second.
 *   node bench/fanout.ts [viewers] [changes a second] [seconds]
 * From the answer of the command (it is committed then) to the arrival at each entitled viewer; a change that arrives
 * before its own answer counts as 0. Goal: p99 ≤ 1 s, server ≤ 600 MiB.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { seededRandom } from '#kit/random.ts';
import { count, ms, quantile, tell, tellLimit } from './lib/figures.ts';
import { openClient } from './lib/raw-http.ts';
import { makeReport, readNeighbourhood } from './lib/residents.ts';
import { databaseUrl, findPort, makeDemoFolder, removeFolder, startServer } from './lib/server.ts';
import { openSeats } from './lib/staff.ts';
import { watchLive } from './lib/watch-live.ts';

const viewers = Number(process.argv[2] ?? 500);
const perSecond = Number(process.argv[3] ?? 50);
const seconds = Number(process.argv[4] ?? 60);
const senders = 10;

const folder = await makeDemoFolder();
const running = await startServer({ dataDir: folder, port: await findPort() });
try {
  const url = databaseUrl(folder);
  const neighbourhood = await readNeighbourhood(url, '500103004');
  // Desks that see a street, a district or a whole community: everyone of them is told of every report there.
  const seats = await openSeats(url, viewers, `a.area_code like '500103004%'`);
  const watchers = await Promise.all(seats.map((seat) => watchLive(running.port, seat.cookie)));
  console.log(`${watchers.length} viewers connected, server ${running.rssMib().toFixed(0)} MiB`);
  const answeredMs = new Map<string, number>();
  let mostMib = 0;
  const weigh = setInterval(() => (mostMib = Math.max(mostMib, running.rssMib())), 500);
  const startMs = performance.now();
  await Promise.all(Array.from({ length: senders }, (_, index) => sender(index, startMs, neighbourhood, answeredMs)));
  await sleep(3_000);
  clearInterval(weigh);
  const delays: number[] = [];
  for (const { arrivals } of watchers)
    for (const [subjectId, atMs] of arrivals) {
      const since = answeredMs.get(subjectId);
      if (since !== undefined) delays.push(Math.max(0, atMs - since));
    }
  const heard = watchers.filter(({ arrivals }) => arrivals.size > 0).length;
  tell(
    'live: changes told',
    count(delays.length),
    `${count(answeredMs.size)} changes in ${seconds} s, ${viewers} viewers, ${heard} of them entitled to some`,
  );
  tell('live: commit to arrival, p50', ms(quantile(delays, 0.5)));
  tellLimit('live: commit to arrival, p99', quantile(delays, 0.99), 1_000);
  tellLimit('live: memory of the server at most', mostMib, 600, 'MiB');
  for (const watcher of watchers) watcher.close();
} finally {
  await running.stop();
  await removeFolder(folder);
}

async function sender(
  index: number,
  startMs: number,
  neighbourhood: Awaited<ReturnType<typeof readNeighbourhood>>,
  answeredMs: Map<string, number>,
): Promise<void> {
  const rng = seededRandom(index + 1);
  const client = await openClient(running.port);
  const everyMs = (1000 * senders) / perSecond;
  for (let turn = 0; ; turn++) {
    const dueMs = startMs + (turn + index / senders) * everyMs;
    if (dueMs > startMs + seconds * 1000) break;
    await sleep(Math.max(0, dueMs - performance.now()));
    const { status, body } = await client.send(makeReport(rng, neighbourhood).text);
    if (status !== 200) throw new Error(`A report was refused (${status}): ${body}`);
    answeredMs.set((JSON.parse(body) as { id: string }).id, performance.now());
  }
  client.close();
}
