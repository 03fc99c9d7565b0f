import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { isAppError, type ErrorCode } from '#kit/errors.ts';
import { uuidV7 } from '#kit/ids.ts';
import { openDatabase } from '#server/db/pool.ts';
import { systemScope } from '#server/db/scope.ts';
import { buildServices, type ServicesWorld } from './services.fixture.ts';

let world: ServicesWorld;
beforeAll(async () => {
  world = await buildServices();
});
afterAll(() => world.close());
beforeEach(() => world.running.splice(0));

async function refused(work: Promise<unknown>, code: ErrorCode): Promise<void> {
  const error = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!isAppError(error, code)) throw new Error(`Expected a refusal "${code}", got ${String(error)}`);
}
const iso = (ms: number): string => new Date(ms).toISOString();
const volunteer = () => world.at['gate volunteer'];
const first = async (id: string) =>
  (await world.list(world.at['gate station_head'], 'gate')).items.find((row) => row.id === id);

describe('a service', () => {
  test('is recorded with its moment, its weather and what it took; nobody is named anywhere', async () => {
    world.running.push({
      kind: 'heat',
      colour: 'orange',
      areas: ['500103004'],
      headline: '高温橙色预警',
      startsAt: new Date(world.clock.now() - 3_600_000),
      endsAt: new Date(world.clock.now() + 3_600_000),
    });
    await world.stock('gate', 'cup', 20);
    const at = iso(world.clock.now() - 60_000);
    const given = world.one('water', { persons: 12, visitor: 'tourist', at });
    const answer = await world.record(volunteer(), 'gate', [given]);
    expect(answer.items).toEqual([{ id: given.id, state: 'recorded', eventId: null, short: [] }]);
    expect(await world.left('gate', 'cup')).toBe(8);
    expect(await first(given.id)).toMatchObject({
      kind: 'water',
      persons: 12,
      visitor: 'tourist',
      weather: 'heat.orange',
      at,
      correction: null,
    });
    const { rows } = await world.owner.query<{ data: Record<string, unknown>; audience: string[] }>(
      "select data, audience from ledger_entry where action = 'service.record' and subject_id = $1",
      [given.id],
    );
    expect(rows[0]?.data).toMatchObject({ kind: 'water', persons: 12, taken: [{ itemCode: 'cup', quantity: 12 }] });
    expect(rows[0]?.audience).toContain(`u:${world.unitOf.gate}`);
  });

  test('is never refused because the books are short; what is missing is said', async () => {
    const given = world.one('medicine', { take: [{ itemCode: 'ors', quantity: 3 }] });
    const answer = await world.record(volunteer(), 'gate', [given]);
    expect(answer.items[0]?.short).toEqual([{ itemCode: 'ors', quantity: 3 }]);
  });

  test('of an expired batch takes nothing', async () => {
    await world.stock('gate', 'huoxiang', 5, '2026-06-14');
    const given = world.one('medicine', { take: [{ itemCode: 'huoxiang', quantity: 1 }] });
    const answer = await world.record(volunteer(), 'gate', [given]);
    expect(answer.items[0]?.short).toEqual([{ itemCode: 'huoxiang', quantity: 1 }]);
    expect(await world.left('gate', 'huoxiang')).toBe(5);
  });

  test('that a tablet dates wrongly carries the server’s time', async () => {
    const given = world.one('rest', { at: '2031-01-01T00:00:00Z' });
    await world.record(volunteer(), 'gate', [given]);
    expect((await first(given.id))?.at).toBe(iso(world.clock.now()));
  });

  test('with words that look like a person is refused kindly, and nothing is kept', async () => {
    const given = world.one('other', { note: '打给 139 1234 5678' });
    await refused(world.record(volunteer(), 'gate', [given]), 'personal_data');
    await refused(
      world.record(volunteer(), 'gate', [
        world.one('report', { raise: { categoryCode: 'E0102', words: '一三九一二三四五六七八' } }),
      ]),
      'personal_data',
    );
    expect(await first(given.id)).toBeUndefined();
  });

  test.each([
    ['kind', { kind: 'massage' }],
    ['card', { aid: { card: 'surgery' } }],
    ['item', { take: [{ itemCode: 'gold', quantity: 1 }] }],
    ['activity', { activityId: uuidV7() }],
    ['partner', { partnerId: uuidV7() }],
  ])('of an unknown %s is refused', async (_what, more) => {
    await refused(world.record(volunteer(), 'gate', [{ ...world.one('rest'), ...more }]), 'bad_input');
  });
});

describe('who may', () => {
  test('a foreign station looks absent, to record, read, correct and end', async () => {
    const given = world.one('rest');
    await world.record(volunteer(), 'gate', [given]);
    const stranger = world.at['bridge volunteer'];
    await refused(world.record(stranger, 'gate', [world.one('rest')]), 'not_found');
    await refused(world.list(stranger, 'gate'), 'not_found');
    await refused(world.correct(stranger, given.id), 'not_found');
    await refused(world.aid(stranger, given.id), 'not_found');
    expect(await first(given.id)).toMatchObject({ correction: null });
  });
  test('the street’s seats read what lies in their area and record nothing; another street sees none of it', async () => {
    expect((await world.list(world.as.intake, 'gate')).items.length).toBeGreaterThan(0);
    await refused(world.record(world.as.intake, 'gate', [world.one('rest')]), 'not_found');
    await refused(world.list(world.as.northIntake, 'gate'), 'not_found');
    expect((await world.today(world.as.intake)).stations.map(({ code }) => code)).toEqual(['bridge', 'gate']);
    expect((await world.today(world.as.northIntake)).stations.map(({ code }) => code)).toEqual(['north']);
  });
  test('the right is looked at when the act arrives, not when it was done', async () => {
    const gone = { ...volunteer(), grants: [] };
    await refused(world.record(gone, 'gate', [world.one('rest')]), 'not_found');
  });
  test('the database itself lets nobody change or remove a record', async () => {
    const given = world.one('rest');
    await world.record(volunteer(), 'gate', [given]);
    const app = openDatabase(world.url);
    for (const table of ['service_record', 'service_correction', 'service_aid', 'service_want'])
      for (const act of [`update ${table} set at = at`, `delete from ${table}`, `truncate ${table} cascade`])
        await expect(app.pool.query(act)).rejects.toThrow(/permission denied/);
    await app.close();
    expect(await first(given.id)).toBeDefined();
  });
  test('row-level security hides the records of a foreign station from its own query', async () => {
    const scope = { ...systemScope, seeAll: false, units: [world.unitOf.north] };
    const rows = await world.database.read(scope, (tx) => tx.db.selectFrom('service_record').select('id').execute());
    expect(rows).toEqual([]);
  });
});

