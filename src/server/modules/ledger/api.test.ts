import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ledgerRoutes } from '#contract/ledger.ts';
import { fixedClock } from '#kit/clock.ts';
import { openDatabase, type Database } from '#server/db/pool.ts';
import { systemScope } from '#server/db/scope.ts';
import { createTestDatabase, type TestDatabase } from '#test/helpers/db.ts';
import { append, configureLedger } from './append.ts';
import { ledgerHandlers, type LedgerViewer } from './handlers.ts';
import { createSequencer } from './sequencer.ts';
import { createSigner, isSignedBy, makeLedgerKey, publicKeyFromPem } from './signer.ts';
import { timeline } from './store-timeline.ts';

let test: TestDatabase;
let database: Database;
const clock = fixedClock(Date.parse('2026-03-01T08:00:00.000Z'));
const [alice, bob, unit] = [randomUUID(), randomUUID(), randomUUID()];
const auditor = viewer('audit', []);
const seat = viewer(null, [{ areaCode: '500103004', unitId: unit }]);

function viewer(adminKind: string | null, places: { areaCode: string | null; unitId: string }[]): LedgerViewer {
  return {
    actor: { adminKind, grants: places.map((place) => ({ ...place, permissions: new Set(['audit.read'] as const) })) },
  };
}

async function write(
  accountId: string,
  action: string,
  subjectId: string,
  audience: string[],
  note?: string,
): Promise<void> {
  clock.advance(60_000);
  await database.inTx(systemScope, (tx) =>
    append(tx, {
      actor: { kind: 'account', accountId, unitId: unit },
      action,
      subject: { type: 'event', id: subjectId },
      district: '500103',
      atMs: clock.now(),
      data: { to: 'filed' },
      words: { note: note ?? '' },
      audience,
    }),
  );
}

beforeAll(async () => {
  test = await createTestDatabase();
  database = openDatabase(test.url, { max: 4 });
  configureLedger({ tenant: 'main', wake: () => undefined });
  await write(alice, 'event.report', 'e1', ['a:500103', 'a:500103004'], '井盖松动');
  await write(bob, 'event.file', 'e1', ['a:500103', 'a:500103004']);
  await write(bob, 'event.report', 'e2', ['a:500105']);
  const log = { error: () => expect.fail('The sequencer failed.') };
  const sequencer = createSequencer({ database, tenant: 'main', signer: createSigner(makeLedgerKey()), clock, log });
  await sequencer.start();
  await sequencer.stop();
  await write(alice, 'event.note', 'e1', ['u:' + unit], '刚写的');
});

afterAll(async () => {
  await database.close();
  await test.drop();
});

/** As the server does it: parse the query, call, strip to the promise. */
async function call<K extends keyof ReturnType<typeof ledgerHandlers>>(
  name: K,
  query: Record<string, string> = {},
  who: LedgerViewer = auditor,
): Promise<ReturnType<(typeof ledgerRoutes)[K]['response']['parse']>> {
  const route = ledgerRoutes[name];
  const handler = ledgerHandlers(database, 'main')[name] as (input: unknown, ctx: LedgerViewer) => Promise<unknown>;
  const answer = await handler({ params: {}, query: route.query.parse(query), body: {} }, who);
  return route.response.parse(answer) as ReturnType<(typeof ledgerRoutes)[K]['response']['parse']>;
}

describe('the routes of the ledger', () => {
  it('publish the head and the key that signed it', async () => {
    const head = await call('head');
    const { keys } = await call('key');
    expect(head.size).toBe(3);
    expect(isSignedBy(head, publicKeyFromPem(keys[0]?.publicKey ?? ''))).toBe(true);
  });

  it('prove inclusion and consistency under that head', async () => {
    const head = await call('head');
    const { leaf, root, seq } = await call('inclusion', { seq: '2' });
    expect([root, seq]).toEqual([head.root, 2]);
    expect(leaf).toBe((await call('entries')).entries[1]?.leaf);
    expect((await call('consistency', { from: '2' })).to).toEqual({ size: 3, root: head.root });
    await expect(call('consistency', { from: '0' })).rejects.toMatchObject({ code: 'proof_refused' });
    await expect(call('inclusion', {})).rejects.toThrow(/either entryId or seq/);
  });

  it('list lines in order without words, by action and subject', async () => {
    const { entries, size } = await call('entries', { after: '1' });
    expect(entries.map((entry) => entry.seq)).toEqual([2, 3]);
    expect(size).toBe(3);
    expect(JSON.stringify(await call('entries'))).not.toContain('井盖');
    expect((await call('entries', { action: 'event.report' })).entries.map((entry) => entry.seq)).toEqual([1, 3]);
    expect((await call('entries', { subjectId: 'e2' })).entries.map((entry) => entry.seq)).toEqual([3]);
  });

  it('show the auditor who did what and when, newest first, page by page', async () => {
    const first = await call('audit', { limit: '3' });
    expect(first.entries.map((entry) => [entry.seq, entry.action, entry.actor.id])).toEqual([
      [null, 'event.note', alice],
      [3, 'event.report', bob],
      [2, 'event.file', bob],
    ]);
    const second = await call('audit', { limit: '3', cursor: first.next ?? '' });
    expect(second.entries.map((entry) => entry.words)).toEqual([{ note: '井盖松动' }]);
    expect(second.next).toBeNull();
  });

  it.each([
    [{ actorId: bob }, [3, 2]],
    [{ action: 'event.report' }, [3, 1]],
    [{ subjectType: 'event', subjectId: 'e1' }, [null, 2, 1]],
    [{ from: '2026-03-01T08:02:00.000Z', until: '2026-03-01T16:03:00.000+08:00' }, [2]],
  ] as const)('let the auditor search by %j', async (query, seqs) => {
    expect((await call('audit', query)).entries.map((entry) => entry.seq)).toEqual(seqs);
  });

  it('show others with audit.read only what their areas and units were told', async () => {
    expect((await call('audit', {}, seat)).entries.map((entry) => entry.seq)).toEqual([null, 2, 1]);
    expect((await call('audit', {}, viewer(null, []))).entries).toEqual([]);
  });
});

describe('a timeline', () => {
  it('holds the lines of one subject in order, with words, and without a number for the newest', async () => {
    const lines = await database.read(systemScope, (tx) => timeline(tx, 'event', 'e1'));
    expect(lines.map(({ seq, action, words, actorId }) => ({ seq, action, words, actorId }))).toEqual([
      { seq: 1, action: 'event.report', words: { note: '井盖松动' }, actorId: alice },
      { seq: 2, action: 'event.file', words: null, actorId: bob },
      { seq: null, action: 'event.note', words: { note: '刚写的' }, actorId: alice },
    ]);
    expect(lines[0]).toMatchObject({ actorKind: 'account', actorUnitId: unit, data: { to: 'filed' } });
    expect(await database.read(systemScope, (tx) => timeline(tx, 'account', 'e1'))).toEqual([]);
  });
});
