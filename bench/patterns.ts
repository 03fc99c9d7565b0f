/**
 * Hot spots over a million events of a district, as a page asks for them: SQL, squares, Gi* in a worker, names and kinds of the
 * spots; beside the counting by squares alone, as owner, in the same run. Then what the night reckons from them. Limit of the
 * hot spots: 2 s. No HTTP.
 *   node bench/patterns.ts [events] [repeats]
 */
import { randomUUID } from 'node:crypto';
import type pg from 'pg';
import { systemClock } from '#kit/clock.ts';
import { createComputePool } from '#server/compute/index.ts';
import { openDatabase } from '#server/db/pool.ts';
import { createEvents, seedDictionaries } from '#server/modules/events/index.ts';
import { createTerritory } from '#server/modules/grids/index.ts';
import { createPatterns, patternRules, type Patterns } from '#server/modules/patterns/index.ts';
import { createVault } from '#server/vault/vault.ts';
import { actorOf, city, district, makeCells, onEmptyGround, street } from './lib/cells.ts';
import { count, ms, quantile, tell, tellLimit, times } from './lib/figures.ts';

const events = Number(process.argv[2] ?? 1_000_000);
const repeats = Number(process.argv[3] ?? 7);
const limitMs = 2_000;
const halfYear = 182;

await onEmptyGround(bench);

async function bench(url: string, owner: pg.Client): Promise<void> {
  await fill(owner);
  const database = openDatabase(url, { max: 4 });
  await seedDictionaries(database, systemClock);
  const territory = await createTerritory(database);
  const vault = createVault([new Uint8Array(32)]);
  const library = createEvents({ database, territory, vault, clock: systemClock });
  const compute = createComputePool();
  const patterns = createPatterns({
    database,
    territory,
    clock: systemClock,
    rules: patternRules(),
    compute,
    nightCompute: compute,
    library: () => library.dictionary.get(),
    names: async () => new Map(),
  });
  await measureSpots(owner, patterns);
  await measureNight(patterns);
  await compute.close();
  await database.close();
}

function dayBack(days: number): string {
  return new Date(Date.now() - days * 86_400_000).toISOString().slice(0, 10);
}

async function measureSpots(owner: pg.Client, { handlers }: Patterns): Promise<void> {
  const actor = actorOf('commander', district);
  const query = { from: dayBack(halfYear), to: dayBack(1) };
  const [ours, alone]: [number[], number[]] = [[], []];
  let told = '';
  for (let k = 0; k < repeats; k++) {
    let begun = performance.now();
    const found = await handlers.hotSpots({ params: {}, body: {}, query }, { actor });
    ours.push(performance.now() - begun);
    told = `${count(found.seen + found.seenBefore)} events, ${count(found.cellsLooked)} squares, ${found.spots.length} spots told`;
    begun = performance.now();
    await owner.query(
      `select floor((lon + 180) * ${found.steps}), floor((lat + 90) * ${found.steps}), count(*) from event_fact group by 1, 2`,
    );
    alone.push(performance.now() - begun);
  }
  tellLimit(
    `hot spots, half a year beside the half before (${told}): slowest of ${repeats}`,
    quantile(ours, 1),
    limitMs,
  );
  const [own, raw] = [quantile(ours, 0.5), quantile(alone, 0.5)];
  tell('hot spots: p50 beside counting by squares alone', ms(own), ms(raw), times(own / raw));
}

async function measureNight(patterns: Patterns): Promise<void> {
  const begun = performance.now();
  await patterns.reckonNight();
  tell(
    'the night: anomalies, next week, clusters of a district',
    `${((performance.now() - begun) / 1000).toFixed(1)} s`,
    'no limit set',
  );
}

/** Half of all events anywhere in 28 × 28 km, half around three hundred places that are busier than others. */
async function fill(owner: pg.Client): Promise<void> {
  await makeCells(owner);
  const square = JSON.stringify({
    type: 'Polygon',
    coordinates: [[[106.4, 29.4], [106.69, 29.4], [106.69, 29.65], [106.4, 29.65], [106.4, 29.4]]],
  }); // prettier-ignore
  await owner.query('update area set geometry = $1 where code = any ($2)', [square, [city, district, street]]);
  await owner.query('set session_replication_role = replica'); // the events themselves are not needed
  await owner.query(
    `insert into event_fact (event_id, number, path, district, street, category_code, priority, channel, status, tier,
       owner_unit_id, lon, lat, reported_at, reported_day, late, hops, returns, reworks, reopens, urges, extensions, shelved,
       supervised, report_count, as_of)
     select gen_random_uuid(), 'B' || k, array[$1, $2, $3], $2, $3, 'E' || k % 40, 3, 'patrol', 'closed', 'street', $4,
       case when k % 2 = 0 then 106.4 + random() * 0.29 else 106.41 + (k % 300) / 300.0 * 0.27 + (random() - 0.5) * 0.003 end,
       case when k % 2 = 0 then 29.4 + random() * 0.25 else 29.41 + (k * 7 % 300) / 300.0 * 0.23 + (random() - 0.5) * 0.003 end,
       at, (at at time zone 'Asia/Shanghai')::date, false, 1, 0, 0, 0, 0, 0, false, false, 1, at
     from (select k, now() - interval '1 day' - random() * interval '362 days' as at from generate_series(1, $5::int) as k) as made`,
    [city, district, street, randomUUID(), events],
  );
  await owner.query('set session_replication_role = default');
  await owner.query('vacuum analyze event_fact');
}
