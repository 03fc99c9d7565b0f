import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { findDayNumber, toIsoDate, weekdayOf } from '#engine/worktime/days.ts';
import { isAppError } from '#kit/errors.ts';
import { barBetween, heatColour } from '#server/files/report-colours.ts';
import { changeWords } from './figures-report.ts';
import {
  demandCells,
  findGaps,
  monthsOf,
  periodOf,
  rosterHours,
  stepsOf,
  weekdaysIn,
  type DemandCell,
  type PeriodKind,
} from './figures-rules.ts';

const day = (text: string): number => findDayNumber(text) ?? Number.NaN;
const said = (kind: PeriodKind, on: string, today: string, to?: string) => {
  const { first, last, whole, before } = periodOf({ kind, day: on, to }, day(today));
  return [toIsoDate(first), toIsoDate(last), whole, toIsoDate(before.first), toIsoDate(before.last)];
};

test('whole months and the days beside them are every day of a span, each once', () => {
  const some = fc.integer({ min: day('2023-12-01'), max: day('2026-03-31') });
  fc.assert(
    fc.property(some, some, (a, b) => {
      const { months, ends } = monthsOf({ first: Math.min(a, b), last: Math.max(a, b) });
      const days: number[] = [];
      for (const { first, last } of ends) for (let one = first; one <= last; one++) days.push(one);
      if (months !== null)
        for (let one = months.first; toIsoDate(one).slice(0, 7) <= toIsoDate(months.last).slice(0, 7); one++) days.push(one);
      const all = Array.from({ length: Math.abs(a - b) + 1 }, (_, k) => Math.min(a, b) + k);
      expect(days.toSorted((x, y) => x - y)).toEqual(all);
      expect(ends.length).toBeLessThanOrEqual(2);
    }),
  ); // prettier-ignore
});

describe('periods', () => {
  test.each<[string, PeriodKind, string, string, unknown[]]>([
    ['a day', 'day', '2026-07-14', '2026-08-01', ['2026-07-14', '2026-07-14', true, '2026-07-13', '2026-07-13']],
    [
      'a week begins on Monday',
      'week',
      '2026-07-15',
      '2026-08-01',
      ['2026-07-13', '2026-07-19', true, '2026-07-06', '2026-07-12'],
    ],
    [
      'a month beside all of the last',
      'month',
      '2026-03-31',
      '2026-08-01',
      ['2026-03-01', '2026-03-31', true, '2026-02-01', '2026-02-28'],
    ],
    [
      'a month half over beside half of the last',
      'month',
      '2026-07-02',
      '2026-07-10',
      ['2026-07-01', '2026-07-10', false, '2026-06-01', '2026-06-10'],
    ],
    [
      'the 30th of March beside a February that has no 30th',
      'month',
      '2026-03-30',
      '2026-03-30',
      ['2026-03-01', '2026-03-30', false, '2026-02-01', '2026-02-28'],
    ],
    [
      'a quarter',
      'quarter',
      '2026-05-05',
      '2026-08-01',
      ['2026-04-01', '2026-06-30', true, '2026-01-01', '2026-03-31'],
    ],
    [
      'the first quarter beside the last of the year before',
      'quarter',
      '2026-01-01',
      '2026-05-01',
      ['2026-01-01', '2026-03-31', true, '2025-10-01', '2025-12-31'],
    ],
  ])('%s', (_what, kind, on, today, expected) => {
    expect(said(kind, on, today)).toEqual(expected);
  });

  test('any days beside as many before', () => {
    expect(said('custom', '2026-07-04', '2026-08-01', '2026-07-06')).toEqual(['2026-07-04', '2026-07-06', true, '2026-07-01', '2026-07-03']); // prettier-ignore
  });

  test.each([
    ['a day to come', { kind: 'day' as const, day: '2026-08-02' }],
    ['no date', { kind: 'day' as const, day: '2026-02-30' }],
    ['an end before the beginning', { kind: 'custom' as const, day: '2026-07-04', to: '2026-07-03' }],
    ['years on years', { kind: 'custom' as const, day: '2016-07-04', to: '2026-07-03' }],
    ['no end', { kind: 'custom' as const, day: '2026-07-04' }],
  ])('refuses %s', (_what, wish) => {
    expect.assertions(1);
    try {
      periodOf(wish, day('2026-08-01'));
    } catch (error) {
      expect(isAppError(error, 'bad_input')).toBe(true);
    }
  });

  test('never reach past today, never overlap the one before, and are compared with no more days than they have', () => {
    const kinds = fc.constantFrom<PeriodKind>('day', 'week', 'month', 'quarter');
    fc.assert(
      fc.property(kinds, fc.integer({ min: 19_000, max: 21_000 }), fc.nat(400), (kind, on, later) => {
        const today = on + later;
        const { first, last, before } = periodOf({ kind, day: toIsoDate(on) }, today);
        expect(first <= on && last <= today && first <= last).toBe(true);
        expect(before.last).toBeLessThan(first);
        if (last === today && later === 0) expect(before.last - before.first).toBeLessThanOrEqual(last - first);
        const steps = stepsOf({ first, last });
        expect(steps[0]?.first).toBe(first);
        expect(steps.at(-1)?.last).toBe(last);
        for (const [k, step] of steps.entries())
          expect(step.first).toBe(k === 0 ? first : (steps[k - 1]?.last ?? 0) + 1);
      }),
    );
  });

  test('weekdays are counted as one would on the fingers', () => {
    fc.assert(
      fc.property(fc.integer({ min: 19_000, max: 21_000 }), fc.nat(120), (first, more) => {
        const fingers = Array.from({ length: 7 }, () => 0);
        for (let one = first; one <= first + more; one++) fingers[weekdayOf(one)] = (fingers[weekdayOf(one)] ?? 0) + 1;
        expect(weekdaysIn({ first, last: first + more })).toEqual(fingers);
      }),
    );
  });
});

