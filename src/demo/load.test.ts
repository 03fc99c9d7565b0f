import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checkTiling } from '#engine/territory/tiling.ts';
import { fixedClock } from '#kit/clock.ts';
import { openDatabase, type Database } from '#server/db/pool.ts';
import { blindScope, systemScope, type Scope } from '#server/db/scope.ts';
import { createTerritory } from '#server/modules/grids/index.ts';
import { membersByGrid } from '#server/modules/groups/coverage.ts';
import { isPassword } from '#server/modules/identity/passwords.ts';
import { scopeOf } from '#server/modules/identity/index.ts';
import { createSequencer, createSigner, makeLedgerKey, verifyStored } from '#server/modules/ledger/index.ts';
import { createVault } from '#server/vault/vault.ts';
import { createTestDatabase, type TestDatabase } from '#test/helpers/db.ts';
import { makeCast } from './history/cast.ts';
import { demoLogins, demoPassword, generateMany, loadDemo, makeTown } from './index.ts';

const nowMs = Date.UTC(2026, 9, 20, 3);
const clock = fixedClock(nowMs);
let test: TestDatabase;
let database: Database;
const said: string[] = [];

const load = () =>
  loadDemo({
    database,
    ownerUrl: test.url,
    vault: createVault([new Uint8Array(32)]),
    clock,
    log: (line) => said.push(line),
  });

async function ask<T>(query: string, scope: Scope = systemScope): Promise<T | undefined> {
  return database.read(scope, async (tx) => (await sql.raw<{ value: T }>(query).execute(tx.db)).rows[0]?.value);
}

beforeAll(async () => {
  test = await createTestDatabase();
  database = openDatabase(test.url, { max: 4 });
  expect((await load()).loaded).toBe(true);
  process.stdout.write(`${said.join('\n')}\n`);
}, 180_000);

afterAll(async () => {
  await database.close();
  await test.drop();
});

it('reaches the share of residents the article tells, counted', async () => {
  const territory = await createTerritory(database);
  const counted = await membersByGrid({ database, territory }, ['500103004']);
  const sum = (of: (grid: { members: number; residents: number }) => number): number =>
    [...counted.values()].reduce((total, grid) => total + of(grid), 0);
  const share = sum(({ members }) => members) / sum(({ residents }) => residents);
  expect(Math.round(share * 10_000) / 100).toBe(61.23);
  const shares = [...counted.values()].map(({ members, residents }) => members / residents);
  expect(Math.max(...shares) - Math.min(...shares)).toBeGreaterThan(0.2);
});

const carePeople = `select count(*)::int as value from care_person where path @> '{500103004}'`;

