import ical, { ICalCalendarMethod, ICalEventStatus } from 'ical-generator';
import { AppError } from '#kit/errors.ts';
import { systemScope } from '#server/db/scope.ts';
import type { Tx } from '#server/db/pool.ts';
import { digestSecret } from '#server/vault/vault.ts';
import type { ForceParts } from './parts.ts';
import { patternsOf } from './queries-duty.ts';
import { addDays, dayOf, startOf } from '#kit/shanghai-days.ts';
import { timesBetween } from './rules.ts';
import { listAccepted } from './store-asked.ts';
import { listOwnShifts, listUnitShifts, type ShiftRow } from './store-duty.ts';
import { findFeedBySecret, type FeedRow } from './store-feed.ts';
import { listOffices } from './store-people.ts';

/** Duty as iCalendar (RFC 5545): times in UTC, a UID for each shift that stays, SEQUENCE that grows with each change. */

const pastDays = 30;
const aheadDays = 120;
const mostShifts = 1_000;

export interface CalendarFile {
  name: string;
  type: string;
  bytes: Buffer;
}

/** @throws AppError not_found for a secret that opens nothing, or nothing any more */
export async function readCalendar(parts: ForceParts, file: string): Promise<CalendarFile> {
  const secret = file.replace(/\.ics$/, '');
  const text = await parts.database.read(systemScope, async (tx) => {
    const feed = await findFeedBySecret(tx, digestSecret(secret));
    if (feed === undefined) throw nothing();
    return feed.unitId === null ? ownCalendar(parts, tx, feed) : unitCalendar(parts, tx, feed, feed.unitId);
  });
  return { name: 'duty.ics', type: 'text/calendar; charset=utf-8', bytes: Buffer.from(text, 'utf8') };
}

const nothing = (): AppError =>
  new AppError('not_found', 'This calendar address opens nothing. Make a new one on your page of the grid force.');

function calendarOf(name: string) {
  return ical({
    name,
    method: ICalCalendarMethod.PUBLISH,
    prodId: { company: 'Huangge', product: 'duty', language: 'ZH' },
    ttl: 3600,
  });
}

type Calendar = ReturnType<typeof calendarOf>;

/** One's own shifts, and the days on which accepted tasks fall due. */
async function ownCalendar(parts: ForceParts, tx: Tx, feed: FeedRow): Promise<string> {
  const nowMs = parts.clock.now();
  const calendar = calendarOf('值班');
  const rows = await listOwnShifts(tx, feed.accountId, nowMs - pastDays * 86_400_000, mostShifts);
  for (const row of rows) await addShift(parts, tx, calendar, row, false);
  const today = dayOf(nowMs);
  const span = { from: addDays(today, -pastDays), to: addDays(today, aheadDays) };
  const offices = await listOffices(tx, feed.accountId, today);
  const tasks = await listAccepted(tx, [...new Set(offices.flatMap(({ path }) => path))], span);
  for (const task of tasks) {
    if (!offices.some(({ path, role }) => path.includes(task.areaCode) && task.roles.some((one) => one === role)))
      continue;
    for (let day = span.from; day <= span.to; day = addDays(day, 1))
      if (timesBetween(task, day, day) > 0) addDeadline(calendar, task, day, nowMs);
  }
  return calendar.toString();
}

/** Everybody's shifts of a unit; only while whoever subscribed is still appointed there. */
async function unitCalendar(parts: ForceParts, tx: Tx, feed: FeedRow, unitId: string): Promise<string> {
  if (!(await parts.staffOf(tx, unitId)).some(({ id }) => id === feed.accountId)) throw nothing();
  const today = dayOf(parts.clock.now());
  const calendar = calendarOf(parts.territory.unit(unitId)?.name ?? '值班');
  const rows = await listUnitShifts(tx, unitId, addDays(today, -pastDays), addDays(today, aheadDays));
  for (const row of rows.slice(0, mostShifts)) await addShift(parts, tx, calendar, row, true);
  return calendar.toString();
}

async function addShift(parts: ForceParts, tx: Tx, calendar: Calendar, row: ShiftRow, named: boolean): Promise<void> {
  const pattern = (await patternsOf(parts, tx, row.unitId)).find(({ code }) => code === row.code);
  const unit = parts.territory.unit(row.unitId)?.name ?? '';
  const what = pattern?.name ?? row.code;
  calendar.createEvent({
    id: `${row.id}@huangge`,
    sequence: row.sequence,
    start: row.startsAt,
    end: row.endsAt,
    stamp: row.changedAt,
    lastModified: row.changedAt,
    summary: named ? `${what} ${row.name}` : `${what} ${unit}`,
    location: unit,
    status: ICalEventStatus.CONFIRMED,
  });
}

function addDeadline(
  calendar: Calendar,
  task: { id: string; title: string; minutes: number },
  day: string,
  nowMs: number,
): void {
  calendar.createEvent({
    id: `${task.id}-${day}@huangge`,
    allDay: true,
    start: new Date(`${day}T00:00:00Z`),
    stamp: new Date(Math.min(nowMs, startOf(day))),
    timezone: 'UTC',
    summary: `${task.title}（约 ${task.minutes} 分钟）`,
  });
}
