/**
 * Residents' reports over HTTP to the real program on a PostgreSQL with real fsync.
 *   node bench/report.ts [rounds]
 * (a) 200 a second from 50 clients: how long until the answer, which comes after the commit;
 * (b) as many as 50 clients can, in turns with pgbench driving the recorded statements of one report raw, with 50
 *     clients on the same PostgreSQL while the program is stopped. Goal: 60 % of raw.
 */
import { join } from 'node:path';
import { startEmbedded, type EmbeddedPostgres } from '#server/db/embedded.ts';
import { captureTransactions } from './lib/capture.ts';
import { count, quantile, tell, tellLimit, times } from './lib/figures.ts';
import { findPgbench } from './lib/machine.ts';
import { drive, toScript, type Script } from './lib/pgbench.ts';
import { makeReport, readNeighbourhood, sendReports, type Neighbourhood } from './lib/residents.ts';
import { findPort, makeFolder, removeFolder, startServer, waitNumbered, type Running } from './lib/server.ts';
import { openClient } from './lib/raw-http.ts';
import { seededRandom } from '#kit/random.ts';

const rounds = Number(process.argv[2] ?? 3);
const clients = 50;
const steadySeconds = Number(process.argv[3] ?? 30);
const turnSeconds = Number(process.argv[4] ?? 10);

const folder = await makeFolder();
const ground = await startEmbedded({ dataDir: join(folder, 'pg'), port: await findPort() });
let running: Running | undefined;
try {
  await bench(ground);
} finally {
  await running?.stop();
  await ground.stop();
  await removeFolder(folder);
}

async function start(): Promise<Running> {
  running = await startServer({
    dataDir: folder,
    port: await findPort(),
    env: { DATABASE_URL: ground.url },
    nodeArgs:
      process.env['HUANGGE_PROFILE'] === undefined
        ? []
        : ['--cpu-prof', `--cpu-prof-dir=${process.env['HUANGGE_PROFILE']}`],
  });
  return running;
}

async function stop(): Promise<void> {
  await running?.stop();
  running = undefined;
}

async function bench({ url }: EmbeddedPostgres): Promise<void> {
  await start(); // makes the demo town
  await waitNumbered(url);
  await stop();
  let { port } = await start();
  const neighbourhood = await readNeighbourhood(url);
  await sendReports({ port, clients, seconds: 5, neighbourhood, seed: 1 }); // warm
  await steady(port, neighbourhood);
  const script = findPgbench() === undefined ? undefined : await record(port, url, neighbourhood);
  if (script === undefined) console.log('pgbench 15 or newer is not installed: nothing raw to compare with.');
  const ours: number[] = [];
  const costMs: number[] = [];
  const raw: number[] = [];
  const prepared: number[] = [];
  for (let round = 1; round <= rounds; round++) {
    if (running === undefined) ({ port } = await start());
    await waitNumbered(url); // what pgbench left waiting is not ours to be slowed by
    await sendReports({ port, clients, seconds: 3, neighbourhood, seed: round + 10 });
    const usedMs = running?.cpuMs() ?? 0;
    const { timesMs, failed, seconds } = await sendReports({
      port,
      clients,
      seconds: turnSeconds,
      neighbourhood,
      seed: round + 100,
    });
    ours.push(timesMs.length / seconds);
    costMs.push(((running?.cpuMs() ?? 0) - usedMs) / timesMs.length);
    console.log(
      `round ${round}: ours ${count(timesMs.length / seconds)}/s, p99 ${quantile(timesMs, 0.99).toFixed(0)} ms, failed ${failed}`,
    );
    if (script === undefined) continue;
    await stop();
    const options = { url, folder, clients, seconds: turnSeconds };
    raw.push(await drive(script(2 * round), { ...options, protocol: 'extended' }));
    prepared.push(await drive(script(2 * round + 1), { ...options, protocol: 'prepared' }));
    console.log(`round ${round}: raw ${count(raw.at(-1) ?? 0)}/s, prepared ${count(prepared.at(-1) ?? 0)}/s`);
  }
  const middle = (values: number[]) => quantile(values, 0.5);
  tell('processor time of the server for one report, sequencer included', `${middle(costMs).toFixed(2)} ms`);
  if (raw.length === 0) return tell('reports/s, 50 clients', count(middle(ours)), 'pgbench not installed');
  tell(
    'reports/s, 50 clients (median of rounds)',
    count(middle(ours)),
    `the same statements raw, pgbench -M extended: ${count(middle(raw))}/s (goal ≥ 0.60)`,
    times(middle(ours) / middle(raw)),
  );
  tell(
    'the same, beside pgbench -M prepared',
    count(middle(ours)),
    `${count(middle(prepared))}/s`,
    times(middle(ours) / middle(prepared)),
  );
}

async function steady(port: number, neighbourhood: Neighbourhood): Promise<void> {
  const { timesMs, failed } = await sendReports({
    port,
    clients,
    seconds: steadySeconds,
    perSecond: 200,
    neighbourhood,
    seed: 2,
  });
  tell(
    'report committed, 200/s from 50 clients: sent and answered',
    `${count(timesMs.length)} in ${steadySeconds} s`,
    `${count(200 * steadySeconds)} offered, ${failed} failed`,
  );
  tell('report committed, 200/s: p50', `${quantile(timesMs, 0.5).toFixed(1)} ms`);
  tellLimit('report committed, 200/s: p99', quantile(timesMs, 0.99), 50);
}

/** Two reports, written down by PostgreSQL itself. */
async function record(port: number, url: string, neighbourhood: Neighbourhood): Promise<(run: number) => Script> {
  const found = await captureTransactions(url, join(folder, 'pg.log'), 'insert into event_reporter', async () => {
    const client = await openClient(port);
    const [one, two] = [makeReport(seededRandom(7), neighbourhood), makeReport(seededRandom(7), neighbourhood)];
    for (const { text } of [one, two]) await client.send(text);
    client.close();
  });
  const [first, second] = found;
  if (first === undefined || second === undefined)
    throw new Error(`Expected two recorded reports, found ${found.length}.`);
  console.log(first.map(({ text }) => `  ${text.replaceAll(/\s+/g, ' ').slice(0, 110)}`).join('\n'));
  return (run) => toScript([first, second], run);
}
