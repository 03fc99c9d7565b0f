import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '#test/helpers/db.ts';
import { keptMark, laterMark } from './pipeline.ts';
import { openDatabase, type Database, type Tx } from './pool.ts';
import { systemScope } from './scope.ts';

let test: TestDatabase;
let database: Database;
const later = sql.raw(laterMark);
const kept = sql.raw(keptMark);

beforeAll(async () => {
  test = await createTestDatabase();
  database = openDatabase(test.url, { max: 1, role: null });
  await database.pool.query('create table kept_number (n integer primary key)');
});

afterAll(async () => {
  await database.close();
  await test.drop();
});

const add = (tx: Tx, n: number) => sql`${later} insert into kept_number values (${n})`.execute(tx.db);

async function numbers(): Promise<number[]> {
  const { rows } = await database.pool.query<{ n: number }>('select n from kept_number order by n');
  return rows.map(({ n }) => n);
}

describe('statements sent without waiting', () => {
  it('are there when the transaction has ended, and for what comes behind them', async () => {
    const seen = await database.inTx(systemScope, async (tx) => {
      await add(tx, 1);
      await add(tx, 2);
      return (await sql<{ n: number }>`select count(*)::int as n from kept_number`.execute(tx.db)).rows[0]?.n;
    });
    expect(seen).toBe(2);
    expect(await numbers()).toEqual([1, 2]);
  });

  it('tell their failure at the next statement, and nothing of the transaction stays', async () => {
    const act = database.inTx(systemScope, async (tx) => {
      await add(tx, 3);
      await add(tx, 1);
      await sql`select 1`.execute(tx.db);
    });
    await expect(act).rejects.toMatchObject({ code: '23505', constraint: 'kept_number_pkey' });
    expect(await numbers()).toEqual([1, 2]);
  });

  it('tell their failure at the commit when nothing else follows, and no hook runs', async () => {
    let told = 0;
    const act = database.inTx(systemScope, async (tx) => {
      tx.afterCommit(() => told++);
      await add(tx, 4);
      await add(tx, 2);
    });
    await expect(act).rejects.toMatchObject({ code: '23505' });
    expect(told).toBe(0);
    expect(await numbers()).toEqual([1, 2]);
  });

  it('leave the connection usable, and the error of the work itself comes first', async () => {
    const act = database.inTx(systemScope, async (tx) => {
      await add(tx, 5);
      throw new Error('changed my mind');
    });
    await expect(act).rejects.toThrow('changed my mind');
    await database.inTx(systemScope, (tx) => add(tx, 6));
    expect(await numbers()).toEqual([1, 2, 6]);
  });
});

describe('statements that are kept', () => {
  it('are planned once for each connection, also when sent twice before the first is answered', async () => {
    const twice = sql.raw(`${keptMark}${laterMark}`);
    for (let round = 0; round < 3; round++)
      await database.inTx(systemScope, async (tx) => {
        await sql`${twice} insert into kept_number values (${100 + 2 * round})`.execute(tx.db);
        await sql`${twice} insert into kept_number values (${101 + 2 * round})`.execute(tx.db);
        await sql`${kept} select count(*) from kept_number where n > ${round}`.execute(tx.db);
      });
    expect((await numbers()).filter((n) => n >= 100)).toEqual([100, 101, 102, 103, 104, 105]);
    const { rows } = await database.pool.query<{ text: string }>(
      'select statement as text from pg_prepared_statements',
    );
    expect(rows.map(({ text }) => text.includes(keptMark))).toEqual([true, true]);
  });
});
