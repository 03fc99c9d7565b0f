/**
 * How many limits the working-time engine computes per second, one thread, on the committed calendar.
 *   node bench/worktime.ts
 * Starts are spread over 2026 by a fixed rule; amounts are those of usual step limits, and one absurdly long one.
 */
import { readFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { parseCalendarCsv, toCalendarDays } from '#engine/worktime/calendar-csv.ts';
import { OFFICE_WEEK, SHANGHAI_OFFSET_MINUTES, checkCalendar } from '#engine/worktime/calendar.ts';
import { addTime } from '#engine/worktime/elapsed.ts';
import { dueAt, fractionAt, instantAtFraction } from '#engine/worktime/limit-clock.ts';
import type { LimitClock } from '#engine/worktime/limit-clock.ts';
import { count, tell } from './lib/figures.ts';

const ROUNDS = 200_000;
const YEAR_START = Date.UTC(2026, 0, 1);
const { rows, coverage } = parseCalendarCsv(
  readFileSync(new URL('../db/data/calendar-cn.csv', import.meta.url), 'utf8'),
);
const calendar = checkCalendar({
  offsetMinutes: SHANGHAI_OFFSET_MINUTES,
  weekly: OFFICE_WEEK,
  days: toCalendarDays(rows),
  coverageFrom: coverage?.from ?? '',
  coverageUntil: coverage?.until ?? '',
});

/** An instant of 2026; 7,919 minutes is prime to the length of the year, so starts do not repeat early. */
function startOf(round: number): number {
  return YEAR_START + ((round * 7_919) % (365 * 1_440)) * 60_000;
}

function clockOf(round: number): LimitClock {
  const startMs = startOf(round);
  const pauses = [{ fromMs: startMs + 3_600_000, toMs: startMs + 90_000_000 }];
  return { kind: 'working_time', startMs, limit: 2_400, pauses, extraMinutes: 420 };
}

const tasks: [name: string, run: (round: number) => unknown][] = [
  ['addTime continuous, 4 hours', (round) => addTime(calendar, 'continuous', startOf(round), 240)],
  ['addTime working_time, 30 minutes', (round) => addTime(calendar, 'working_time', startOf(round), 30)],
  ['addTime working_time, 40 hours', (round) => addTime(calendar, 'working_time', startOf(round), 2_400)],
  ['addTime working_day, 7 days', (round) => addTime(calendar, 'working_day', startOf(round), 7)],
  ['addTime working_day, 2,000 days', (round) => addTime(calendar, 'working_day', startOf(round), 2_000)],
  ['dueAt, 40 hours, paused and extended', (round) => dueAt(calendar, clockOf(round))],
  ['instantAtFraction 1.5, the same', (round) => instantAtFraction(calendar, clockOf(round), 1.5)],
  ['fractionAt, the same', (round) => fractionAt(calendar, clockOf(round), startOf(round) + 400_000_000)],
];

console.log(`${cpus()[0]?.model ?? 'unknown processor'}, Node ${process.version}, ${ROUNDS} rounds each`);
for (const [name, run] of tasks) {
  for (let round = 0; round < ROUNDS / 10; round += 1) run(round);
  const startedMs = performance.now();
  for (let round = 0; round < ROUNDS; round += 1) run(round);
  tell(`${name}: per second, one core`, count((ROUNDS * 1_000) / (performance.now() - startedMs)));
}
