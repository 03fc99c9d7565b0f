import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { sql } from 'kysely';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { isAppError } from '#kit/errors.ts';
import { addDays, dayOf } from '#kit/shanghai-days.ts';
import { buildSupplies, wednesday, type World } from './world.fixture.ts';

let world: World;
beforeAll(async () => {
  world = await buildSupplies();
});
afterAll(() => world.close());
beforeEach(() => world.clock.set(wednesday));
afterEach(async () => {
  for (const { quantity, moved } of await world.sums()) expect(quantity).toBe(moved);
});

const take = (items: { itemCode: string; quantity: number }[], serviceId = randomUUID(), atMs = world.clock.now()) =>
  world.system((tx) => world.supplies.takeOut(tx, { stationId: world.stationId.gate, atMs, serviceId, items }));
const open = (itemCode: string) =>
  world.rows(
    sql<{ n: number }>`select count(*)::int as n from supply_restock where item_code = ${itemCode} and state = 'open'`,
  );

describe('what a service takes', () => {
  it('goes from the batch that expires first, and comes back once when the record is corrected', async () => {
    const late = await world.stock('gate', { itemCode: 'huoxiang', quantity: 10, expiresOn: '2026-12-01' });
    const soon = await world.stock('gate', { itemCode: 'huoxiang', quantity: 4, expiresOn: '2026-06-10' });
    const dead = await world.stock('gate', { itemCode: 'huoxiang', quantity: 50, expiresOn: '2026-06-02' });
    const serviceId = randomUUID();
    const { taken, short } = await take([{ itemCode: 'huoxiang', quantity: 6 }], serviceId);
    expect(taken).toEqual([
      { batchId: soon, itemCode: 'huoxiang', quantity: 4 },
      { batchId: late, itemCode: 'huoxiang', quantity: 2 },
    ]);
    expect(short).toEqual([]);
    expect(await take([{ itemCode: 'huoxiang', quantity: 11 }])).toMatchObject({
      short: [{ itemCode: 'huoxiang', quantity: 3 }],
    });
    const back = () => world.system((tx) => world.supplies.giveBack(tx, { serviceId }));
    const [one, other] = await Promise.all([back(), back()]);
    expect(one.returned.length + other.returned.length).toBe(2);
    const left = new Map((await world.sums()).map(({ id, quantity }) => [id, quantity]));
    expect([left.get(soon), left.get(late), left.get(dead)]).toEqual([4, 2, 50]);
  });

  it('is refused by the database itself from an expired or recalled batch, whoever asks', async () => {
    const dead = await world.stock('gate', { itemCode: 'ors', quantity: 5, expiresOn: '2026-06-02' });
    const push = (kind: string, delta: number) =>
      world.system((tx) =>
        sql`insert into supply_movement (id, batch_id, station_id, item_code, kind, delta, at, recorded_at)
          values (${randomUUID()}, ${dead}, ${world.stationId.gate}, 'ors', ${kind}, ${delta}, ${new Date(wednesday)}, now())`.execute(
          tx.db,
        ),
      );
    await expect(push('service', -1)).rejects.toMatchObject({ code: 'HG026' });
    await expect(push('lend', -1)).rejects.toMatchObject({ code: 'HG026' });
    await expect(
      world.system((tx) => sql`update supply_batch set quantity = 99 where id = ${dead}`.execute(tx.db)),
    ).rejects.toMatchObject({ code: '42501' });
    await expect(
      world.system((tx) => sql`update supply_movement set delta = 1 where batch_id = ${dead}`.execute(tx.db)),
    ).rejects.toMatchObject({ code: '42501' });
  });

  it('knows only items of the list, and lends what is lent', async () => {
    for (const itemCode of ['gold', 'umbrella'])
      await expect(take([{ itemCode, quantity: 1 }])).rejects.toSatisfy((error) => isAppError(error, 'bad_input'));
  });
});

describe('many at once', () => {
  it('30 who take at once of the last 10 get 10 between them, and one restock task is open', async () => {
    await world.stock('gate', { itemCode: 'rendan', quantity: 4, expiresOn: '2026-09-01' });
    await world.stock('gate', { itemCode: 'rendan', quantity: 6, expiresOn: '2026-10-01' });
    const answers = await Promise.all(Array.from({ length: 30 }, () => take([{ itemCode: 'rendan', quantity: 1 }])));
    expect(answers.filter(({ taken }) => taken.length === 1)).toHaveLength(10);
    expect(answers.filter(({ short }) => short.length === 1)).toHaveLength(20);
    expect(await open('rendan')).toEqual([{ n: 1 }]);
    const told = (await world.ledgerLines('supply.restock')).filter(({ data }) =>
      (data as { itemCodes: string[] }).itemCodes.includes('rendan'),
    );
    expect(told).toHaveLength(1);
  });

  it('two items taken in opposite orders never stop one another', async () => {
    await world.stock('gate', { itemCode: 'plaster', quantity: 200, expiresOn: '2027-01-01' });
    await world.stock('gate', { itemCode: 'gauze', quantity: 200, expiresOn: '2027-01-01' });
    const two = [
      { itemCode: 'plaster', quantity: 2 },
      { itemCode: 'gauze', quantity: 3 },
    ];
    const answers = await Promise.all(Array.from({ length: 24 }, (_, k) => take(k % 2 === 0 ? two : two.toReversed())));
    expect(answers.every(({ short }) => short.length === 0)).toBe(true);
  });

  it('any interleaving of taking, giving back and days passing: no unit lost, nothing expired ever taken', async () => {
    const act = fc.oneof(
      fc.record({
        kind: fc.constant('stock' as const),
        quantity: fc.integer({ min: 1, max: 9 }),
        days: fc.integer({ min: -2, max: 5 }),
      }),
      fc.record({ kind: fc.constant('take' as const), quantity: fc.integer({ min: 1, max: 9 }) }),
      fc.record({ kind: fc.constant('back' as const) }),
      fc.record({ kind: fc.constant('day' as const) }),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(fc.array(act, { minLength: 1, maxLength: 4 }), { maxLength: 6 }), async (rounds) => {
        world.clock.set(wednesday);
        const given: string[] = [];
        for (const round of rounds) {
          if (round.some(({ kind }) => kind === 'day')) world.clock.set(world.clock.now() + 86_400_000);
          const today = dayOf(world.clock.now());
          await Promise.all(
            round.map(async (one) => {
              if (one.kind === 'stock')
                await world.stock('gate', {
                  itemCode: 'glucose',
                  quantity: one.quantity,
                  expiresOn: addDays(today, one.days),
                });
              if (one.kind === 'take') {
                const serviceId = randomUUID();
                const { taken, short } = await take([{ itemCode: 'glucose', quantity: one.quantity }], serviceId);
                const all = [...taken, ...short].reduce((sum, { quantity }) => sum + quantity, 0);
                expect(all).toBe(one.quantity);
                given.push(serviceId);
              }
              const serviceId = one.kind === 'back' ? given.shift() : undefined;
              if (serviceId !== undefined) await world.system((tx) => world.supplies.giveBack(tx, { serviceId }));
            }),
          );
        }
        for (const { quantity, moved } of await world.sums()) expect(quantity).toBe(moved);
        const crimes = await world.rows(sql`select m.id from supply_movement m join supply_batch b on b.id = m.batch_id
          where m.kind = 'service' and (m.at at time zone 'Asia/Shanghai')::date > b.expires_on`);
        expect(crimes).toEqual([]);
      }),
      { numRuns: 12 },
    );
  });
});
