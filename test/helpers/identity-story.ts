import { hash } from '@node-rs/argon2';
import type { FastifyInstance } from 'fastify';
import pg from 'pg';
import { identityRoutes } from '#contract/identity.ts';
import { fixedClock } from '#kit/clock.ts';
import { openDatabase, type Database } from '#server/db/pool.ts';
import { systemScope } from '#server/db/scope.ts';
import { createVault } from '#server/vault/vault.ts';
import { openBrowser, smallApp, type Browser } from './browser.ts';
import { createTestDatabase } from './db.ts';
import { createIdentity, seedAccounts, type Identity, type OidcProvider } from '#server/modules/identity/index.ts';

/** Monday 2 June 2025, 09:00 in Chongqing. */
export const monday = Date.parse('2025-06-02T09:00:00+08:00');
export const password = 'four words make sense';
export const units = { centre: '00000000-0000-7000-8000-000000000001', bureau: '00000000-0000-7000-8000-000000000002' };

export interface Story {
  database: Database;
  clock: ReturnType<typeof fixedClock>;
  identity: Identity;
  app: FastifyInstance;
  /** Account ids by login. */
  ids: Map<string, string>;
  browser(address?: string): Browser;
  /** A browser in which this person has signed in. */
  signedIn(login: string): Promise<Browser>;
  idOf(login: string): string;
  /** Actions of the ledger so far, in order. */
  actions(): Promise<string[]>;
  rows<T extends pg.QueryResultRow>(text: string, values?: unknown[]): Promise<T[]>;
  /** Monday morning again: the same people, nothing else. Before each test. */
  begin(): Promise<void>;
  end(): Promise<void>;
}

/**
 * A street in a district of a city, two units, and: three administrators, a dispatcher, a district officer, a handler,
 * a newcomer without any appointment and a service account.
 */
export async function openStory(options: { oidc?: OidcProvider } = {}): Promise<Story> {
  const test = await createTestDatabase();
  const owner = new pg.Client({ connectionString: test.url });
  await owner.connect();
  await owner.query(`
    insert into area (code, tier, name, parent_code, path) values
      ('500000', 'city', '山城', null, '{500000}'),
      ('500103', 'district', '渝中区', '500000', '{500000,500103}'),
      ('500103004', 'street', '两路口街道', '500103', '{500000,500103,500103004}'),
      ('500103005', 'street', '上清寺街道', '500103', '{500000,500103,500103005}');
    insert into unit (id, code, kind, role_code, name, tier, area_code) values
      ('${units.centre}', 'c4', 'centre', 'centre', '两路口治理中心', 'street', '500103004'),
      ('${units.bureau}', 'b', 'department', 'urban_management', '城管局', 'district', '500103')`);
  const database = openDatabase(test.url, { max: 8 });
  const clock = fixedClock(monday);
  const identity = createIdentity({
    database,
    clock,
    vault: createVault([new Uint8Array(32).fill(7)]),
    secure: false,
    ...options,
  });
  const list = [
    { login: 'sys', displayName: '系统员', adminKind: 'system' },
    { login: 'sec', displayName: '安全员', adminKind: 'security' },
    { login: 'sec2', displayName: '安全员乙', adminKind: 'security' },
    { login: 'aud', displayName: '审计员', adminKind: 'audit' },
    {
      login: 'disp',
      displayName: '派遣员',
      appointments: [{ unitId: units.centre, role: 'dispatch_seat', areaCode: '500103004', since: '2025-01-01' }],
    },
    {
      login: 'dist',
      displayName: '区派遣员',
      appointments: [{ unitId: units.bureau, role: 'dispatch_seat', areaCode: '500103', since: '2025-01-01' }],
    },
    {
      login: 'hand',
      displayName: '处置员',
      email: 'hand@example.org',
      appointments: [{ unitId: units.bureau, role: 'handler', areaCode: null, since: '2025-01-01' }],
    },
    { login: 'new', displayName: '新来的' },
    {
      login: 'bot',
      displayName: '对接程序',
      kind: 'service',
      appointments: [{ unitId: units.centre, role: 'clerk', areaCode: '500103004', since: '2025-01-01' }],
    },
  ] as const;
  // A cheap hash: these stories sign in hundreds of times.
  const passwordHash = await hash(password, { memoryCost: 64, timeCost: 1 });
  const seeds = list.map((row) => ({ ...row, password: null, ...('kind' in row ? {} : { passwordHash }) }));
  const ids = new Map<string, string>();
  const emptying = await emptyingOf(owner, ['account', 'throttle', 'ledger_entry', 'ledger_pending']);
  const app = await smallApp(identityRoutes, identity.handlers, identity.identify);

  const story: Story = {
    database,
    clock,
    identity,
    app,
    ids,
    browser: (address) => openBrowser(app, address),
    async signedIn(login) {
      const browser = openBrowser(app);
      const answer = await browser.call('POST', '/api/session', { login, password });
      if (answer.status !== 200) throw new Error(`${login} could not sign in: ${JSON.stringify(answer.body)}`);
      return browser;
    },
    idOf: (login) => ids.get(login) ?? '',
    actions: async () =>
      (await story.rows<{ action: string }>('select action from ledger_entry order by ctid')).map((row) => row.action),
    rows: async (text, values) => (await owner.query(text, values)).rows,
    async begin() {
      await owner.query(emptying);
      clock.set(monday);
      identity.forgetActors();
      const made = await database.inTx(systemScope, (tx) =>
        seedAccounts(tx, seeds, { nowMs: monday - 60_000, district: '500103' }),
      );
      list.forEach((row, index) => ids.set(row.login, made[index] ?? ''));
    },
    async end() {
      await app.close();
      await database.close();
      await owner.end();
      await test.drop();
    },
  };
  return story;
}

/**
 * Statements that empty tables and all that refers to them. To delete the few rows there are takes a few milliseconds; to
 * truncate a hundred tables, nearly all of them empty, takes half a second.
 */
async function emptyingOf(owner: pg.Client, tables: readonly string[]): Promise<string> {
  const { rows } = await owner.query<{ name: string }>(
    `with recursive reached (id) as (
       select unnest($1::regclass[])::oid
       union select conrelid from pg_constraint join reached on confrelid = id where contype = 'f')
     select id::regclass::text as name from reached`,
    [tables],
  );
  const deletes = rows.map(({ name }) => `delete from ${name};`).join(' ');
  return `begin; set local session_replication_role = replica; ${deletes} commit;`;
}
