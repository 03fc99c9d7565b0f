import { checkCalendar } from './calendar.ts';
import type { Calendar, CalendarDay, DayKind } from './calendar.ts';
import { refuseCalendar } from './refuse.ts';
import type { Segment } from './segments.ts';

/**
 * Reads a calendar from parsed JSON of unknown origin (the shape is CalendarJson in calendar.ts).
 * @throws `bad_input` naming the place, what was expected and what was found.
 */
export function fromCalendarJson(json: unknown): Calendar {
  const record = asRecord(json, 'calendar');
  const days = new Map<string, CalendarDay>();
  asArray(record.days, 'days').forEach((entry, index) => {
    const place = `days[${index}]`;
    const item = asRecord(entry, place);
    const date = asString(item.date, `${place}.date`);
    if (days.has(date)) refuseCalendar(`${place}: expected each date once, found ${date} again`);
    days.set(date, readDay(item, place));
  });
  return checkCalendar({
    offsetMinutes: asNumber(record.offsetMinutes, 'offsetMinutes'),
    weekly: asArray(record.weekly, 'weekly').map((segments, index) => readSegments(segments, `weekly[${index}]`)),
    days,
    coverageFrom: asString(record.coverageFrom, 'coverageFrom'),
    coverageUntil: asString(record.coverageUntil, 'coverageUntil'),
  });
}

function readDay(item: Record<string, unknown>, place: string): CalendarDay {
  return {
    kind: readKind(item.kind, `${place}.kind`),
    ...(item.segments === undefined ? {} : { segments: readSegments(item.segments, `${place}.segments`) }),
    ...(item.name === undefined ? {} : { name: asString(item.name, `${place}.name`) }),
  };
}

function readKind(value: unknown, place: string): DayKind {
  if (value === 'work' || value === 'rest' || value === 'half') return value;
  return refuseCalendar(`${place}: expected work, rest or half, found ${describe(value)}`);
}

function readSegments(value: unknown, place: string): Segment[] {
  return asArray(value, place).map((entry, index) => {
    const pair = asArray(entry, `${place}[${index}]`);
    if (pair.length !== 2)
      refuseCalendar(`${place}[${index}]: expected [startMinute, endMinute], found ${pair.length} items`);
    return [asNumber(pair[0], `${place}[${index}][0]`), asNumber(pair[1], `${place}[${index}][1]`)];
  });
}

function asRecord(value: unknown, place: string): Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return refuseCalendar(`${place}: expected an object, found ${describe(value)}`);
  }
  return { ...value };
}

function asArray(value: unknown, place: string): unknown[] {
  return Array.isArray(value) ? value : refuseCalendar(`${place}: expected a list, found ${describe(value)}`);
}

function asString(value: unknown, place: string): string {
  return typeof value === 'string' ? value : refuseCalendar(`${place}: expected text, found ${describe(value)}`);
}

function asNumber(value: unknown, place: string): number {
  return typeof value === 'number' ? value : refuseCalendar(`${place}: expected a number, found ${describe(value)}`);
}

function describe(value: unknown): string {
  if (value === undefined) return 'nothing';
  return JSON.stringify(value).slice(0, 60);
}
