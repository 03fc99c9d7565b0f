/**
 * Makes db/data/calendar-cn.csv from the holiday arrangements held by the npm package chinese-days.
 *   node tools/make-calendar.ts           writes the file
 *   node tools/make-calendar.ts --check   fails when the file is not what would be written
 *
 * The package answers every question about an unknown year as if it had no holidays, so what it covers is found from its
 * own data: a year counts only if all seven statutory festivals are in it.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import arrangements from 'chinese-days/dist/chinese-days.json' with { type: 'json' };
import source from 'chinese-days/package.json' with { type: 'json' };
import { toCalendarCsv } from '#engine/worktime/calendar-csv.ts';
import type { CalendarRow } from '#engine/worktime/calendar-csv.ts';

const FIRST_YEAR = 2024;
const FESTIVALS = [
  "New Year's Day",
  'Spring Festival',
  'Tomb-sweeping Day',
  'Labour Day',
  'Dragon Boat Festival',
  'Mid-autumn Festival',
  'National Day',
];
const file = new URL('../db/data/calendar-cn.csv', import.meta.url);

/** Dates → 'English name,中文名,days of statutory leave', as the package stores them. */
type Dates = Record<string, string>;

/** The last year of the unbroken run of complete years that begins with `firstYear`; firstYear - 1 when there is none. */
export function findLastCompleteYear(holidays: Dates, firstYear: number): number {
  let year = firstYear;
  while (isComplete(holidays, year)) year += 1;
  return year - 1;
}

/** The text of the calendar file: statutory holidays as `rest`, make-up working days as `work`. */
export function makeCalendarCsv({ holidays, workdays }: { holidays: Dates; workdays: Dates }): string {
  const lastYear = findLastCompleteYear(holidays, FIRST_YEAR);
  if (lastYear < FIRST_YEAR)
    throw new Error(`Expected all seven festivals of ${FIRST_YEAR} in chinese-days, found fewer.`);
  const coverage = { from: `${FIRST_YEAR}-01-01`, until: `${lastYear}-12-31` };
  const rows = [...toRows(holidays, 'rest'), ...toRows(workdays, 'work')];
  const remarks = [
    'Public holidays and make-up working days of mainland China, as arranged each year by the General Office of the State Council.',
    `Made by tools/make-calendar.ts from the npm package chinese-days ${source.version} (MIT); do not edit by hand.`,
    'A complete year holds all seven festivals. Outside the coverage nothing is known: days there follow the weekly rule, marked uncertain.',
    "The following year's arrangement may still move a day at the end of the last December.",
  ];
  return toCalendarCsv(
    rows.filter(({ date }) => date >= coverage.from && date <= coverage.until),
    { remarks, coverage },
  );
}

function isComplete(holidays: Dates, year: number): boolean {
  const names = Object.entries(holidays)
    .filter(([date]) => date.startsWith(`${year}-`))
    .map(([, text]) => text.split(',')[0] ?? '');
  return FESTIVALS.every((festival) => names.includes(festival));
}

function toRows(dates: Dates, kind: 'rest' | 'work'): CalendarRow[] {
  return Object.entries(dates).map(([date, text]) => ({ date, kind, name: text.split(',')[1] ?? '', segments: [] }));
}

if (import.meta.main) {
  const text = makeCalendarCsv(arrangements);
  const check = process.argv.includes('--check');
  if (!check) writeFileSync(file, text);
  else if (readFileSync(file, 'utf8') !== text) {
    console.error('db/data/calendar-cn.csv is stale: run node tools/make-calendar.ts and commit the file.');
    process.exitCode = 1;
  }
}