describe('sent again', () => {
  test('the same act gives the first answer, another act with the same record counts once', async () => {
    await world.stock('bridge', 'cup', 10);
    const actor = world.at['bridge volunteer'];
    const given = world.one('water');
    const opId = randomUUID();
    const one = await world.record(actor, 'bridge', [given], { opId });
    expect(await world.record(actor, 'bridge', [given], { opId })).toEqual(one);
    const again = await world.record(actor, 'bridge', [given]);
    expect(again.items[0]?.state).toBe('already');
    expect(again.ledgerId).toBeNull();
    expect(await world.left('bridge', 'cup')).toBe(9);
    await refused(world.record(volunteer(), 'gate', [given]), 'already_exists');
  });

  test('whatever is sent, in which order and how often, each counts once and stock agrees', async () => {
    const actor = world.at['north volunteer'];
    await world.stock('north', 'cup', 10_000);
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 5 }),
        fc.infiniteStream(fc.nat()),
        async (persons, dice) => {
          const before = await world.left('north', 'cup');
          const given = persons.map((n) => world.one('water', { persons: n }));
          const acts = given.map((one) => ({ opId: randomUUID(), items: [one] }));
          const sends = [...acts, ...acts, { opId: randomUUID(), items: given }]
            .map((act) => ({ act, at: dice.next().value ?? 0 }))
            .toSorted((a, b) => a.at - b.at);
          await Promise.all(sends.map(({ act }) => world.record(actor, 'north', act.items, { opId: act.opId })));
          const total = persons.reduce((sum, n) => sum + n, 0);
          expect(before - (await world.left('north', 'cup'))).toBe(total);
          const { rows } = await world.owner.query<{ n: number }>(
            'select count(*)::int as n from service_record where id = any($1)',
            [given.map(({ id }) => id)],
          );
          expect(rows[0]?.n).toBe(given.length);
        },
      ),
      { numRuns: 12 },
    );
  });
});

describe('a correction', () => {
  test('leaves the record, takes it out of the counts, and gives back what it took; once', async () => {
    await world.stock('bridge', 'water', 10);
    const actor = world.at['bridge volunteer'];
    const before = (await world.counter(actor)).stations[0]?.today.persons ?? 0;
    const given = world.one('water', { persons: 3, take: [{ itemCode: 'water', quantity: 3 }] });
    await world.record(actor, 'bridge', [given]);
    expect((await world.counter(actor)).stations[0]?.today.persons).toBe(before + 3);
    await world.correct(actor, given.id, { reason: 'wrong_count' });
    expect(await world.left('bridge', 'water')).toBe(10);
    expect((await world.counter(actor)).stations[0]?.today.persons).toBe(before);
    expect((await world.list(actor, 'bridge')).items.find(({ id }) => id === given.id)).toMatchObject({
      persons: 3,
      correction: { reason: 'wrong_count' },
    });
    await refused(world.correct(actor, given.id), 'already_exists');
    expect(await world.left('bridge', 'water')).toBe(10);
  });
  test('needs a reason of the list', async () => {
    const given = world.one('rest');
    await world.record(volunteer(), 'gate', [given]);
    await refused(world.correct(volunteer(), given.id, { reason: 'because' }), 'bad_input');
  });
});

describe('what a tablet shows', () => {
  test('what this station gives most at this hour comes first', async () => {
    const actor = world.at['bridge volunteer'];
    await world.record(actor, 'bridge', [
      world.one('print'),
      world.one('print'),
      ...Array.from({ length: 4 }, () => world.one('charge')),
    ]);
    const usual = (await world.counter(actor)).stations[0]?.usual ?? [];
    expect(usual.indexOf('charge')).toBeLessThan(usual.indexOf('print'));
  });
  test('an actor without a station is told so, with the words all the same', async () => {
    const nobody = { ...volunteer(), grants: [] };
    const { stations, words } = await world.counter(nobody);
    expect(stations).toEqual([]);
    expect(words.kinds.length).toBeGreaterThan(10);
  });
  test('what was wanted and not there is counted for the desk', async () => {
    const { handlers } = world.services;
    const want = (code: string) =>
      handlers.want(
        { params: { id: world.station.gate }, query: {}, body: { opId: randomUUID(), want: code } },
        { actor: volunteer() },
      );
    await want('wheelchair');
    await want('wheelchair');
    await refused(want('gold'), 'bad_input');
    const today = await world.today(world.as.intake);
    expect(today.wants).toContainEqual({ want: 'wheelchair', times: 2 });
    expect(today.stations.find(({ code }) => code === 'gate')?.wants).toBe(2);
  });
});
