/**
 * Visits over 100,000 people in care: planning all of them once, a worker's list of today (opened, route order, the ledger's
 * line once) and a secretary's plan of the day, beside the same SQL alone in the same run. Timed inside the program:
 * transaction, scope, row-level security, SQL, vault, masks; no HTTP. Goal: p99 ≤ 150 ms.
 *   node bench/visits.ts [people] [repeats]
 */
import { randomUUID } from 'node:crypto';
import type pg from 'pg';
import { systemClock } from '#kit/clock.ts';
import { uuidV7 } from '#kit/ids.ts';
import { pickOne, seededRandom } from '#kit/random.ts';
import { openDatabase } from '#server/db/pool.ts';
import { createEvents, seedDictionaries } from '#server/modules/events/index.ts';
import { createTerritory } from '#server/modules/grids/index.ts';
import { createVisits, seedVisitRules, type Visits } from '#server/modules/visits/index.ts';
import { createVault, type Vault } from '#server/vault/vault.ts';
import { actorOf, city, communities, district, grids, makeCells, onEmptyGround, street } from './lib/cells.ts';
import { count, ms, quantile, tell, tellLimit, times } from './lib/figures.ts';

const people = Number(process.argv[2] ?? 100_000);
const repeats = Number(process.argv[3] ?? 150);
const limitMs = 150;
const aDay = 20;
const todayThere = "(now() at time zone 'Asia/Shanghai')::date";
const tags = ['elder_alone', 'elder_couple', 'disabled', 'child', 'poor', 'oxygen', 'chronic'];
const rng = seededRandom(43);
const workers = new Map(grids.map((grid) => [grid, randomUUID()]));

await onEmptyGround(bench);

async function bench(url: string, owner: pg.Client): Promise<void> {
  const vault = createVault([new Uint8Array(32).fill(1)]);
  const database = openDatabase(url, { max: 4 });
  await seedDictionaries(database, systemClock);
  await seedVisitRules(database, systemClock);
  await makeAreas(owner);
  await makePeople(owner, vault);
  const territory = await createTerritory(database);
  const events = createEvents({ database, territory, vault, clock: systemClock, sampleShare: 0 });
  const visits = createVisits({
    database,
    territory,
    vault,
    clock: systemClock,
    events,
    names: async (_tx, ids) => new Map(ids.map((id) => [id, id])),
    listContacts: async () => [],
    standIn: async () => null,
    met: async () => undefined,
  });
  const begun = performance.now();
  const planned = await visits.jobs.plan();
  const seconds = (performance.now() - begun) / 1000;
  tell(`planning ${count(planned)} visits for the first time`, `${seconds.toFixed(1)} s`);
  if (planned !== people) throw new Error(`Expected ${people} planned, found ${planned}.`);
  await makeDue(owner);
  await today(owner, visits);
  await plan(owner, visits);
  await database.close();
}

/** As many as a worker may manage on a full day, for everybody. */
async function makeDue(owner: pg.Client): Promise<void> {
  await owner.query(`update visit_task t set planned_on = ${todayThere} from (
      select id, row_number() over (partition by worker_id order by id) as k from visit_task) n
    where n.id = t.id and n.k <= ${aDay}`);
  await owner.query('vacuum analyze visit_task');
}

/** Every worker's list once, which writes the line of the ledger, then again and again as a phone asks. */
async function today(owner: pg.Client, visits: Visits): Promise<void> {
  const [first, again, raw]: [number[], number[], number[]] = [[], [], []];
  let rows = 0;
  for (let k = 0; k < repeats; k++) {
    const grid = grids[k % grids.length] ?? '';
    const workerId = workers.get(grid) ?? '';
    const actor = actorOf('full_time', grid, workerId);
    for (const spent of k < grids.length ? [first, again] : [again]) {
      const begun = performance.now();
      const { items } = await visits.handlers.today({ params: {}, query: {}, body: {} }, { actor });
      spent.push(performance.now() - begun);
      rows = Math.max(rows, items.length);
    }
    const begun = performance.now();
    await owner.query(
      `select * from visit_task t join care_person p on p.id = t.person_id left join visit_person v on v.person_id = p.id
       where t.ended_at is null and t.worker_id = $1 and t.planned_on <= ${todayThere}`,
      [workerId],
    );
    raw.push(performance.now() - begun);
  }
  tellLimit(`today of a worker, up to ${count(rows)} people, first of the day (tells the ledger): p99`, quantile(first, 0.99), limitMs); // prettier-ignore
  besideRaw('today of a worker', again, raw);
}

