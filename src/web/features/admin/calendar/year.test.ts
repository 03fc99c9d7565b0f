import { describe, expect, it } from 'vitest';
import { parseCalendarCsv } from '#engine/worktime/calendar-csv.ts';
import { daysOf, markOf, newDays, readHours, toCalendar, weeksOf, writeHours, type CalendarView } from './year.ts';

const hours: [number, number][] = [
  [540, 720],
  [840, 1080],
];
const view: CalendarView = {
  offsetMinutes: 480,
  weekly: [hours, hours, hours, hours, hours, [], []],
  coverageFrom: '2026-01-01',
  coverageUntil: '2026-12-31',
  days: [
    { date: '2026-10-01', kind: 'rest', name: 'National Day', segments: null },
    { date: '2026-09-20', kind: 'work', name: 'National Day', segments: null },
    { date: '2026-02-13', kind: 'half', name: 'eve', segments: [[540, 720]] },
  ],
  warning: null,
};

describe('the year view', () => {
  it('tells working days, weekends, holidays, make-up days and half days apart', () => {
    const calendar = toCalendar(view);
    expect(
      ['2026-09-21', '2026-09-26', '2026-10-01', '2026-09-20', '2026-02-13'].map((date) => markOf(calendar, date)),
    ).toEqual(['work', 'rest', 'holiday', 'makeUp', 'half']);
  });

  it('shows pending changes before they are saved, and exceptions taken away', () => {
    const calendar = toCalendar(
      view,
      new Map([
        ['2026-10-01', null],
        ['2026-10-02', { date: '2026-10-02', kind: 'rest', name: '', segments: null }],
      ]),
    );
    expect([markOf(calendar, '2026-10-01'), markOf(calendar, '2026-10-02')]).toEqual(['work', 'holiday']);
  });

  it('lays months out in weeks from Monday', () => {
    const february = weeksOf(2026, 2);
    expect(february[0]).toEqual([null, null, null, null, null, null, '2026-02-01']);
    expect(february.flat().filter((date) => date !== null)).toHaveLength(28);
    expect(weeksOf(2028, 2).flat()).toContain('2028-02-29');
  });
});

describe('a pasted arrangement', () => {
  it('is shown as what it would change, not what it repeats', () => {
    const text =
      'date,kind,name,segments\n2026-10-01,rest,National Day,\n2026-10-02,rest,National Day,\n2026-09-20,rest,National Day,\n';
    const { rows, errors } = parseCalendarCsv(text);
    expect(errors).toEqual([]);
    const days = daysOf(rows);
    const changes = newDays(view, days);
    expect(changes.map(({ row, before }) => [row.date, before?.kind ?? null])).toEqual([
      ['2026-10-02', null],
      ['2026-09-20', 'work'],
    ]);
  });
});

describe('hours in words', () => {
  it('reads what it writes', () => {
    expect(readHours(writeHours(hours))).toEqual(hours);
    expect(readHours('')).toEqual([]);
  });

  it('refuses hours that end before they begin, and times that are none', () => {
    for (const text of ['12:00-09:00', '9-12', '09:00-25:00', '09:61-10:00', '09:00'])
      expect(readHours(text)).toBeUndefined();
  });
});
