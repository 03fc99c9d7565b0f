import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { OFFICE_WEEK, type Calendar } from '#engine/worktime/calendar.ts';
import { addDays } from '#kit/shanghai-days.ts';
import { dueDays, daysBefore, daysOf, isWorkday, type ScheduleRule } from './rules-period.ts';
import { foldSmall } from './rules-small.ts';
import { changeWords, spanWords } from './layout-parts.ts';

/** Mid-autumn and National Day of 2026: 1 to 8 October rest, Saturday the 10th is worked. */
const calendar: Calendar = {
  offsetMinutes: 480,
  weekly: OFFICE_WEEK,
  days: new Map<string, { kind: 'rest' | 'work' }>([
    ...Array.from({ length: 8 }, (_, k) => [`2026-10-0${k + 1}`, { kind: 'rest' }] as const),
    ['2026-10-10', { kind: 'work' }],
  ]),
  coverageFrom: '2026-01-01',
  coverageUntil: '2026-12-31',
};
const at = (day: string, time = '08:30') => Date.parse(`${day}T${time}:00+08:00`);
const rule = (more: Partial<ScheduleRule> = {}): ScheduleRule => ({
  kind: 'daily',
  atMinute: 8 * 60,
  workdaysOnly: true,
  lastDay: null,
  ...more,
});

describe('a schedule', () => {
  test('tells of yesterday once its time has come, and once only', () => {
    expect(dueDays(rule(), at('2026-06-16', '07:59'), calendar)).toBeUndefined();
    expect(dueDays(rule(), at('2026-06-16', '08:00'), calendar)).toEqual({ first: '2026-06-15', last: '2026-06-15' });
    expect(dueDays(rule({ lastDay: '2026-06-15' }), at('2026-06-16'), calendar)).toBeUndefined();
  });
  test('rests on days of rest and tells of all of them on the next working day', () => {
    expect(dueDays(rule(), at('2026-06-14'), calendar)).toBeUndefined();
    expect(dueDays(rule(), at('2026-06-15'), calendar)).toEqual({ first: '2026-06-12', last: '2026-06-14' });
    expect(dueDays(rule(), at('2026-10-05'), calendar)).toBeUndefined();
    expect(dueDays(rule(), at('2026-10-09'), calendar)).toEqual({ first: '2026-09-30', last: '2026-10-08' });
    expect(dueDays(rule(), at('2026-10-10'), calendar)).toEqual({ first: '2026-10-09', last: '2026-10-09' });
  });
  test('that works every day leaves no day out and tells none twice', () => {
    expect(dueDays(rule({ workdaysOnly: false }), at('2026-06-14'), calendar)).toEqual({ first: '2026-06-13', last: '2026-06-13' }); // prettier-ignore
  });
  test('of weeks and months waits for the first working day after them', () => {
    const weekly = rule({ kind: 'weekly' });
    expect(dueDays(weekly, at('2026-06-15'), calendar)).toEqual({ first: '2026-06-08', last: '2026-06-14' });
    expect(dueDays({ ...weekly, lastDay: '2026-06-14' }, at('2026-06-17'), calendar)).toBeUndefined();
    const monthly = rule({ kind: 'monthly' });
    expect(dueDays(monthly, at('2026-10-01'), calendar)).toBeUndefined();
    expect(dueDays(monthly, at('2026-10-09'), calendar)).toEqual({ first: '2026-09-01', last: '2026-09-30' });
  });
  test('run every working day of a year tells of each day exactly once', () => {
    let lastDay: string | null = '2026-01-04';
    const told: string[] = [];
    for (let day = '2026-01-05'; day < '2026-12-31'; day = addDays(day, 1)) {
      const due = dueDays(rule({ lastDay }), at(day), calendar);
      if (due === undefined) continue;
      for (let one = due.first > lastDay ? due.first : addDays(lastDay, 1); one <= due.last; one = addDays(one, 1))
        told.push(one);
      lastDay = due.last;
    }
    expect(new Set(told).size).toBe(told.length);
    expect(told.length).toBe((Date.parse(lastDay) - Date.parse('2026-01-04')) / 86_400_000);
    expect(isWorkday(calendar, '2026-10-10')).toBe(true);
  });
});

describe('days', () => {
  test('of a week are Monday to Sunday, of a month all of it, and those before are as many', () => {
    expect(daysOf('weekly', '2026-06-17')).toEqual({ first: '2026-06-15', last: '2026-06-21' });
    expect(daysOf('monthly', '2026-02-11')).toEqual({ first: '2026-02-01', last: '2026-02-28' });
    expect(daysBefore('weekly', daysOf('weekly', '2026-06-17'))).toEqual({ first: '2026-06-08', last: '2026-06-14' });
    expect(daysBefore('monthly', daysOf('monthly', '2026-03-11'))).toEqual({ first: '2026-02-01', last: '2026-02-28' });
  });
  test('are told as people write them', () => {
    expect(spanWords({ first: '2026-06-15', last: '2026-06-21' })).toBe('2026 年 6 月 15 日至 21 日');
    expect(spanWords({ first: '2026-12-28', last: '2027-01-03' })).toBe('2026 年 12 月 28 日至 2027 年 1 月 3 日');
    expect([changeWords(110, 100), changeWords(3, 0), changeWords(90, 100)]).toEqual(['增加 10.0%', '上期为 0', '减少 10.0%']); // prettier-ignore
  });
});

describe('small counts of withheld classes', () => {
  const row = (value: string, n: number, before = n) => ({ value, n, before });
  test('are not told alone, nor by what is left when the rest is subtracted', () => {
    const { rows, rest } = foldSmall([row('E01', 40), row('E04', 12), row('G15', 2)], 8, 5);
    expect(rows.map(({ value }) => value)).toEqual(['E01']);
    expect(rest).toEqual({ n: 14, before: 14 });
  });
  test('large ones are told like any other', () => {
    expect(foldSmall([row('E01', 40), row('G11', 12)], 8, 5)).toEqual({ rows: [row('E01', 40), row('G11', 12)], rest: null }); // prettier-ignore
  });
  test('whatever the counts: sums stay, and a small withheld count is never a row nor all of the rest', () => {
    const codes = ['E01', 'E02', 'G07', 'G15', 'G11', 'P01'];
    const lists = fc
      .uniqueArray(fc.constantFrom(...codes), { minLength: 2 })
      .chain((some) => fc.tuple(...some.map((code) => fc.tuple(fc.constant(code), fc.nat(12), fc.nat(12)))));
    fc.assert(
      fc.property(lists, fc.integer({ min: 1, max: 6 }), (list, most) => {
        const all = list.map(([code, n, before]) => row(code, n, before)).toSorted((a, b) => b.n - a.n);
        const { rows, rest } = foldSmall(all, most, 5);
        const sum = (some: readonly { n: number }[]) => some.reduce((total, { n }) => total + n, 0);
        expect(sum(rows) + (rest?.n ?? 0)).toBe(sum(all));
        const hidden = all.filter(({ value, n }) => value.startsWith('G') && n > 0 && n < 5);
        for (const one of hidden) expect(rows).not.toContainEqual(one);
        if (hidden.length > 0 && rows.length > 0) expect(rest?.n).toBeGreaterThanOrEqual(5);
      }),
    );
  });
});
