/**
 * People in care: what sealing costs for a page of fifty, and list, search, nearby, glance and one person over 100,000 of
 * them, beside the same SQL alone in the same run. Timed inside the program: transaction, scope, row-level security, SQL,
 * vault, masks; no HTTP. Goal: p99 ≤ 150 ms.
 *   node bench/people.ts [people] [repeats]
 */
import type pg from 'pg';
import { systemClock } from '#kit/clock.ts';
import { uuidV7 } from '#kit/ids.ts';
import { seededRandom, pickOne } from '#kit/random.ts';
import { openDatabase } from '#server/db/pool.ts';
import { createTerritory } from '#server/modules/grids/index.ts';
import type { Actor } from '#server/modules/identity/index.ts';
import { createPeople, type People } from '#server/modules/people/index.ts';
import { createVault, type Vault } from '#server/vault/vault.ts';
import {
  actorOf,
  city,
  communities,
  district,
  gridsOf,
  makeCells,
  onEmptyGround,
  placeIn,
  street,
} from './lib/cells.ts';
import { count, ms, quantile, tell, tellLimit, times } from './lib/figures.ts';

const people = Number(process.argv[2] ?? 100_000);
const repeats = Number(process.argv[3] ?? 150);
const pageRows = 50;
const limitMs = 150;
const tags = ['elder_alone', 'elder_couple', 'disabled_limb', 'child', 'poor', 'oxygen', 'chronic'];
const rng = seededRandom(41);

tellSealing('aes');
tellSealing('sm4');
await onEmptyGround(bench);

/** Fifty people of five sealed fields each: all opened (a file), and the names only (a list). */
function tellSealing(cipher: 'aes' | 'sm4'): void {
  const vault = createVault([new Uint8Array(32).fill(1)], { cipher });
  const values = Array.from({ length: pageRows * 5 }, (_, k) => `重庆市某某路${k}号 13900001234`);
  const sealed = values.map((value) => vault.seal(value, 'care_person.name'));
  const rounds = 200;
  const [sealMs, openMs, namesMs] = [
    timed(() => values.forEach((value) => vault.seal(value, 'care_person.name')), rounds),
    timed(() => sealed.forEach((value) => vault.open(value, 'care_person.name')), rounds),
    timed(() => sealed.slice(0, pageRows).forEach((value) => vault.open(value, 'care_person.name')), rounds),
  ];
  tell(`${cipher}: sealing a page of ${pageRows}, five fields each`, ms(sealMs));
  tell(`${cipher}: opening all of it`, ms(openMs));
  tell(`${cipher}: opening the names only, as a list does`, ms(namesMs));
}

function timed(work: () => void, rounds: number): number {
  work();
  const begun = performance.now();
  for (let k = 0; k < rounds; k++) work();
  return (performance.now() - begun) / rounds;
}

async function bench(url: string, owner: pg.Client): Promise<void> {
  const vault = createVault([new Uint8Array(32).fill(1)]);
  await fill(owner, vault);
  const database = openDatabase(url, { max: 4 });
  const register = createPeople({ database, territory: await createTerritory(database), vault, clock: systemClock });
  for (const [viewer, actor] of Object.entries({
    'grid worker': actorOf('full_time', gridsOf(communities[3] ?? '')[2] ?? ''),
    secretary: actorOf('secretary', communities[3] ?? ''),
    'street, as a seat': actorOf('intake_seat', street),
    'street, as special care': actorOf('special_care', street),
  }))
    for (const [what, ask] of Object.entries(questionsOf(register, actor))) {
      const spent: number[] = [];
      for (let k = 0; k < repeats; k++) {
        const begun = performance.now();
        await ask(k);
        spent.push(performance.now() - begun);
      }
      tell(`${what}, ${viewer}: p50`, ms(quantile(spent, 0.5)), `${count(people)} people, ${spent.length} reads`);
      tellLimit(`${what}, ${viewer}: p99`, quantile(spent, 0.99), limitMs);
    }
  await besideRaw(owner, register);
  await database.close();
}

