import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { checklistOf, overdueLadder } from './dictionaries.ts';
import { riskKinds } from '#server/modules/grids/index.ts';
import { dayOf, endOfDay, lookedAt, ruleFor, rungOf } from './rules.ts';
import { readRules } from './seed.ts';

const shanghai = { offsetMinutes: 480 };
const dayMs = 86_400_000;
const moment = fc.integer({ min: Date.UTC(2020, 0), max: Date.UTC(2040, 0) });

describe('days', () => {
  test('a moment lies in its day, and the end of a day is the beginning of the next', () => {
    fc.assert(
      fc.property(moment, fc.integer({ min: -720, max: 840 }), (ms, offsetMinutes) => {
        const end = endOfDay(ms, { offsetMinutes });
        expect(end).toBeGreaterThan(ms);
        expect(end - ms).toBeLessThanOrEqual(dayMs);
        expect(dayOf(end - 1, { offsetMinutes })).toBe(dayOf(ms, { offsetMinutes }));
        expect(dayOf(end, { offsetMinutes })).not.toBe(dayOf(ms, { offsetMinutes }));
      }),
    );
    expect(dayOf(Date.UTC(2026, 5, 14, 16), shanghai)).toBe('2026-06-15');
  });

  test('the time of a look is what the phone says, unless that cannot be', () => {
    const nowMs = Date.UTC(2026, 5, 15);
    const at = (ms: number) => lookedAt(new Date(ms).toISOString(), nowMs);
    expect(at(nowMs - dayMs)).toBe(nowMs - dayMs);
    expect(at(nowMs + 1)).toBe(nowMs);
    expect(at(nowMs - 31 * dayMs)).toBe(nowMs);
    expect(lookedAt(undefined, nowMs)).toBe(nowMs);
  });
});

describe('dictionaries', () => {
  test('every kind and level has a cycle and something to look at; the graver, the more often', async () => {
    const rules = await readRules();
    for (const kind of riskKinds().keys()) {
      const days = [1, 2, 3, 4].map((level) => ruleFor(rules, { kind, level }).days);
      expect(days).toEqual(days.toSorted((a, b) => a - b));
      expect(checklistOf(kind).length).toBeGreaterThan(0);
    }
    for (const { kind } of rules) expect(kind === '*' || riskKinds().has(kind)).toBe(true);
  });

  test('the ladder rises and never falls as time passes', () => {
    const ladder = overdueLadder();
    expect(ladder.map(({ rung, to }) => [rung, to])).toEqual([
      [1, 'unit_lead'],
      [2, 'street'],
    ]);
    fc.assert(
      fc.property(
        moment,
        fc.integer({ min: 0, max: 60 * dayMs }),
        fc.integer({ min: 0, max: 60 * dayMs }),
        (due, a, b) => {
          const [early, late] = [Math.min(a, b), Math.max(a, b)].map((ms) => rungOf(ladder, due, due + ms));
          expect(early).toBeLessThanOrEqual(late ?? 0);
        },
      ),
    );
    expect(rungOf(ladder, 0, dayMs - 1)).toBe(0);
  });
});
