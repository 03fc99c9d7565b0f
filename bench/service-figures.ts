/**
 * Figures of service over 1,000,000 records of 12 stations and 1,000 days: a month, a quarter and everything at once with the
 * period before, demand by hour, a page of records behind a number; beside the same sums taken from the records themselves
 * by plain SQL in the same run. Then what keeping the tally costs each record. Timed inside the program: transaction, scope,
 * row-level security, SQL; no HTTP. Goal: p99 ≤ 200 ms.
 *   node bench/service-figures.ts [records] [repeats]
 */
import { randomUUID } from 'node:crypto';
import type pg from 'pg';
import { systemClock } from '#kit/clock.ts';
import { openDatabase } from '#server/db/pool.ts';
import { createTerritory } from '#server/modules/grids/index.ts';
import { createServiceFigures } from '#server/modules/services/index.ts';
import { figureParts } from '../src/wiring/service-figures.ts';
import { actorOf, city, communities, district, makeCells, onEmptyGround, street } from './lib/cells.ts';
import { count, ms, quantile, tell, tellLimit, times } from './lib/figures.ts';

const records = Number(process.argv[2] ?? 1_000_000);
const repeats = Number(process.argv[3] ?? 60);
const days = 1_000;
const limitMs = 200;
const kinds = ['water', 'rest', 'ask_way', 'charge', 'medicine', 'reading', 'topup', 'lend', 'print', 'phone_help', 'hot_meal', 'lost_found', 'tools', 'other', 'activity']; // prettier-ignore
const stations = communities.slice(0, 12).map((community) => ({ id: randomUUID(), community }));

await onEmptyGround(bench);

async function bench(url: string, owner: pg.Client): Promise<void> {
  await makeCells(owner);
  await makeStations(owner);
  await makeRecords(owner);
  const database = openDatabase(url, { max: 4 });
  const territory = await createTerritory(database);
  const { handlers } = createServiceFigures(figureParts({ database, clock: systemClock, territory }));
  const actor = actorOf('duty_chief', street);
  const ask = { actor };
  const dayOf = (ago: number): string =>
    new Date(Date.now() + 8 * 3_600_000 - ago * 86_400_000).toISOString().slice(0, 10);
  const spans = [
    ['a month', { period: 'month' as const, day: dayOf(45) }, 31],
    ['a quarter', { period: 'quarter' as const, day: dayOf(120) }, 92],
    [`${days} days`, { period: 'custom' as const, day: dayOf(days - 1), to: dayOf(0) }, days],
  ] as const;
  for (const [name, query, length] of spans) {
    const ours = await timed(() => handlers.get({ params: {}, query, body: {} }, ask));
    const raw = await timed(() => recount(owner, length));
    besideRaw(`figures of ${name}`, ours, raw);
  }
  const quarter = spans[1][1];
  tellLimit('demand by hour, a quarter: p99', quantile(await timed(() => handlers.demand({ params: {}, query: quarter, body: {} }, ask)), 0.99), limitMs); // prettier-ignore
  const page = () => handlers.records({ params: {}, query: { ...quarter, kind: 'water', limit: 50 }, body: {} }, ask);
  tellLimit('records behind a number, a page of 50: p99', quantile(await timed(page), 0.99), limitMs);
  const today = await timed(() => handlers.today({ params: {}, query: {}, body: {} }, ask));
  tellLimit('today beside the usual: p99', quantile(today, 0.99), limitMs);
  await writing(owner);
  await database.close();
}

async function timed(run: () => Promise<unknown>): Promise<number[]> {
  await run();
  const spent: number[] = [];
  for (let k = 0; k < repeats; k++) {
    const begun = performance.now();
    await run();
    spent.push(performance.now() - begun);
  }
  return spent;
}

function besideRaw(what: string, ours: readonly number[], raw: readonly number[]): void {
  const [own, alone] = [quantile(ours, 0.5), quantile(raw, 0.5)];
  tell(`${what}: p50 beside the sums from the records`, ms(own), ms(alone), times(own / alone));
  tellLimit(`${what}: p99, ${count(records)} records`, quantile(ours, 0.99), limitMs);
}

/** The same sums without a tally: one pass over the records of the period and of the one before. */
async function recount(owner: pg.Client, length: number): Promise<void> {
  await owner.query(
    `select kind, visitor, weather, partner_id, station_id, extract(isodow from at at time zone 'Asia/Shanghai') as weekday,
        extract(hour from at at time zone 'Asia/Shanghai') as hour, sum(persons), count(*)
     from service_record where station_id = any ($1) and at >= now() - 2 * $2 * interval '1 day'
     group by grouping sets ((kind), (visitor), (weather), (partner_id), (station_id),
       (extract(isodow from at at time zone 'Asia/Shanghai'), extract(hour from at at time zone 'Asia/Shanghai')))`,
    [stations.map(({ id }) => id), length],
  );
}

/** One record for each commit, with the tally and with its trigger switched off. */
async function writing(owner: pg.Client): Promise<void> {
  const one = () =>
    owner.query(
      `insert into service_record (id, station_id, district, kind, persons, visitor, at, recorded_at)
       values (gen_random_uuid(), $1, $2, 'water', 3, 'resident', now(), now())`,
      [stations[0]?.id, district],
    );
  const kept = await timed(one);
  await owner.query('alter table service_record disable trigger service_tally_add');
  const bare = await timed(one);
  await owner.query('alter table service_record enable trigger service_tally_add');
  const [own, alone] = [quantile(kept, 0.5), quantile(bare, 0.5)];
  tell('one record committed with the tally kept: p50 beside without', ms(own), ms(alone), times(own / alone));
}

async function makeStations(owner: pg.Client): Promise<void> {
  for (const [k, { id, community }] of stations.entries()) {
    const unit = randomUUID();
    await owner.query(
      `insert into unit (id, code, kind, role_code, name, tier, area_code) values ($1, $2, 'station', 'station', $2, 'street', $3)`,
      [unit, `station-${k}`, street],
    );
    await owner.query(
      `insert into station (id, code, unit_id, name, area_code, path, district, lon, lat, address, opened_on, created_at)
       values ($1, $2, $3, $2, $4, $5, $6, 106.5, 29.5, '', '2020-01-01', now())`,
      [id, `s${k}`, unit, community, [city, district, street, community], district],
    );
  }
}

async function makeRecords(owner: pg.Client): Promise<void> {
  const begun = performance.now();
  for (let from = 0; from < records; from += 50_000)
    await owner.query(
      `insert into service_record (id, station_id, district, kind, persons, visitor, at, recorded_at, weather)
       select gen_random_uuid(), ($1::uuid[])[1 + k % 12], $2, ($3::text[])[1 + floor(random() * 15)::int],
         1 + floor(random() * 9)::int, (array['resident', 'tourist', 'outdoor_worker', null, null])[1 + floor(random() * 5)::int],
         at, at, case when extract(month from at) in (7, 8) then 'heat.orange' end
       from generate_series($4::int, $5::int) k, lateral (select date_trunc('day', now()) - (15 + k * 0) * interval '1 hour'
         - floor(random() * $6) * interval '1 day' + random() * interval '10 hours' as at) t`,
      [stations.map(({ id }) => id), district, kinds, from, Math.min(from + 50_000, records) - 1, days],
    );
  await owner.query('vacuum analyze service_record, service_tally');
  const { rows } = await owner.query<{ n: number }>('select count(*)::int as n from service_tally');
  const seconds = (performance.now() - begun) / 1000;
  tell(`${count(records)} records and their tally of ${count(rows[0]?.n ?? 0)} rows made`, `${seconds.toFixed(1)} s`);
}
