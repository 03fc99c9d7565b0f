import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AppError } from '#kit/errors.ts';
import type { PersonKey } from '#test/helpers/events-world.ts';
import { createAnalyticsWorld, type AnalyticsWorld, type Verb } from './world.fixture.ts';

let world: AnalyticsWorld;
beforeAll(async () => {
  world = await createAnalyticsWorld();
  await world.analytics.refresh();
});
afterAll(() => world.close());

const tables = {
  event_fact: 'event_id',
  indicator_day: 'area, class, day',
  indicator_month: 'area, class, month',
  unit_day: 'unit_id, day, area',
  unit_month: 'unit_id, month, area',
  wait_day: 'area, class, day',
  wait_month: 'area, class, month',
  stratum_month: 'unit_id, month, area, stratum',
};

/** Every derived row as text, in the order of its key. */
async function dump(): Promise<Record<string, string[]>> {
  const found: Record<string, string[]> = {};
  for (const [table, key] of Object.entries(tables)) {
    const { rows } = await world.owner.query<{ row: string }>(`select t::text as row from ${table} t order by ${key}`);
    found[table] = rows.map(({ row }) => row);
  }
  return found;
}

async function expectSameAsRebuilt(): Promise<Record<string, string[]>> {
  const followed = await dump();
  await world.analytics.rebuild();
  const rebuilt = await dump();
  for (const table of Object.keys(tables)) {
    const only = (a?: string[], b?: string[]) => (a ?? []).filter((row) => b?.includes(row) !== true);
    expect({ table, rows: only(followed[table], rebuilt[table]) }).toEqual({
      table,
      rows: only(rebuilt[table], followed[table]),
    });
  }
  return followed;
}

/** What may be tried on an event: who, verb, and a body from what stands there. */
type Move = (id: string) => Promise<void>;
const words = { reason: '原因写在这里', note: '' };
const task = async (id: string, ...states: string[]) =>
  (await world.detail(id)).tasks.find(({ status }) => states.includes(status))?.id ?? randomUUID();
const by = (who: PersonKey, verb: Verb, body: (id: string) => object | Promise<object> = () => ({})): Move => {
  return async (id) => world.does(who, verb, id, { ...(await body(id)) });
};
const moves: readonly Move[] = [
  by('gridWorker', 'escalate', () => words),
  by('intake', 'file'),
  by('intake', 'decline', () => words),
  by('dispatcher', 'dispatch', () => ({ leadUnitId: world.unit.cityPost })),
  by('dispatcher', 'dispatch', () => ({ leadUnitId: world.unit.power })),
  by('postHandler', 'accept', async (id) => ({ taskId: await task(id, 'offered') })),
  by('powerHandler', 'accept', async (id) => ({ taskId: await task(id, 'offered') })),
  by('postHandler', 'return', async (id) => ({ ...words, taskId: await task(id, 'accepted', 'on_site') })),
  by('powerHandler', 'return', async (id) => ({ ...words, taskId: await task(id, 'offered', 'accepted') })),
  by('postHandler', 'arrive', async (id) => ({ taskId: await task(id, 'accepted') })),
  by('postHandler', 'finish', async (id) => ({
    taskId: await task(id, 'accepted', 'on_site'), result: '处理好了', noEvidenceReason: '没拍上',
  })), // prettier-ignore
  by('inspector', 'check', () => ({ outcome: 'pass' })),
  by('inspector', 'check', () => ({ outcome: 'fail', note: '没清干净' })),
  by('chief', 'reopen', () => words),
  by('chief', 'shelve', () => ({ ...words, reviewAt: new Date(world.clock.now() + 86_400_000).toISOString() })),
  by('chief', 'resume'),
  by('chief', 'cancel', () => words),
  by('dispatcher', 'recategorise', () => ({ ...words, categoryCode: 'E0105' })),
  by('dispatcher', 'relocate', () => ({ ...words, lon: 106.57, lat: 29.57, placeWords: '' })),
  by('chief', 'reprioritise', () => ({ ...words, priority: 1 })),
  by('gridWorker', 'urge', () => ({ note: '快点' })),
  async () => {
    world.clock.advance(26 * 3_600_000);
  },
  async () => void (await world.events.jobs.ringClocks(50)),
  () => world.follow(),
];

