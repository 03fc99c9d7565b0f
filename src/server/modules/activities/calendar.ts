import ical, { ICalCalendarMethod, ICalEventStatus } from 'ical-generator';
import { AppError } from '#kit/errors.ts';
import { isUuid } from '#kit/ids.ts';
import { systemScope } from '#server/db/scope.ts';
import type { ActivityParts, ActivityStation } from './parts.ts';
import { findActivity, type ActivityRow } from './store.ts';

/** One activity as iCalendar (RFC 5545): its UID stays, SEQUENCE grows with each change. @throws AppError not_found */
export async function readActivityCalendar(
  { database }: Pick<ActivityParts, 'database'>,
  stationOf: (id: string) => Promise<ActivityStation | undefined>,
  file: string,
): Promise<{ name: string; type: string; bytes: Buffer }> {
  const id = file.replace(/\.ics$/, '');
  const row = isUuid(id) ? await database.read(systemScope, (tx) => findActivity(tx, id)) : undefined;
  const station = row === undefined ? undefined : await stationOf(row.stationId);
  if (row === undefined || station === undefined)
    throw new AppError('not_found', 'There is no such activity. Expected an address from the page of a station.');
  const bytes = Buffer.from(calendarText(row, station), 'utf8');
  return { name: 'activity.ics', type: 'text/calendar; charset=utf-8', bytes };
}

function calendarText(row: ActivityRow, station: ActivityStation): string {
  const calendar = ical({
    name: station.name,
    method: ICalCalendarMethod.PUBLISH,
    prodId: { company: 'Huangge', product: 'stations', language: 'ZH' },
  });
  calendar.createEvent({
    id: `activity-${row.id}@huangge`,
    start: row.startsAt,
    end: row.endsAt,
    stamp: row.settledAt ?? row.createdAt,
    sequence: row.version - 1,
    summary: row.title,
    description: row.state === 'cancelled' ? row.reason : row.about,
    location: `${station.name}（${station.address}）`,
    status: row.state === 'cancelled' ? ICalEventStatus.CANCELLED : ICalEventStatus.CONFIRMED,
  });
  return calendar.toString();
}
