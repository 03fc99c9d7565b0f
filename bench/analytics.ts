/**
 * Dashboards over 1,000,000 (or 10,000,000) events of two years: a city of 10 districts, 200 streets, 2,000 communities.
 * Facts are made by SQL and rolled up by the module's own; then every question of the pages of figures is asked for city,
 * district, street and community, over a month, a quarter and a year, by one client and by 50 at once. Timed inside the
 * program: transaction, scope, row-level security, SQL, view; no HTTP. Beside it the same sums taken from the facts
 * themselves in the same run. Goal: p99 ≤ 200 ms. Then the lag: 100 reports a second by the real command, and how long
 * until the figures have followed. Goal: p99 ≤ 5 s.
 *   node bench/analytics.ts [events] [repeats]
 */
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type pg from 'pg';
import { analyticsRoutes as routes } from '#contract/analytics.ts';
import { analyticsUnitRoutes } from '#contract/analytics-units.ts';
import { systemClock } from '#kit/clock.ts';
import { openDatabase, type Database } from '#server/db/pool.ts';
import { createAnalytics, type Analytics } from '#server/modules/analytics/index.ts';
import { createEvents, seedDictionaries } from '#server/modules/events/index.ts';
import { createTerritory } from '#server/modules/grids/index.ts';
import { rolePermissions, systemActor, type Actor } from '#server/modules/identity/index.ts';
import { configureLedger, createSequencer, createSigner, makeLedgerKey } from '#server/modules/ledger/index.ts';
import { createVault } from '#server/vault/vault.ts';
import { onEmptyGround } from './lib/cells.ts';
import { count, ms, quantile, tell, tellLimit, times } from './lib/figures.ts';

const events = Number(process.argv[2] ?? 1_000_000);
const repeats = Number(process.argv[3] ?? 15);
const days = 730;
const limitMs = 200;
const lagLimitS = 5;
const city = '500000';
const three = (n: number): string => String(n).padStart(3, '0');
const districts = Array.from({ length: 10 }, (_, d) => `5001${String(d + 1).padStart(2, '0')}`);
const streets = districts.flatMap((district) => Array.from({ length: 20 }, (_, s) => `${district}${three(s + 1)}`));
const communities = streets.flatMap((street) => Array.from({ length: 10 }, (_, c) => `${street}${three(c + 1)}`));

/** What the facts fill. */
const derived = [
  'event_fact', 'indicator_day', 'indicator_month', 'unit_day', 'unit_month', 'wait_day', 'wait_month', 'stratum_month',
] as const; // prettier-ignore

await onEmptyGround(bench);

async function bench(url: string, owner: pg.Client): Promise<void> {
  const units = await makePlaces(owner);
  const database = openDatabase(url, { max: 12 });
  await seedDictionaries(database, systemClock);
  const territory = await createTerritory(database);
  const sequencer = createSequencer({
    database, tenant: 'main', signer: createSigner(makeLedgerKey()), clock: systemClock, log: { error: console.error },
  }); // prettier-ignore
  configureLedger({ tenant: 'main', wake: () => sequencer.wake() });
  await sequencer.start();
  const analytics = createAnalytics({
    database, territory, clock: systemClock, tenant: 'main', ledger: sequencer,
    names: async () => new Map<string, string>(), heads: async (_tx, ids) => new Map(ids.map((id) => [id, 3])),
  }); // prettier-ignore
  await sequencer.idle();
  await analytics.refresh(); // nothing to tell yet: the cursor begins here
  await makeFacts(owner, units);
  const begun = performance.now();
  await analytics.rollUp();
  tell(`${count(events)} facts rolled up`, `${((performance.now() - begun) / 1000).toFixed(0)} s`);
  await owner.query(`vacuum analyze ${derived.join(', ')}`);
  await tellSizes(owner);
  const questions = questionsOf(analytics, units);
  for (const [name, run] of questions) {
    const spent = await timed(run, repeats, () => passOn(owner));
    tellLimit(`${name}: p99, ${count(events)} events`, quantile(spent, 0.99), limitMs);
  }
  await besideFacts(analytics, database);
  await many(questions);
  await lag(owner, { analytics, database, territory, sequencer });
  await sequencer.stop();
  await database.close();
}

