/**
 * Risk points, 5,000 of them: list, filters, map, near and one point for a commander of the district and a grid worker, beside
 * the same SQL alone in the same run. Timed inside the program: transaction, scope, row-level security, SQL, view; no HTTP.
 * Goal: p99 ≤ 150 ms.
 *   node bench/risk.ts [points] [repeats]
 */
import { randomUUID } from 'node:crypto';
import type pg from 'pg';
import { riskRoutes } from '#contract/risk-points.ts';
import { systemClock } from '#kit/clock.ts';
import { pickOne, seededRandom } from '#kit/random.ts';
import { openDatabase } from '#server/db/pool.ts';
import { createGrids, createTerritory, type Grids } from '#server/modules/grids/index.ts';
import type { Actor } from '#server/modules/identity/index.ts';
import { actorOf, city, district, grids, makeCells, onEmptyGround, placeIn, street } from './lib/cells.ts';
import { count, ms, quantile, tell, tellLimit, times } from './lib/figures.ts';

const points = Number(process.argv[2] ?? 5_000);
const repeats = Number(process.argv[3] ?? 150);
const limitMs = 150;
const kinds = ['fire', 'gas', 'cable_well', 'slope', 'flood', 'building', 'facade', 'elevator', 'charging'];
const rng = seededRandom(47);

await onEmptyGround(bench);

async function bench(url: string, owner: pg.Client): Promise<void> {
  await fill(owner);
  const database = openDatabase(url, { max: 4 });
  const territory = await createTerritory(database);
  const register = createGrids({ database, territory, clock: systemClock });
  for (const [viewer, actor] of Object.entries({
    'commander of the district': actorOf('commander', district),
    'grid worker': actorOf('full_time', grids[33] ?? ''),
  }))
    for (const [what, ask] of Object.entries(questionsOf(register, actor))) {
      const spent: number[] = [];
      for (let k = 0; k < repeats; k++) {
        const begun = performance.now();
        await ask();
        spent.push(performance.now() - begun);
      }
      tell(`${what}, ${viewer}: p50`, ms(quantile(spent, 0.5)), `${count(points)} points, ${spent.length} reads`);
      tellLimit(`${what}, ${viewer}: p99`, quantile(spent, 0.99), limitMs);
    }
  await besideRaw(owner, register);
  await database.close();
}

function questionsOf({ riskHandlers: handlers }: Grids, actor: Actor): Record<string, () => Promise<unknown>> {
  const list = (query: Record<string, string>) =>
    handlers.list({ params: {}, body: {}, query: riskRoutes.list.query.parse({ limit: '200', ...query }) }, { actor });
  return {
    list: () => list({}),
    'list by kind and level': () => list({ kinds: pickOne(rng, kinds), levels: '1,2' }),
    'list by words': () => list({ q: `点${Math.floor(rng() * points)}` }),
    'list, longest overdue first': () => list({ sort: 'due' }),
    map: () => handlers.map({ params: {}, body: {}, query: riskRoutes.map.query.parse({}) }, { actor }),
    near: () => handlers.near({ params: {}, body: {}, query: { ...placeIn(rng), radiusM: 500 } }, { actor }),
  };
}

/** The map of a district beside its SQL alone, as owner, without policy and view. */
async function besideRaw(owner: pg.Client, { riskHandlers }: Grids): Promise<void> {
  const actor = actorOf('commander', district);
  const [ours, raw]: [number[], number[]] = [[], []];
  for (let k = 0; k < repeats; k++) {
    let begun = performance.now();
    await riskHandlers.map({ params: {}, body: {}, query: riskRoutes.map.query.parse({}) }, { actor });
    ours.push(performance.now() - begun);
    begun = performance.now();
    await owner.query(
      'select id, code, name, kind, level, lon, lat, state, look_due_at from risk_point where retired_at is null and path && $1',
      [[district]],
    );
    raw.push(performance.now() - begun);
  }
  const [own, alone] = [quantile(ours, 0.5), quantile(raw, 0.5)];
  tell('map of the district: p50 beside its SQL alone', ms(own), ms(alone), times(own / alone));
}

async function fill(owner: pg.Client): Promise<void> {
  await makeCells(owner);
  const rows = Array.from({ length: points }, (_, k) => ({
    id: randomUUID(),
    code: `R${k}`,
    name: `样点${k}`,
    kind: pickOne(rng, kinds),
    level: 1 + Math.floor(rng() * 4),
    ...placeIn(rng),
    area: pickOne(rng, grids),
    dueDays: Math.floor(rng() * 60) - 10,
  }));
  await owner.query(
    `insert into risk_point (id, code, name, kind, level, lon, lat, area_code, path, district, look_due_at, created_at, updated_at)
     select id, code, name, kind, level, lon, lat, area, array['${city}', '${district}', '${street}', left(area, 12), area],
       '${district}', now() + "dueDays" * interval '1 day', now(), now()
     from jsonb_to_recordset($1::jsonb) as r(id uuid, code text, name text, kind text, level smallint, lon float8,
       lat float8, area text, "dueDays" int)`,
    [JSON.stringify(rows)],
  );
  await owner.query('vacuum analyze risk_point');
}
