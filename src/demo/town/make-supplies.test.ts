import { describe, expect, it } from 'vitest';
import { dayOf } from '#kit/shanghai-days.ts';
import { makeSupplies } from './make-supplies.ts';
import { demoSeed, makeTown } from './make-town.ts';

const nowMs = Date.parse('2026-08-03T13:00:00+08:00');
const made = makeSupplies(demoSeed + 26, makeTown(), nowMs);

describe('supplies of the demo', () => {
  it('never go below zero, are never used after their day, never come from the future', () => {
    const left = new Map<string, number>();
    const lots = new Map(made.batches.map((lot) => [lot.id, lot]));
    for (const { batchId, delta, kind, atMs } of made.movements) {
      const sum = (left.get(batchId) ?? 0) + delta;
      expect(sum).toBeGreaterThanOrEqual(0);
      left.set(batchId, sum);
      expect(atMs).toBeLessThanOrEqual(nowMs);
      const last = lots.get(batchId)?.expiresOn ?? null;
      if ((kind === 'service' || kind === 'lend') && last !== null) expect(dayOf(atMs) <= last).toBe(true);
    }
    for (const lot of made.batches) expect(left.get(lot.id)).toBe(lot.quantity);
    expect(made.movements.length).toBeGreaterThan(2000);
  });

  it('show what the screens are for: something expired, something soon, loans out and overdue, restock tasks', () => {
    const today = dayOf(nowMs);
    const here = made.batches.filter(({ quantity, expiresOn }) => quantity > 0 && expiresOn !== null);
    const over = here.filter(({ expiresOn }) => (expiresOn ?? '') < today);
    expect(over.map(({ itemCode }) => itemCode)).toEqual(expect.arrayContaining(['huoxiang', 'disinfectant']));
    expect(made.loans.some(({ endedMs, dueMs }) => endedMs === null && dueMs < nowMs)).toBe(true);
    expect(made.loans.some(({ endedMs, dueMs }) => endedMs === null && dueMs > nowMs)).toBe(true);
    expect(made.restocks.length).toBeGreaterThan(0);
    expect(made).toEqual(makeSupplies(demoSeed + 26, makeTown(), nowMs));
  });
});