type Question = readonly [name: string, run: () => Promise<unknown>];

/** What the pages ask, for viewers from the city down. */
function questionsOf(analytics: Analytics, units: readonly string[]): Question[] {
  const dayOf = (ago: number): string =>
    new Date(Date.now() + 8 * 3_600_000 - ago * 86_400_000).toISOString().slice(0, 10);
  const spans = [['a month', 30], ['a quarter', 92], ['a year', 365]] as const; // prettier-ignore
  const places = [
    ['city', city],
    ['district', districts[3]],
    ['street', streets[70]],
    ['community', communities[705]],
  ] as const;
  const actor = actorIn(city, units[0] ?? '');
  const none = { params: {}, query: {}, body: {} };
  const found: Question[] = [];
  for (const [span, length] of spans) {
    for (const [tier, area] of places) {
      const days = { area, from: dayOf(length), to: dayOf(0) };
      const figures = (more: object) => () =>
        analytics.handlers.figures({ ...none, query: routes.figures.query.parse({ ...days, ...more }) }, { actor });
      found.push([`figures, ${tier}, ${span}`, figures({})]);
      if (span !== 'a month') found.push([`figures of one class, ${tier}, ${span}`, figures({ class: 'E01' })]);
      const map = routes.map.query.parse({ ...days, indicator: 'closed_on_time_rate' });
      found.push([
        `map of the areas below, ${tier}, ${span}`,
        () => analytics.handlers.map({ ...none, query: map }, { actor }),
      ]);
    }
    const own = routes.figures.query.parse({ unit: units[30], area: city, from: dayOf(length), to: dayOf(0) });
    found.push([`figures of one unit, ${span}`, () => analytics.handlers.figures({ ...none, query: own }, { actor })]);
  }
  for (const [tier, area] of places.slice(1, 3)) {
    const query = analyticsUnitRoutes.compare.query.parse({ area });
    found.push([
      `units compared, ${tier}, three months`,
      () => analytics.unitHandlers.compare({ ...none, query }, { actor }),
    ]);
  }
  const cases = routes.cases.query.parse({
    area: streets[70],
    indicator: 'rework_rate',
    part: 'numerator',
    from: dayOf(30),
    to: dayOf(0),
  });
  found.push([
    'cases behind a number, street, a month',
    () => analytics.handlers.cases({ ...none, query: cases }, { actor }),
  ]);
  return found;
}

function actorIn(areaCode: string, unitId: string): Actor {
  const permissions = new Set(rolePermissions.commander);
  return {
    kind: 'account', accountId: randomUUID(), name: '', adminKind: null, limitedTo: null,
    grants: [{ role: 'commander', unitId, areaCode, permissions }],
  }; // prettier-ignore
}

/** As if the facts had followed one more line: an answer kept from before is not given again. */
async function passOn(owner: pg.Client): Promise<void> {
  await owner.query("update analytics_cursor set moved_at = moved_at + interval '1 millisecond'");
}

async function timed(
  run: () => Promise<unknown>,
  rounds: number,
  before: () => Promise<void> = async () => undefined,
): Promise<number[]> {
  await run();
  const spent: number[] = [];
  for (let k = 0; k < rounds; k++) {
    await before();
    const begun = performance.now();
    await run();
    spent.push(performance.now() - begun);
  }
  return spent;
}

/** The same sums without rollups: one pass over the facts, by the module's own questions. */
async function besideFacts(analytics: Analytics, database: Database): Promise<void> {
  const scope = { seeAll: true, areas: [], units: [], accountId: null };
  const to = new Date().toISOString().slice(0, 10);
  for (const [tier, code] of [
    ['city', city],
    ['district', districts[3] ?? ''],
  ] as const)
    // prettier-ignore
    for (const [span, length] of [['a month', 30], ['a quarter', 92]] as const) {
      const from = new Date(Date.now() - length * 86_400_000).toISOString().slice(0, 10);
      const wish = { area: { code, tier }, from, to };
      const ours = await timed(() => database.read(scope, (tx) => analytics.queries.indicators(tx, wish)), repeats);
      const raw = await timed(() => database.read(scope, (tx) => analytics.queries.recount(tx, wish)), 3);
      const [own, alone] = [quantile(ours, 0.5), quantile(raw, 0.5)];
      tell(`all indicators, ${tier}, ${span}: p50 beside the facts themselves`, ms(own), ms(alone), times(own / alone));
    }
}

