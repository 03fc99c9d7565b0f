import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sql } from 'kysely';
import { AppError } from '#kit/errors.ts';
import { openDatabase, type Database, type Tx } from '#server/db/pool.ts';
import { systemScope } from '#server/db/scope.ts';
import { createTestDatabase, type TestDatabase } from '#test/helpers/db.ts';
import { administer } from '#test/helpers/postgres.ts';
import { once, type Op } from './once.ts';

let test: TestDatabase;
let database: Database;

beforeAll(async () => {
  test = await createTestDatabase();
  database = openDatabase(test.url, { max: 30 });
  await administer(
    test.url,
    'create table effect (op_id uuid not null, word text not null); grant all on effect to huangge_app;' +
      "create table thing (id int primary key, state text not null); insert into thing values (1, 'open'); grant all on thing to huangge_app",
  );
});

afterAll(async () => {
  await database.close();
  await test.drop();
});

function op(over: Partial<Op> = {}): Op {
  return { opId: randomUUID(), actor: 'a', route: 'event.report', request: { text: '路灯坏了', lon: 1 }, ...over };
}

async function leaveEffect(tx: Tx, opId: string): Promise<{ number: string }> {
  await sql`insert into effect (op_id, word) values (${opId}, 'done')`.execute(tx.db);
  return { number: randomUUID() };
}

async function countEffects(opIds: readonly string[]): Promise<number> {
  const { rows } = await database.pool.query('select count(*) as n from effect where op_id = any($1)', [opIds]);
  return (rows[0] as { n: number }).n;
}

describe('once', () => {
  it('gives 50 operations sent 10 times at once exactly 50 effects, and every sender the first answer', async () => {
    const ops = Array.from({ length: 50 }, () => op());
    const sent = ops.flatMap((one) => Array.from({ length: 10 }, () => one)).sort(() => Math.random() - 0.5);
    const answers = await Promise.all(
      sent.map(async (one) => ({
        opId: one.opId,
        answer: await once(database, systemScope, one, (tx) => leaveEffect(tx, one.opId)),
      })),
    );
    expect(await countEffects(ops.map((one) => one.opId))).toBe(50);
    for (const one of ops) {
      const numbers = new Set(answers.filter((a) => a.opId === one.opId).map((a) => a.answer.number));
      expect(numbers.size).toBe(1);
    }
  });

  it('answers a repetition with the first answer although the state has moved on', async () => {
    const one = op({ route: 'thing.close' });
    async function close(tx: Tx): Promise<{ state: string }> {
      const done = await sql`update thing set state = 'closed' where id = 1 and state = 'open'`.execute(tx.db);
      if (done.numAffectedRows !== 1n) throw new AppError('transition_not_allowed', 'Expected an open thing.');
      return { state: 'closed' };
    }
    const answers = await Promise.all(Array.from({ length: 10 }, () => once(database, systemScope, one, close)));
    expect(answers).toEqual(Array.from({ length: 10 }, () => ({ state: 'closed' })));
    await expect(once(database, systemScope, op({ route: 'thing.close' }), close)).rejects.toMatchObject({
      code: 'transition_not_allowed',
    });
  });

  it('stores nothing of a refused attempt, so that the same id may be tried again', async () => {
    const one = op();
    const refuse = async (tx: Tx): Promise<{ number: string }> => {
      await leaveEffect(tx, one.opId);
      throw new AppError('reason_needed', 'Expected a reason.');
    };
    await expect(once(database, systemScope, one, refuse)).rejects.toMatchObject({ code: 'reason_needed' });
    expect(await countEffects([one.opId])).toBe(0);
    await once(database, systemScope, one, (tx) => leaveEffect(tx, one.opId));
    expect(await countEffects([one.opId])).toBe(1);
  });

  it('lets a waiting repetition do the work when the first attempt fails', async () => {
    const one = op();
    let attempts = 0;
    const failFirst = async (tx: Tx): Promise<{ number: string }> => {
      attempts += 1;
      const mine = attempts;
      const answer = await leaveEffect(tx, one.opId);
      await sql`select pg_sleep(0.05)`.execute(tx.db);
      if (mine === 1) throw new AppError('evidence_needed', 'Expected a photo.');
      return answer;
    };
    const ended = await Promise.allSettled([1, 2, 3].map(() => once(database, systemScope, one, failFirst)));
    expect(ended.filter((e) => e.status === 'rejected')).toHaveLength(1);
    expect(attempts).toBe(2);
    expect(await countEffects([one.opId])).toBe(1);
  });

  it.each([
    ['another sender', { actor: 'b' }],
    ['another route', { route: 'event.close' }],
    ['another request', { request: { text: '井盖坏了', lon: 1 } }],
  ] as const)('refuses an id used by %s', async (_, over) => {
    const one = op();
    await once(database, systemScope, one, (tx) => leaveEffect(tx, one.opId));
    await expect(
      once(database, systemScope, { ...one, ...over }, (tx) => leaveEffect(tx, one.opId)),
    ).rejects.toMatchObject({ code: 'op_reused' });
    expect(await countEffects([one.opId])).toBe(1);
  });

  it('knows the same request again whatever the order of its members, absent ones or half an emoji', async () => {
    const one = op({ request: { a: 1, b: { c: 'x', d: undefined }, e: 'cut \ud83d' } });
    const first = await once(database, systemScope, one, (tx) => leaveEffect(tx, one.opId));
    const again = { ...one, request: { e: 'cut \ud83d', b: { c: 'x' }, a: 1 } };
    expect(await once(database, systemScope, again, (tx) => leaveEffect(tx, one.opId))).toEqual(first);
  });

  it('answers work without a result, first and again', async () => {
    const one = op();
    const nothing = async (tx: Tx): Promise<null> => {
      await leaveEffect(tx, one.opId);
      return null;
    };
    expect(await once(database, systemScope, one, nothing)).toBeNull();
    expect(await once(database, systemScope, one, nothing)).toBeNull();
    expect(await countEffects([one.opId])).toBe(1);
  });
});
