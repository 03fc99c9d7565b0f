/**
 * Services recorded at counters: twelve tablets, 20 records a second together, over HTTP to the real program on a PostgreSQL
 * with real fsync; until the answer, which comes after the commit (record, stock, ledger line, operation). Beside it the row
 * alone, inserted and committed by as many connections at the same pace. Goal: p99 ≤ 100 ms.
 *   node bench/service-record.ts [seconds] [records a second]
 */
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { randomUUID } from 'node:crypto';
import { uuidV7 } from '#kit/ids.ts';
import { pickOne, seededRandom } from '#kit/random.ts';
import { count, ms, quantile, tell, tellLimit, times } from './lib/figures.ts';
import { openClient, postText } from './lib/raw-http.ts';
import { databaseUrl, findPort, makeFolder, removeFolder, startServer, waitNumbered } from './lib/server.ts';
import { commandHeaders, openSeats, type Seat } from './lib/staff.ts';

const seconds = Number(process.argv[2] ?? 30);
const perSecond = Number(process.argv[3] ?? 20);
const tablets = 12;
const limitMs = 100;
const kinds = ['water', 'ask_way', 'rest', 'charge', 'water', 'reading'];

const folder = await makeFolder();
const running = await startServer({ dataDir: folder, port: await findPort(), patienceMs: 600_000 });
try {
  await bench(databaseUrl(folder), running.port);
} finally {
  await running.stop();
  await removeFolder(folder);
}

async function bench(url: string, port: number): Promise<void> {
  await waitNumbered(url);
  const seats = await openSeats(url, tablets, "a.role = 'volunteer' and u.kind = 'station'");
  const owner = new pg.Client({ connectionString: url });
  await owner.connect();
  const { rows } = await owner.query<{ id: string; unitId: string }>('select id, unit_id as "unitId" from station');
  const stationOf = new Map(rows.map(({ id, unitId }) => [unitId, id]));
  await ours(port, seats, stationOf, 3, []); // warm
  const timesMs: number[] = [];
  const begun = Date.now();
  const usedMs = running.cpuMs();
  const failed = await ours(port, seats, stationOf, seconds, timesMs);
  const costMs = (running.cpuMs() - usedMs) / Math.max(1, timesMs.length);
  const { rows: kept } = await owner.query<{ n: number }>(
    'select count(*)::int as n from service_record where recorded_at >= $1',
    [new Date(begun)],
  );
  tell(
    `services recorded, ${perSecond}/s from ${tablets} tablets: answered`,
    count(timesMs.length),
    `${count(kept[0]?.n ?? 0)} in the table, ${failed} failed`,
  );
  if (kept[0]?.n !== timesMs.length) throw new Error('What was answered is not what is in the table.');
  const alone = await raw(url, [...stationOf.values()]);
  tell(
    'services recorded: p50 beside the row alone',
    ms(quantile(timesMs, 0.5)),
    ms(quantile(alone, 0.5)),
    times(quantile(timesMs, 0.5) / quantile(alone, 0.5)),
  );
  tell('processor time of the server for one record, sequencer included', ms(costMs));
  tellLimit('services recorded: p99', quantile(timesMs, 0.99), limitMs);
  await owner.end();
}

/** At an even pace, each tablet in its turn; a slow answer does not hold back the others. */
async function paced(forSeconds: number, act: (k: number) => Promise<void>): Promise<void> {
  const all: Promise<void>[] = [];
  const begun = performance.now();
  for (let k = 0; k < forSeconds * perSecond; k++) {
    const wait = begun + (k * 1000) / perSecond - performance.now();
    if (wait > 0) await sleep(wait);
    all.push(act(k));
  }
  await Promise.all(all);
}

async function ours(
  port: number,
  seats: readonly Seat[],
  stationOf: ReadonlyMap<string, string>,
  forSeconds: number,
  timesMs: number[],
): Promise<number> {
  const clients = await Promise.all(seats.map(() => openClient(port)));
  const lanes = clients.map(() => Promise.resolve());
  const rng = seededRandom(31);
  let failed = 0;
  await paced(forSeconds, (k) => {
    const at = k % tablets;
    const seat = seats[at] as Seat;
    const item = { id: uuidV7(), kind: pickOne(rng, kinds), persons: 1 + Math.floor(rng() * 3) };
    const body = { opId: randomUUID(), at: new Date().toISOString(), items: [item] };
    const path = `/api/stations/${stationOf.get(seat.unitId) ?? ''}/services`;
    const asked = performance.now();
    lanes[at] = (lanes[at] as Promise<void>).then(async () => {
      const { status } = await (clients[at] as (typeof clients)[number]).send(
        postText(path, body, commandHeaders(seat)),
      );
      if (status === 200) timesMs.push(performance.now() - asked);
      else failed++;
    });
    return lanes[at] as Promise<void>;
  });
  for (const client of clients) client.close();
  return failed;
}

async function raw(url: string, stations: readonly string[]): Promise<number[]> {
  const pool = new pg.Pool({ connectionString: url, max: tablets });
  const timesMs: number[] = [];
  await paced(Math.min(seconds, 15), async (k) => {
    const asked = performance.now();
    await pool.query(
      `insert into service_record (id, station_id, district, kind, persons, at, recorded_at)
       values ($1, $2, '500103', 'rest', 1, now(), now())`,
      [uuidV7(), stations[k % stations.length]],
    );
    timesMs.push(performance.now() - asked);
  });
  await pool.end();
  return timesMs;
}