/** 50 clients at once, each asking one thing after another. */
async function many(questions: readonly Question[]): Promise<void> {
  const usual = questions.filter(([name]) => !name.includes('a year'));
  const spent: number[] = [];
  const until = Date.now() + 20_000;
  await Promise.all(
    Array.from({ length: 50 }, async (_, client) => {
      for (let k = client; Date.now() < until; k++) {
        const begun = performance.now();
        await usual[k % usual.length]?.[1]();
        spent.push(performance.now() - begun);
        // A dashboard asks again every quarter of a minute; here fifteen times as often.
        await sleep(1000);
      }
    }),
  );
  tell('50 dashboards at once, each a question a second: p50', ms(quantile(spent, 0.5)), `${spent.length} questions`);
  tellLimit('50 dashboards at once: p99', quantile(spent, 0.99), limitMs);
}

interface Running {
  analytics: Analytics;
  database: Database;
  territory: Awaited<ReturnType<typeof createTerritory>>;
  sequencer: ReturnType<typeof createSequencer>;
}

/** 100 reports a second by the real command for 30 s; each is seen when its fact is there. */
async function lag(owner: pg.Client, { analytics, database, territory }: Running): Promise<void> {
  const vault = createVault([new Uint8Array(32).fill(7)]);
  const module = createEvents({ database, territory, vault, clock: systemClock });
  const made = new Map<string, number>();
  const seen: number[] = [];
  let reporting = true;
  // As the program does: a turn of the follower every half second.
  const follower = (async () => {
    for (; reporting || made.size > 0; await sleep(500)) {
      await analytics.refresh();
      const { rows } = await owner.query<{ id: string }>(
        'select event_id as id from event_fact where event_id = any ($1)',
        [[...made.keys()]],
      );
      for (const { id } of rows) {
        seen.push((Date.now() - (made.get(id) ?? 0)) / 1000);
        made.delete(id);
      }
    }
  })();
  for (let second = 0; second < 30; second++) {
    const begun = Date.now();
    await Promise.all(
      Array.from({ length: 100 }, async () => {
        const body = {
          opId: randomUUID(), categoryCode: 'E0121', title: '黄葛树倾斜', description: '', channel: 'sensor' as const, lon: null, lat: null,
          areaCode: communities[Math.floor(Math.random() * communities.length)] ?? '', placeWords: '', attachments: [],
        }; // prettier-ignore
        const { id } = await module.report(systemActor, body);
        made.set(id, Date.now());
      }),
    );
    await sleep(Math.max(0, 1000 - (Date.now() - begun)));
  }
  reporting = false;
  await follower;
  tellLimit(
    `report until it is in the figures at 100 reports/s: p99 of ${count(seen.length)}`,
    quantile(seen, 0.99),
    lagLimitS,
    's',
  );
}

/** Areas without shapes, and units: eight posts for each street, ten departments for each district. */
async function makePlaces(owner: pg.Client): Promise<string[]> {
  const put = (codes: readonly string[], tier: string) =>
    owner.query(
      `insert into area (code, tier, name, parent_code, path)
       select c, $2, c, case $2 when 'city' then null when 'district' then $3 when 'street' then left(c, 6) else left(c, 9) end,
         case $2 when 'city' then array[$3] when 'district' then array[$3, c] when 'street' then array[$3, left(c, 6), c]
         else array[$3, left(c, 6), left(c, 9), c] end from unnest($1::text[]) c`,
      [codes, tier, city],
    );
  await put([city], 'city');
  await put(districts, 'district');
  await put(streets, 'street');
  await put(communities, 'community');
  const { rows } = await owner.query<{ id: string }>(
    `insert into unit (id, code, kind, role_code, name, tier, area_code)
     select gen_random_uuid(), a.code || '-' || n, case when n = 0 then 'centre' when a.tier = 'street' then 'post' else 'department' end,
       case when n = 0 then 'centre' else 'urban_management' end, a.code || '-' || n, a.tier, a.code
     from area a cross join generate_series(0, 10) n where a.tier in ('district', 'street') and (a.tier = 'district' or n <= 8)
     returning id`,
  );
  await owner.query(
    `insert into unit (id, code, kind, role_code, name, tier, area_code) select gen_random_uuid(), code || '-c', 'committee', 'committee', code, 'community', code from area where tier = 'community'`,
  );
  return rows.map(({ id }) => id);
}

