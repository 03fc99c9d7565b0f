import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { OFFICE_WEEK, SHANGHAI_OFFSET_MINUTES, type Calendar } from '#engine/worktime/calendar.ts';
import {
  descendantsOf,
  findRule,
  limitOf,
  priorityLimits,
  sameClass,
  type Category,
  type Library,
  type Rule,
} from './library.ts';
import { readLimit } from './library-csv.ts';
import { isPaused, pauseClock, relimit, resumeClock, retime, startClock, stopClock, type Limit } from './worktime.ts';

const calendar: Calendar = {
  offsetMinutes: SHANGHAI_OFFSET_MINUTES,
  weekly: OFFICE_WEEK,
  days: new Map(),
  coverageFrom: '2026-01-01',
  coverageUntil: '2026-12-31',
};
/** Monday, 10:00 in Shanghai. */
const monday = Date.parse('2026-06-15T02:00:00Z');
const minute = 60_000;
const start = (limit: Limit) =>
  startClock(calendar, { id: 'c', eventId: 'e', taskId: null, step: 'handle', limit, nowMs: monday });

describe('a clock', () => {
  it('knows its due and its three rungs', () => {
    const clock = start({ kind: 'continuous', amount: 100 });
    expect([clock.dueMs, clock.nextMarkMs]).toEqual([monday + 100 * minute, monday + 80 * minute]);
    expect(retime(calendar, { ...clock, mark: 80 }).nextMarkMs).toBe(monday + 100 * minute);
    expect(retime(calendar, { ...clock, mark: 100 }).nextMarkMs).toBe(monday + 150 * minute);
    expect(retime(calendar, { ...clock, mark: 150 }).nextMarkMs).toBeNull();
  });

  it('has neither due nor rung while it stands still, and is late only by the time it ran', () => {
    const paused = pauseClock(calendar, start({ kind: 'continuous', amount: 100 }), monday + 50 * minute, 'shelved');
    expect([paused.dueMs, paused.nextMarkMs, isPaused(paused)]).toEqual([null, null, true]);
    expect(pauseClock(calendar, paused, monday + 60 * minute, 'again')).toBe(paused);
    const stopped = stopClock(calendar, paused, monday + 1_000 * minute);
    expect([stopped.late, stopped.dueMs, isPaused(stopped)]).toEqual([false, monday + 1_050 * minute, false]);
    expect(stopClock(calendar, start({ kind: 'continuous', amount: 100 }), monday + 101 * minute).late).toBe(true);
  });

  it('moves its due by exactly as long as it stood still, whenever that was', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 99 }), fc.integer({ min: 0, max: 5_000 }), (from, length) => {
        const clock = start({ kind: 'continuous', amount: 100 });
        const paused = pauseClock(calendar, clock, monday + from * minute, 'shelved');
        const resumed = resumeClock(calendar, paused, monday + (from + length) * minute);
        expect(resumed.dueMs).toBe(monday + (100 + length) * minute);
      }),
    );
  });

  it('takes another limit from its own start, and forgets an extension counted in another unit', () => {
    const extended = retime(calendar, { ...start({ kind: 'continuous', amount: 100 }), extra: 20 });
    expect(relimit(calendar, extended, { kind: 'continuous', amount: 50 }).dueMs).toBe(monday + 70 * minute);
    expect(relimit(calendar, extended, { kind: 'working_day', amount: 1 }).extra).toBe(0);
  });
});

describe('the library', () => {
  const category = (code: string, parentCode: string | null): [string, Category] => [
    code,
    { code, parentCode, name: code, nameEn: '', publicReport: true, icon: null, sort: 0, retired: false },
  ];
  const rule: Rule = {
    categoryCode: 'E01',
    tier: 'street',
    leadRole: 'x',
    assistRoles: [],
    priority: 3,
    limits: { handle: { kind: 'working_day', amount: 9 } },
    evidence: 'none',
    planCode: null,
    areas: [],
  };
  const library: Library = {
    version: 1,
    categories: new Map([
      category('E', null),
      category('E01', 'E'),
      category('E0101', 'E01'),
      category('E0102', 'E01'),
      category('E02', 'E'),
    ]),
    rules: new Map([['E01', rule]]),
    calendar,
  };

  it('finds the rule of the nearest class above', () => {
    expect(findRule(library, 'E0101')).toBe(rule);
    expect(findRule(library, 'E02')).toBeUndefined();
    expect(findRule(library, 'unknown')).toBeUndefined();
  });

  it('uses the limits of the rule at its own priority, else those of the priority', () => {
    expect(limitOf(rule, 3, 'handle')).toEqual({ kind: 'working_day', amount: 9 });
    expect(limitOf(rule, 0, 'handle')).toEqual(priorityLimits[0]?.handle);
    expect(limitOf(rule, 3, 'receive')).toEqual(priorityLimits[3]?.receive);
  });

  it('knows what lies below and beside', () => {
    expect(descendantsOf(library, 'E').toSorted()).toEqual(['E', 'E01', 'E0101', 'E0102', 'E02']);
    expect(sameClass(library, 'E0101').toSorted()).toEqual(['E01', 'E0101', 'E0102']);
  });

  it.each([
    ['30m', 'continuous', 30],
    ['4h', 'continuous', 240],
    ['30wm', 'working_time', 30],
    ['4wh', 'working_time', 240],
    ['5wd', 'working_day', 5],
  ])('reads the limit %s', (text, kind, amount) => expect(readLimit(text)).toEqual({ kind, amount }));

  it.each(['', '5', 'wd', '-1h', '1.5h', '5 wd'])('refuses the limit "%s"', (text) =>
    expect(() => readLimit(text)).toThrow(/Expected a limit like/),
  );
});
