import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { supplyItems, supplyReasons, supplyRule } from './dictionary.ts';
import { addDays, dayOf } from '#kit/shanghai-days.ts';
import { happenedAt, isUsable, lotState, planTake, receiptNumber } from './rules.ts';

const day = '2026-06-03';
const lots = fc.array(
  fc.record({
    id: fc.uuid(),
    itemCode: fc.constantFrom('water', 'huoxiang', 'rendan'),
    quantity: fc.integer({ min: 0, max: 30 }),
    expiresOn: fc.option(fc.integer({ min: -40, max: 40 }).map((days) => addDays(day, days))),
    recalled: fc.boolean(),
  }),
  { maxLength: 12 },
);
const wanted = fc.array(
  fc.record({ itemCode: fc.constantFrom('water', 'huoxiang', 'rendan'), quantity: fc.integer({ min: 1, max: 40 }) }),
  { maxLength: 5 },
);
const sum = (all: readonly { itemCode: string; quantity: number }[], itemCode: string): number =>
  all.filter((one) => one.itemCode === itemCode).reduce((total, { quantity }) => total + quantity, 0);

describe('taking from stock', () => {
  it('never loses a unit, takes nothing expired or recalled, and tells exactly what is short', () => {
    fc.assert(
      fc.property(lots, wanted, (shelf, wish) => {
        const { taken, short } = planTake(shelf, wish, day);
        for (const itemCode of ['water', 'huoxiang', 'rendan']) {
          expect(sum(taken, itemCode) + sum(short, itemCode)).toBe(sum(wish, itemCode));
          const usable = shelf.filter((lot) => isUsable(lot, day));
          expect(sum(taken, itemCode)).toBe(Math.min(sum(wish, itemCode), sum(usable, itemCode)));
        }
        for (const lot of shelf) {
          const gone = taken.filter(({ batchId }) => batchId === lot.id);
          expect(sum(gone, lot.itemCode)).toBeLessThanOrEqual(lot.quantity);
          if (!isUsable(lot, day)) expect(gone).toEqual([]);
        }
      }),
    );
  });

  it('takes what expires first: nothing later is touched while something earlier is left', () => {
    fc.assert(
      fc.property(lots, fc.integer({ min: 1, max: 60 }), (shelf, quantity) => {
        const { taken } = planTake(shelf, [{ itemCode: 'water', quantity }], day);
        const left = new Map(
          shelf.map((lot) => [
            lot.id,
            lot.quantity -
              sum(
                taken.filter((one) => one.batchId === lot.id),
                'water',
              ),
          ]),
        );
        const key = (lot: (typeof shelf)[number]): string => lot.expiresOn ?? '9999';
        for (const touched of shelf.filter((lot) => taken.some(({ batchId }) => batchId === lot.id)))
          for (const earlier of shelf.filter(
            (lot) => lot.itemCode === 'water' && isUsable(lot, day) && key(lot) < key(touched),
          ))
            expect(left.get(earlier.id)).toBe(0);
      }),
    );
  });

  it('blocks a batch from the first moment of the day after its date, in Shanghai', () => {
    const lot = { expiresOn: '2026-06-03', recalled: false };
    expect(isUsable(lot, dayOf(Date.parse('2026-06-03T23:59:59.999+08:00')))).toBe(true);
    expect(isUsable(lot, dayOf(Date.parse('2026-06-04T00:00:00+08:00')))).toBe(false);
    expect(['2026-05-03', '2026-05-04', '2026-06-04'].map((one) => lotState(lot, one, 30))).toEqual([
      'good',
      'soon',
      'expired',
    ]);
    expect(lotState({ ...lot, recalled: true }, '2026-05-01', 30)).toBe('recalled');
  });
});

describe('small rules', () => {
  it('takes the time of a tablet without network, within reason', () => {
    const now = Date.parse('2026-06-03T02:00:00Z');
    expect(happenedAt(undefined, now, 72)).toBe(now);
    expect(happenedAt('2026-06-03T01:00:00Z', now, 72)).toBe(now - 3_600_000);
    expect(happenedAt('2026-06-04T01:00:00Z', now, 72)).toBe(now);
    expect(happenedAt('2026-01-01T00:00:00Z', now, 72)).toBe(now - 72 * 3_600_000);
    expect(receiptNumber(12, now)).toBe('WZ20260603-000012');
  });

  it('reads its dictionaries: medicine always has a date, what is lent has a time', () => {
    const items = [...supplyItems().values()];
    expect(items.length).toBeGreaterThan(20);
    expect(items.filter(({ kind, expiry }) => kind === 'medicine' && expiry !== 'required')).toEqual([]);
    expect(items.filter(({ kind, loanHours }) => (kind === 'loan') !== (loanHours !== null && loanHours > 0))).toEqual(
      [],
    );
    expect(items.every(({ nameEn, unitEn }) => nameEn !== '' && unitEn !== '')).toBe(true);
    expect([...supplyReasons().values()].map(({ usedFor }) => usedFor)).toContain('write_off');
    expect(supplyRule('expiring_days')).toBeGreaterThan(0);
  });
});