function questionsOf({ handlers }: People, actor: Actor): Record<string, (k: number) => Promise<unknown>> {
  const empty = { params: {}, query: {}, body: {} };
  const glance = { glance: () => handlers.glance({ ...empty }, { actor }) };
  const near = { near: () => handlers.near({ ...empty, query: { ...placeIn(rng), radiusM: 300 } }, { actor }) };
  if (!actor.grants.some(({ permissions }) => permissions.has('care.read'))) return { ...glance, ...near };
  return {
    list: () => handlers.list({ ...empty, query: { limit: pageRows } }, { actor }),
    'list by tag': () => handlers.list({ ...empty, query: { limit: pageRows, tags: [pickOne(rng, tags)] } }, { actor }),
    search: (k) => handlers.find({ ...empty, body: { q: `样员${(k * 677) % people}` } }, { actor }),
    ...near,
    ...glance,
  };
}

/** The page of a secretary beside its SQL alone, as owner, without policy, vault or view. */
async function besideRaw(owner: pg.Client, { handlers }: People): Promise<void> {
  const actor = actorOf('secretary', communities[5] ?? '');
  const [ours, raw]: [number[], number[]] = [[], []];
  for (let k = 0; k < repeats; k++) {
    let begun = performance.now();
    await handlers.list({ params: {}, query: { limit: pageRows }, body: {} }, { actor });
    ours.push(performance.now() - begun);
    begun = performance.now();
    const path = [communities[5]];
    await owner.query('select * from care_person where retired_at is null and path && $1 order by id limit 51', [path]);
    await owner.query('select count(*) from care_person where retired_at is null and path && $1', [path]);
    raw.push(performance.now() - begun);
  }
  const [own, alone] = [quantile(ours, 0.5), quantile(raw, 0.5)];
  tell('list, secretary: p50 beside its SQL alone', ms(own), ms(alone), times(own / alone));
}

async function fill(owner: pg.Client, vault: Vault): Promise<void> {
  const begun = performance.now();
  await makeCells(owner);
  const batch = 5_000;
  for (let from = 0; from < people; from += batch)
    await owner.query(
      `insert into care_person (id, name, phone, name_index, phone_index, tags, address, lon, lat, area_code, path, district,
         restricted, created_at, updated_at)
       select r.id, r.name, r.phone, r.name_index, r.phone_index, array[r.tag], '样街1号', r.lon, r.lat, r.area,
         array['${city}', '${district}', '${street}', left(r.area, 12), r.area], '${district}', r.restricted, now(), now()
       from unnest($1::uuid[], $2::bytea[], $3::bytea[], $4::bytea[], $5::bytea[], $6::text[], $7::float8[], $8::float8[],
         $9::text[], $10::boolean[]) as r (id, name, phone, name_index, phone_index, tag, lon, lat, area, restricted)`,
      columnsOf(vault, from, Math.min(batch, people - from)),
    );
  await owner.query('vacuum analyze care_person');
  console.log(`${count(people)} people sealed and kept in ${((performance.now() - begun) / 1000).toFixed(0)} s`);
}

function columnsOf(vault: Vault, from: number, length: number): unknown[] {
  const rows = Array.from({ length }, (_, k) => {
    const [name, phone] = [`样员${from + k}`, `139${String(from + k).padStart(8, '0')}`];
    const restricted = (from + k) % 100 === 99;
    const { lon, lat } = placeIn(rng);
    return [
      uuidV7(Date.UTC(2026, 0, 1) + from + k),
      vault.seal(name, 'care_person.name'),
      vault.seal(phone, 'care_person.phone'),
      vault.blindIndex(name, 'care_person.name'),
      vault.blindIndex(phone, 'care_person.phone'),
      restricted ? 'correction' : pickOne(rng, tags),
      lon,
      lat,
      pickOne(rng, gridsOf(pickOne(rng, communities))),
      restricted,
    ];
  });
  return Array.from({ length: 10 }, (_, column) => rows.map((row) => row[column]));
}
