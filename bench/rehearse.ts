/**
 * Rules rehearsed on 1,000,000 past events with four ended clocks and a task each: a changed tier, lead and limits for every
 * category, replayed in the pool of workers; beside one plain SQL scan over the same events, clocks and tasks in the same
 * run, which only counts what the record says was late. Timed from asking to the stored answer.
 *   node bench/rehearse.ts [events]
 */
import { randomUUID } from 'node:crypto';
import type pg from 'pg';
import { systemClock } from '#kit/clock.ts';
import { createComputePool } from '#server/compute/index.ts';
import { openDatabase } from '#server/db/pool.ts';
import { createEvents, seedDictionaries } from '#server/modules/events/index.ts';
import { createTerritory } from '#server/modules/grids/index.ts';
import { createVault } from '#server/vault/vault.ts';
import { actorOf, city, communities, district, makeCells, onEmptyGround, street } from './lib/cells.ts';
import { count, tell, times } from './lib/figures.ts';

const events = Number(process.argv[2] ?? 1_000_000);
const days = 330;
const chunk = 50_000;
const code = 'E0106';

await onEmptyGround(bench);

async function bench(url: string, owner: pg.Client): Promise<void> {
  await makeCells(owner);
  const units = await makeUnits(owner);
  const database = openDatabase(url, { max: 4 });
  await seedDictionaries(database, systemClock);
  await makePast(owner, units);
  const territory = await createTerritory(database);
  const compute = createComputePool();
  const vault = createVault([new Uint8Array(32)]);
  const module = createEvents({ database, territory, vault, clock: systemClock });
  await module.rehearsals.resume(compute, (error) => console.error(error));
  const actor = actorOf('duty_chief', city);
  await owner.query("insert into account (id, login, display_name) values ($1, 'bench', 'bench')", [actor.accountId]);

  await scan(owner); // warms what the rehearsal reads, too
  const plainMs = await timed(() => scan(owner));
  const { rules, version } = await module.libraryHandlers.list({ params: {}, query: {}, body: {} }, { actor });
  const rule = rules.find(({ categoryCode }) => categoryCode === code);
  if (rule === undefined) throw new Error(`Expected a rule for ${code}.`);
  const change = {
    ...rule,
    areas: [],
    tier: 'street' as const,
    leadRole: 'urban_management',
    limits: { ...rule.limits, handle: { kind: 'working_day' as const, amount: 2 } },
  };
  let id = '';
  const ownMs = await timed(async () => {
    const body = { opId: randomUUID(), title: 'bench', months: 12, baseVersion: version, changes: [change] };
    ({ id } = (await module.rehearsalHandlers.ask({ params: {}, query: {}, body }, { actor })).rehearsal);
    await module.rehearsals.idle();
  });
  const done = await module.rehearsalHandlers.get({ params: { id }, query: {}, body: {} }, { actor });
  if (done.figures?.events !== events) throw new Error(`Expected ${events} events, found ${done.figures?.events}.`);
  const name = `${count(events)} events and ${count(events * 4)} clocks under other rules`;
  tell(`${name}: whole, beside one SQL scan of them`, seconds(ownMs), seconds(plainMs), times(ownMs / plainMs));
  tell(`${name}: events a second`, count(Math.round(events / (ownMs / 1_000))), '', '');
  await compute.close();
  await database.close();
}

function seconds(ms: number): string {
  return `${(ms / 1_000).toFixed(1)} s`;
}

async function timed(run: () => Promise<unknown>): Promise<number> {
  const begun = performance.now();
  await run();
  return performance.now() - begun;
}

/** What a plain query can tell: by step, how many clocks the record says were late, and who did the work. */
async function scan(owner: pg.Client): Promise<void> {
  await owner.query(
    `select c.step, t.unit_id, count(*), count(*) filter (where c.late), sum(extract(epoch from c.stopped_at - c.started_at))
     from event e join clock c on c.event_id = e.id left join task t on t.event_id = e.id and t.part = 'lead'
     where e.category_code = $1 and e.status not in ('cancelled', 'merged') group by 1, 2`,
    [code],
  );
}

async function makeUnits(owner: pg.Client): Promise<string[]> {
  const add = async (...unit: [code: string, kind: string, role: string, tier: string, area: string]) => {
    const id = randomUUID();
    await owner.query(
      'insert into unit (id, code, kind, role_code, name, tier, area_code) values ($1, $2, $3, $4, $2, $5, $6)',
      [id, ...unit],
    );
    return id;
  };
  await add('district', 'centre', 'centre', 'district', district);
  const centre = await add('centre', 'centre', 'centre', 'street', street);
  const post = await add('post', 'post', 'urban_management', 'street', street);
  await owner.query('update unit set parent_id = $1 where id = $2', [centre, post]);
  const committees: string[] = [];
  for (const community of communities)
    committees.push(await add(`c${community}`, 'committee', 'committee', 'community', community));
  return committees;
}

/** Events spread over the days and communities, each closed, with receive, file, accept and handle clocks; a tenth paused. */
async function makePast(owner: pg.Client, committees: readonly string[]): Promise<void> {
  for (let from = 0; from < events; from += chunk) {
    const upTo = Math.min(from + chunk, events) - 1;
    await owner.query(
      `create temp table made as select gen_random_uuid() as id, n, now() - $3 * interval '1 day' * (1 - n::float8 / $4) as at,
         1 + n % 20 as place from generate_series($1::int, $2::int) n`,
      [from, upTo, days, events],
    );
    await owner.query(
      `insert into event (id, number, title, category_code, rule_version, priority, channel, status, tier, owner_unit_id, city, district, street,
         community, reported_at, closed_at, ended_at, updated_at)
       select id, 'b' || n, '', $1, 1, (select priority from category_rule where category_code = $1 and version = 1), 'grid_worker', 'closed',
         'community', ($2::uuid[])[place], $3, $4, $5, $5 || lpad(place::text, 3, '0'), at, at + interval '1 day', at + interval '1 day', at from made`,
      [code, committees, city, district, street],
    );
    await owner.query(
      `insert into task (id, event_id, unit_id, part, status, offered_at, accepted_at, done_at, ended_at, reported_at, district)
       select gen_random_uuid(), id, ($1::uuid[])[place], 'lead', 'done', at, at, at + interval '20 hours', at + interval '20 hours', at, $2 from made`,
      [committees, district],
    );
    await owner.query(
      `insert into clock (id, event_id, step, kind, amount, started_at, due_at, certain, stopped_at, late, pauses)
       select gen_random_uuid(), id, step, 'working_day', 3, at, at, true, at + (n % 90 + 1) * interval '1 hour', n % 7 = 0,
         case when n % 10 = 0 then jsonb_build_array(jsonb_build_object('from', at + interval '1 hour', 'to', at + interval '5 hours', 'reason', 'shelved')) else '[]' end
       from made, unnest(array['receive', 'file', 'accept', 'handle']) step`,
    );
    await owner.query('drop table made');
  }
  await owner.query('analyze event; analyze clock; analyze task');
}