async function plan(owner: pg.Client, visits: Visits): Promise<void> {
  const [ours, raw]: [number[], number[]] = [[], []];
  for (let k = 0; k < repeats; k++) {
    const community = communities[k % communities.length] ?? '';
    const actor = actorOf('secretary', community, randomUUID());
    let begun = performance.now();
    await visits.handlers.plan({ params: {}, query: { limit: 100 }, body: {} }, { actor });
    ours.push(performance.now() - begun);
    begun = performance.now();
    const due = `visit_task t where t.ended_at is null and t.planned_on <= ${todayThere} and t.path && array['${community}']`;
    await owner.query(
      `select * from (select * from ${due} order by t.worker_id, t.id limit 101) t join care_person p on p.id = t.person_id`,
    );
    await owner.query(`select t.worker_id, count(*) from ${due} group by 1`);
    raw.push(performance.now() - begun);
  }
  besideRaw('plan of the day of a community, a page of 100', ours, raw);
}

function besideRaw(what: string, ours: readonly number[], raw: readonly number[]): void {
  const [own, alone] = [quantile(ours, 0.5), quantile(raw, 0.5)];
  tell(`${what}: p50 beside its SQL alone`, ms(own), ms(alone), times(own / alone));
  tellLimit(`${what}: p99, ${count(people)} people`, quantile(ours, 0.99), limitMs);
}

/** A committee whose workers serve one grid each. */
async function makeAreas(owner: pg.Client): Promise<void> {
  await makeCells(owner);
  const committee = randomUUID();
  await owner.query(
    `insert into unit (id, code, kind, role_code, name, tier, area_code) values ($1, 'C', 'committee', 'committee', '样居', 'street', $2)`,
    [committee, street],
  );
  for (const [grid, id] of workers) {
    await owner.query(
      "insert into account (id, kind, login, display_name, status, created_at) values ($1::uuid, 'person', $1::uuid::text, '样员', 'active', now())",
      [id],
    );
    await owner.query(
      "insert into appointment (id, account_id, unit_id, area_code, role, since) values ($1, $2, $3, $4, 'full_time', '2026-01-01')",
      [randomUUID(), id, committee, grid],
    );
  }
}

/** Each with the worker of the grid, and with the answers of a visit on one of the last thirty days. */
async function makePeople(owner: pg.Client, vault: Vault): Promise<void> {
  const form = { living: 'alone', health: '血压偏高，按时服药', mobility: 'walks', needs: ['meals'], helper: '女儿每周来两次', remark: '' }; // prettier-ignore
  const batch = 5_000;
  for (let from = 0; from < people; from += batch) {
    const rows = Array.from({ length: Math.min(batch, people - from) }, (_, k) => {
      const grid = pickOne(rng, grids);
      const [name, phone] = [`样员${from + k}`, `139${String(from + k).padStart(8, '0')}`];
      return [
        uuidV7(Date.UTC(2026, 0, 1) + from + k),
        vault.seal(name, 'care_person.name'),
        vault.seal(phone, 'care_person.phone'),
        vault.blindIndex(name, 'care_person.name'),
        pickOne(rng, tags),
        106.5 + rng() * 0.04,
        29.54 + rng() * 0.04,
        grid,
        workers.get(grid),
        vault.seal(JSON.stringify(form), 'visit_person.form'),
        Math.floor(rng() * 30),
      ];
    });
    const columns = Array.from({ length: 11 }, (_, column) => rows.map((row) => row[column]));
    await owner.query(
      `with r as (select * from unnest($1::uuid[], $2::bytea[], $3::bytea[], $4::bytea[], $5::text[], $6::float8[], $7::float8[],
           $8::text[], $9::uuid[], $10::bytea[], $11::int[]) as r (id, name, phone, name_index, tag, lon, lat, area, worker, form, ago)),
         added as (insert into care_person (id, name, phone, name_index, tags, address, lon, lat, area_code, path, district,
           responsible_id, created_at, updated_at)
         select id, name, phone, name_index, array[tag], '样街1号', lon, lat, area,
           array['${city}', '${district}', '${street}', left(area, 12), area], '${district}', worker, now() - interval '1 year',
           now() - interval '1 year' from r returning id)
       insert into visit_person (person_id, district, form, last_at, last_outcome, updated_at)
       select r.id, '${district}', r.form, now() - ago * interval '1 day', 'nothing_changed', now()
       from r join added on added.id = r.id`,
      columns,
    );
  }
  await owner.query('vacuum analyze care_person, visit_person');
}