/** Facts as two years would leave them: most closed, some late, returned, reworked, reopened, a few open. */
async function makeFacts(owner: pg.Client, units: readonly string[]): Promise<void> {
  const begun = performance.now();
  await owner.query('alter table event_fact drop constraint event_fact_event_id_fkey');
  const { rows } = await owner.query<{ sql: string; name: string }>(
    `select indexdef as sql, indexname as name from pg_indexes where tablename = 'event_fact' and indexname <> 'event_fact_pkey'`,
  );
  for (const { name } of rows) await owner.query(`drop index ${name}`);
  const { rows: leaves } = await owner.query<{ code: string; main: string }>(
    `select c.code, up.code as main from category c join category up on up.code = c.parent_code where up.parent_code is not null`,
  );
  for (let from = 0; from < events; from += 200_000)
    await owner.query(
      `insert into event_fact (event_id, number, path, district, street, community, category_code, main_class, priority, channel, status,
         tier, owner_unit_id, lead_unit_id, reported_at, reported_day, verified_at, filed_at, dispatched_at, accepted_at, finished_at,
         closed_at, ended_at, late, due_steps, late_steps, hops, returns, reworks, reopens, urges, extensions, shelved, supervised, rating,
         report_count, facts, as_of)
       select gen_random_uuid(), 'B-' || k, array['${city}', left(c, 6), left(c, 9), c], left(c, 6), left(c, 9), c,
         ($2::text[])[cat], ($3::text[])[cat], pri, (array['resident', 'grid_worker', 'hotline', 'sensor'])[1 + k % 4],
         case when open then 'handling' else 'closed' end, 'street', u, u, at, (at at time zone 'Asia/Shanghai')::date, at + w * 0.1,
         at + w * 0.2, at + w * 0.3, at + w * 0.4, case when not open then at + w * 0.9 end, case when not open then at + w end,
         case when not open then at + w end, slow, array['accept', 'check', 'dispatch', 'file', 'handle', 'verify'],
         case when slow then array['handle'] else '{}' end, 1 + (r1 < 0.06)::int, (r1 < 0.06)::int, (r2 < 0.03)::int, (r2 > 0.99)::int,
         0, (r1 > 0.97)::int, false, false, case when r2 < 0.2 then 1 + floor(r1 * 5)::int end, 1,
         jsonb_build_object('offers', jsonb_build_array(jsonb_build_array(u, 'done'))), at
       from generate_series($4::int, $5::int) k,
         lateral (select random() as r1, random() as r2, 1 + floor(random() * ${leaves.length})::int as cat, floor(random() * 5)::int as pri,
           ($1::text[])[1 + floor(random() * ${communities.length} + k * 0)::int] as c,
           ($6::uuid[])[1 + floor(random() * ${units.length} + k * 0)::int] as u,
           now() - (random() * ${days} + k * 0) * interval '1 day' as at, exp(random() * 6 + k * 0) * interval '10 minutes' as w) r,
         lateral (select r1 > 0.96 as slow, r2 between 0.5 and 0.505 as open) s`,
      [
        communities,
        leaves.map(({ code }) => code),
        leaves.map(({ main }) => main),
        from,
        Math.min(from + 200_000, events) - 1,
        units,
      ],
    );
  for (const { sql } of rows) await owner.query(sql);
  await owner.query('analyze event_fact');
  tell(`${count(events)} facts made`, `${((performance.now() - begun) / 1000).toFixed(0)} s`);
}

async function tellSizes(owner: pg.Client): Promise<void> {
  for (const table of derived) {
    const { rows } = await owner.query<{ n: number; mb: number }>(
      `select count(*)::int as n, (pg_total_relation_size('${table}') / 1048576)::int as mb from ${table}`,
    );
    tell(`${table}`, `${count(rows[0]?.n ?? 0)} rows`, `${count(rows[0]?.mb ?? 0)} MB`);
  }
}
