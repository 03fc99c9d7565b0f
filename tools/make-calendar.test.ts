import { readFileSync } from 'node:fs';
import chineseDays from 'chinese-days';
import arrangements from 'chinese-days/dist/chinese-days.json' with { type: 'json' };
import { expect, test } from 'vitest';
import { parseCalendarCsv, toCalendarDays } from '#engine/worktime/calendar-csv.ts';
import { OFFICE_WEEK, SHANGHAI_OFFSET_MINUTES, checkCalendar } from '#engine/worktime/calendar.ts';
import { timeBetween } from '#engine/worktime/elapsed.ts';
import { findLastCompleteYear, makeCalendarCsv } from './make-calendar.ts';

const committed = readFileSync(new URL('../db/data/calendar-cn.csv', import.meta.url), 'utf8');

test('the committed calendar is what the tool makes today', () => {
  expect(committed).toBe(makeCalendarCsv(arrangements));
});

test('a year with one festival missing is not covered', () => {
  const { holidays } = arrangements;
  const last = findLastCompleteYear(holidays, 2024);
  const cut = Object.fromEntries(Object.entries(holidays).filter(([date]) => date < `${last}-10-01`));
  expect(last).toBeGreaterThanOrEqual(2026);
  expect(findLastCompleteYear(cut, 2024)).toBe(last - 1);
  expect(findLastCompleteYear(holidays, last + 1)).toBe(last);
});

test('every day of the committed calendar is worked or not as the source says', () => {
  const { rows, errors, coverage } = parseCalendarCsv(committed);
  expect(errors).toEqual([]);
  const calendar = checkCalendar({
    offsetMinutes: SHANGHAI_OFFSET_MINUTES,
    weekly: OFFICE_WEEK,
    days: toCalendarDays(rows),
    coverageFrom: coverage?.from ?? '',
    coverageUntil: coverage?.until ?? '',
  });
  const wrong: string[] = [];
  const start = Date.parse(`${coverage?.from}T00:00:00+08:00`);
  const end = Date.parse(`${coverage?.until}T24:00:00+08:00`);
  for (let ms = start; ms < end; ms += 86_400_000) {
    const date = new Date(ms + 28_800_000).toISOString().slice(0, 10);
    const worked = timeBetween(calendar, 'working_time', ms, ms + 86_400_000);
    if (!worked.certain || worked.minutes !== (chineseDays.isWorkday(date) ? 420 : 0)) wrong.push(date);
  }
  expect(wrong).toEqual([]);
  expect((end - start) / 86_400_000).toBeGreaterThanOrEqual(1_096);
});