/** Refusals are part of a history: most moves are not allowed most of the time. */
async function attempt(move: Move, id: string): Promise<boolean> {
  try {
    await move(id);
    return true;
  } catch (error) {
    if (error instanceof AppError) return false;
    throw error;
  }
}

describe('facts that follow the ledger', () => {
  it('are the same, with all rollups, as facts told from the start, after histories nobody planned', async () => {
    let done = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.nat(3), fc.nat(moves.length - 1)), { minLength: 12, maxLength: 40 }),
        async (tries) => {
          const ids = [
          await world.report(), await world.filed({ categoryCode: 'E0105' }), (await world.handled()).id, await world.closed(),
        ]; // prettier-ignore
          for (const [event, move] of tries) {
            const chosen = moves[move];
            const id = ids[event];
            if (chosen !== undefined && id !== undefined && (await attempt(chosen, id))) done += 1;
          }
          await world.follow();
          await expectSameAsRebuilt();
        },
      ),
      { numRuns: 8, seed: 20260615 },
    );
    expect(done).toBeGreaterThan(40);
  }, 300_000);

  it('leave no row of a place that nothing lies in any more', async () => {
    const id = await world.report({ categoryCode: 'G1202' });
    await world.follow();
    const here = (rows: Record<string, string[]>) =>
      rows['indicator_day']?.some((row) => row.includes(',500103004,500103,G12,'));
    expect(here(await dump())).toBe(true);
    await world
      .does('dispatcher', 'relocate', id, { reason: '走错了', lon: 106.57, lat: 29.57, placeWords: '' })
      .catch(() =>
        world.does('secretary', 'relocate', id, { reason: '走错了', lon: 106.57, lat: 29.57, placeWords: '' }),
      );
    await world.follow();
    expect(here(await expectSameAsRebuilt())).toBe(false);
  });

  it('are told once although two processes follow at once, and again after a process died in between', async () => {
    await Promise.all(Array.from({ length: 6 }, () => world.report()));
    const other = world.another();
    await Promise.all([world.follow(), other.refresh(), other.refresh(), world.analytics.refresh()]);
    await world.follow();
    await expectSameAsRebuilt();
    // A death between telling and committing is a rollback: the cursor stays behind with the facts.
    const { rows: before } = await world.owner.query<{ seq: number }>('select seq::int from analytics_cursor');
    await world.owner.query(
      "create function die() returns trigger language plpgsql as $$ begin raise exception 'killed'; end $$; create trigger die before update on analytics_cursor for each row execute function die()",
    );
    await world.report();
    await expect(world.follow()).rejects.toThrow('killed');
    await world.owner.query('drop trigger die on analytics_cursor; drop function die');
    const { rows: still } = await world.owner.query<{ seq: number }>('select seq::int from analytics_cursor');
    expect(still).toEqual(before);
    await world.follow();
    await expectSameAsRebuilt();
  });

  it('follow another calendar, which moves limits without a line at each event', async () => {
    const { id } = await world.handled();
    await world.follow();
    const due = async () =>
      (await world.owner.query<{ due: Date }>('select due_at as due from event_fact where event_id = $1', [id])).rows[0]
        ?.due;
    const before = await due();
    await world.owner.query("update event set due_at = due_at + interval '1 day' where id = $1", [id]);
    await world.database.inTx({ seeAll: true, areas: [], units: [], accountId: null }, async (tx) => {
      const { append } = await import('#server/modules/ledger/index.ts');
      await append(tx, {
        actor: { kind: 'system', accountId: null }, action: 'calendar.save', subject: { type: 'library', id: 'calendar' },
        district: '500103', atMs: world.clock.now(),
      }); // prettier-ignore
    });
    await world.follow();
    expect((await due())?.getTime()).toBe((before?.getTime() ?? 0) + 86_400_000);
  });
});
