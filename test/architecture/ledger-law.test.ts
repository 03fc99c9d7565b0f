import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sql } from 'kysely';
import { openDatabase, type Database, type Tx } from '#server/db/pool.ts';
import { systemScope } from '#server/db/scope.ts';
import { append } from '#server/modules/ledger/index.ts';
import { createTestDatabase, type TestDatabase } from '#test/helpers/db.ts';

let test: TestDatabase;
let database: Database;
beforeAll(async () => {
  test = await createTestDatabase();
  database = openDatabase(test.url);
});
afterAll(async () => {
  await database.close();
  await test.drop();
});

const insertArea = (tx: Tx, code: string) =>
  tx.db
    .insertInto('area')
    .values({ code, tier: 'city', name: '试城', path: [code] })
    .execute();
const line = {
  actor: { kind: 'system', accountId: null },
  action: 'area.create',
  subject: { type: 'area', id: '500000' },
  district: '500000',
  atMs: 1_700_000_000_000,
} as const;

describe('the ledger law', () => {
  it('lets a change pass that leaves its line in the same transaction', async () => {
    await database.inTx(systemScope, async (tx) => {
      await insertArea(tx, '500000');
      await append(tx, line);
    });
    expect(await database.read(systemScope, (tx) => tx.db.selectFrom('area').select('code').execute())).toEqual([
      { code: '500000' },
    ]);
  });

  it('refuses a planted change without a line, and nothing of it remains', async () => {
    await expect(database.inTx(systemScope, (tx) => insertArea(tx, '510000'))).rejects.toMatchObject({ code: 'HG007' });
    expect(
      await database.read(systemScope, (tx) =>
        tx.db.selectFrom('area').select('code').where('code', '=', '510000').execute(),
      ),
    ).toEqual([]);
  });

  it('does not accept the line of an earlier transaction on the same connection', async () => {
    const narrow = openDatabase(test.url, { max: 1 });
    try {
      await narrow.inTx(systemScope, (tx) => append(tx, line).then(() => undefined));
      await expect(narrow.inTx(systemScope, (tx) => insertArea(tx, '520000'))).rejects.toMatchObject({ code: 'HG007' });
    } finally {
      await narrow.close();
    }
  });

  it('cannot be undone by the program: lines are neither changed nor removed', async () => {
    const attempt = (statement: ReturnType<typeof sql>) => database.inTx(systemScope, (tx) => statement.execute(tx.db));
    await expect(attempt(sql`update ledger_entry set action = 'x'`)).rejects.toMatchObject({ code: '42501' });
    await expect(attempt(sql`delete from ledger_entry`)).rejects.toMatchObject({ code: '42501' });
    await expect(attempt(sql`truncate ledger_entry cascade`)).rejects.toMatchObject({ code: '42501' });
    await expect(attempt(sql`update ledger_private set body = '{}'`)).rejects.toMatchObject({ code: '42501' });
    await expect(attempt(sql`alter table ledger_entry disable trigger all`)).rejects.toMatchObject({ code: '42501' });
  });

  it('row-level security shows nothing to a viewer without scope', async () => {
    const seen = await database.read({ seeAll: false, areas: [], units: [], accountId: randomUUID() }, (tx) =>
      tx.db.selectFrom('event').select('id').execute(),
    );
    expect(seen).toEqual([]);
  });
});