describe('the demo town in a fresh database', () => {
  it.each([
    [
      'grids of the demo street',
      `select count(*)::int as value from area where tier = 'grid' and code like '500103004%'`,
      54,
    ],
    [
      'online groups of the demo street',
      `select count(*)::int as value from online_group where areas @> '{500103004}'`,
      190,
    ],
    ['its posts', `select count(*)::int as value from unit where kind = 'post' and area_code = '500103004'`, 23],
    ['its boards', `select count(*)::int as value from board where area_code = '500103004'`, 4],
    [
      'devices, one of them in the cable well of the story',
      `select count(*)::int as value from device where state = 'active' and (code <> 'CW-JKL-0001' or path @> array['500103004'])`,
      385,
    ],
    ['streets with posts', `select count(distinct area_code)::int as value from unit where kind = 'post'`, 3],
    [
      'its grid force',
      `select count(distinct account_id)::int as value from appointment where area_code like '500103004%' and length(area_code) = 15`,
      1370,
    ],
    [
      'its grid leaders',
      `select count(*)::int as value from appointment where role = 'leader' and area_code like '500103004%'`,
      54,
    ],
    ['its risk points', `select count(*)::int as value from risk_point where path @> '{500103004}'`, 435],
    // Restricted records are seen by those who say so only.
    ['its people in care', carePeople, 1914],
    [
      'agencies of the cable well whom nobody here can sign in for',
      `select count(*)::int as value from unit u where code in ('500103-unicom', '500103-tower')
         and exists (select from appointment a where a.unit_id = u.id)`,
      0,
    ],
    ['administrators', 'select count(distinct admin_kind)::int as value from account where admin_kind is not null', 3],
    [
      'communities without a committee',
      `select count(*)::int as value from area a where tier = 'community' and not exists (select from unit u where u.area_code = a.code and u.kind = 'committee')`,
      0,
    ],
    ['reports later than now', `select count(*)::int as value from ledger_entry where at > '2026-10-20T03:00:00Z'`, 0],
  ])('has the right number of %s', async (_what, query, expected) => {
    expect(await ask<number>(query)).toBe(expected);
  });

  it('has the right number of its people in care, restricted records with them', async () => {
    expect(await ask<number>(carePeople, { ...systemScope, restricted: '*' })).toBe(1914 + 20);
  });

  it('has about 700 events of the demo street in its last 30 days, some of them open', async () => {
    const month = `from event where street = '500103004' and reported_at > '2026-09-20T03:00:00Z'`;
    const reported = await ask<number>(`select count(*)::int as value ${month}`);
    expect(reported).toBeGreaterThan(690);
    expect(reported).toBeLessThan(710);
    expect(await ask<number>(`select count(*)::int as value ${month} and ended_at is null`)).toBeGreaterThan(60);
  });

  it('is loaded once', async () => {
    expect(await load()).toMatchObject({ loaded: false, password: demoPassword });
  });

  it('tiles: no overlap and no gap at any tier', () => {
    const { areas } = makeTown().geography;
    for (const parent of areas) {
      const children = areas.filter(({ parentCode }) => parentCode === parent.code);
      if (children.length > 0) expect(checkTiling(children, parent), parent.name).toEqual([]);
    }
  });

  it('shows every demo login events of their own, and nothing without an appointment', async () => {
    const cast = makeCast(makeTown().people);
    const all = await ask<number>('select count(*)::int as value from event');
    for (const { login } of demoLogins) {
      const actor = cast.byLogin(login);
      const seen =
        actor === undefined
          ? -1
          : ((await ask<number>('select count(*)::int as value from event', scopeOf(actor))) ?? 0);
      const blind = ['zhanzhang', 'zhiyuan', 'guihua'].includes(login); // see only what they report themselves
      if (actor?.adminKind !== null || blind) expect(seen, login).toBe(0);
      else expect(seen, login).toBeGreaterThan(10);
      expect(seen, login).toBeLessThan(all ?? 0);
    }
    expect(await ask<number>('select count(*)::int as value from event', blindScope)).toBe(0);
  });

  it('lets the demo logins in with the demo password', async () => {
    const hash = await ask<string>(`select password_hash as value from account where login = 'wangge'`);
    expect(await isPassword(hash ?? null, demoPassword)).toBe(true);
  });

  it('goes on numbering events after its own', async () => {
    const highest = await ask<string>(`select max(substr(number, 10)) as value from event`);
    expect(await ask<number>(`select last_value::int as value from event_number_seq`)).toBe(Number(highest));
  });

  it('has a ledger that can be numbered and verified to the last word', async () => {
    const log = { error: (_: unknown, message: string) => expect.fail(message) };
    const sequencer = createSequencer({ database, tenant: 'main', signer: createSigner(makeLedgerKey()), clock, log });
    await sequencer.start();
    await sequencer.idle();
    await sequencer.stop();
    const lines = await ask<number>('select count(*)::int as value from ledger_entry');
    expect(await verifyStored(database, 'main')).toMatchObject({ ok: true, size: lines });
  }, 120_000);

  it('takes many more events for measuring, and leaves every index in place', async () => {
    const indexes = `select count(*)::int as value from pg_indexes where schemaname = 'public'`;
    const [events, before] = [
      await ask<number>('select count(*)::int as value from event'),
      await ask<number>(indexes),
    ];
    await generateMany({ ownerUrl: test.url, count: 2_000, nowMs });
    expect(await ask<number>('select count(*)::int as value from event')).toBe((events ?? 0) + 2_000);
    expect(await ask<number>(indexes)).toBe(before);
    expect(
      await ask<number>(
        'select count(*)::int as value from event e where not exists (select from event_reporter r where r.event_id = e.id) and merged_into is null',
      ),
    ).toBe(0);
  }, 60_000);

  it('has looked at its risk points for half a year, found things that became events, and has something due today', async () => {
    const count = (what: string) => ask<number>(`select count(*)::int as value from ${what}`);
    expect(await count('inspection')).toBeGreaterThan(2_500);
    expect(await count('inspection where event_id is not null')).toBeGreaterThan(15);
    expect(await count(`attachment where subject_type = 'inspection'`)).toBe(0); // this demo has no files
    const endOfDay = '2026-10-20T16:00:00Z';
    const own = `responsible_id = (select id from account where login = 'wangge')`;
    expect(await count(`risk_point where look_due_at < '${endOfDay}' and ${own}`)).toBe(3);
    const late = (await count(`risk_point where look_due_at < '2026-10-20T03:00:00Z'`)) ?? 0;
    expect(late).toBeGreaterThan(5);
    expect(late).toBeLessThan(50);
    expect(await count(`risk_point where note = '每周巡查一次' and cycle_days <> 7`)).toBe(0);
    expect(
      await count(
        `risk_point p where last_look_at <> (select max(at) from inspection i where i.point_id = p.id and i.result <> 'not_reachable')`,
      ),
    ).toBe(0);
    expect(await count(`ledger_entry where action = 'inspection.record'`)).toBe(await count('inspection'));
  });
});

it('counts what the stations gave from their records: three thousand activities held, half a million person-times', async () => {
  const persons = await ask<number>('select sum(persons)::int as value from service_record');
  const held = await ask<number>(`select count(*)::int as value from activity where state = 'held'`);
  expect(persons).toBeGreaterThan(500_000);
  expect(held).toBeGreaterThan(3_000);
  expect(await ask<number>(`select sum(persons)::int as value from service_tally where what = 'kind'`)).toBe(persons);
  expect(await ask<number>(`select count(*)::int as value from service_record where at > '${new Date(nowMs).toISOString()}'`)).toBe(0); // prettier-ignore
  // Everything is a row: no activity was held without anybody having been counted.
  expect(await ask<number>(`select count(*)::int as value from activity a where state = 'held' and not exists (select from service_record r where r.activity_id = a.id)`)).toBe(0); // prettier-ignore
});