describe('roster and demand', () => {
  const monday = day('2026-07-13');
  const at = (hour: number, onDay = monday): number => (onDay * 24 + hour - 8) * 3_600_000;

  test('a span counts in each hour it touches, by the share of it', () => {
    const spans = [{ fromMs: at(9.5), untilMs: at(11.25), needed: 2, onDuty: 1 }];
    const { onDuty, needed } = rosterHours(spans, { first: monday, last: monday }, 480);
    expect(onDuty[0]?.slice(9, 12)).toEqual([0.5, 1, 0.25]);
    expect(needed[0]?.slice(9, 12)).toEqual([1, 2, 0.5]);
    expect(onDuty.flat().reduce((sum, n) => sum + n, 0)).toBeCloseTo(1.75);
  });

  test('a night goes on in the next day; what lies outside the days is left out', () => {
    const spans = [{ fromMs: at(23), untilMs: at(26), needed: 1, onDuty: 1 }];
    const { onDuty } = rosterHours(spans, { first: monday, last: monday }, 480);
    expect(onDuty[0]?.[23]).toBe(1);
    expect(onDuty[1]?.[0]).toBe(0);
    expect(rosterHours(spans, { first: monday, last: monday + 1 }, 480).onDuty[1]?.slice(0, 3)).toEqual([1, 1, 0]);
  });

  test('cells are means over as many such weekdays as there were', () => {
    const table = (weekday: number, hour: number, n: number) =>
      Array.from({ length: 7 }, (_, w) =>
        Array.from({ length: 24 }, (_unused, h) => (w === weekday && h === hour ? n : 0)),
      );
    const none = table(0, 0, 0);
    const cells = demandCells(table(5, 14, 76), { onDuty: table(5, 14, 2), needed: none }, [1, 1, 1, 1, 1, 2, 0]);
    expect(cells).toEqual([{ weekday: 5, hour: 14, persons: 38, onDuty: 1, needed: 0 }]);
  });

  const cell = (weekday: number, hour: number, persons: number, onDuty: number): DemandCell => ({ weekday, hour, persons, onDuty, needed: 0 }); // prettier-ignore
  const rule = { perVolunteer: 20, leastPersons: 8 };

  test('neighbouring hours are one fact; enough people on duty and quiet hours are none', () => {
    const cells = [
      cell(5, 15, 21, 1), // more than twenty for one
      cell(5, 14, 17, 0.5),
      cell(5, 16, 20, 1), // just enough
      cell(6, 14, 7, 0), // quiet
      cell(6, 15, 8, 0),
      cell(6, 17, 9, 0), // not a neighbour of 15
    ];
    expect(findGaps(cells, rule)).toEqual([
      { weekday: 5, fromHour: 14, toHour: 16, persons: 38, onDuty: 0.5 },
      { weekday: 6, fromHour: 15, toHour: 16, persons: 8, onDuty: 0 },
      { weekday: 6, fromHour: 17, toHour: 18, persons: 9, onDuty: 0 },
    ]);
  });

  test('more people on duty never make more gaps', () => {
    const cells = fc.array(fc.tuple(fc.nat(6), fc.nat(23), fc.nat(60), fc.nat(3)), { maxLength: 40 });
    fc.assert(
      fc.property(cells, (list) => {
        const made = list.map(([w, h, p, d]) => cell(w, h, p, d));
        const hours = (some: readonly DemandCell[]) =>
          findGaps(some, rule).reduce((sum, { fromHour, toHour }) => sum + toHour - fromHour, 0);
        expect(hours(made.map((one) => ({ ...one, onDuty: one.onDuty + 1 })))).toBeLessThanOrEqual(hours(made));
      }),
    );
  });
});

describe('drawing', () => {
  test('something is never drawn as nothing, and nothing longer than the most', () => {
    expect([barBetween(0, 100, 20), barBetween(1, 10_000, 20), barBetween(100, 100, 20)]).toEqual([0, 1, 20]);
    expect([heatColour(-1), heatColour(0), heatColour(1), heatColour(2)]).toEqual([
      'fdf1ee',
      'fdf1ee',
      'e87a64',
      'e87a64',
    ]);
  });
  test('changes are told as shares, and not where there was nothing', () => {
    expect([changeWords({ now: 110, before: 100 }), changeWords({ now: 90, before: 100 }), changeWords({ now: 3, before: 0 }), changeWords({ now: 0, before: 0 })]).toEqual(['+10.0%', '-10.0%', '上期为 0', '持平']); // prettier-ignore
  });
});
