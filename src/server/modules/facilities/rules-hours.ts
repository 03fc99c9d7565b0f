/** When a facility is open: decisions without a database or a clock. */
import { AppError } from '#kit/errors.ts';

/**
 * Hours on some days of the week, Shanghai time. `days`: 1 Monday … 7 Sunday. `from`: 'HH:MM', 00:00–23:59. `to`: 'HH:MM',
 * 00:01–24:00; not after `from` means the next morning: 22:00–06:00, and 08:00–08:00 is a day and a night.
 */
export interface OpenSpan {
  days: number[];
  from: string;
  to: string;
}

const dayMinutes = 1440;

/** 'HH:MM' in minutes after midnight, 0–1440. */
export function minuteOf(text: string): number {
  return Number(text.slice(0, 2)) * 60 + Number(text.slice(3, 5));
}

const textOf = (minute: number): string =>
  `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;

/**
 * Whether it is open at a minute (0–1439) of a weekday (1 Monday … 7 Sunday); null when its hours are not known. What began
 * the evening before counts. The minute of closing is closed.
 */
export function openAtMinute(hours: readonly OpenSpan[] | null, weekday: number, minute: number): boolean | null {
  if (hours === null) return null;
  const yesterday = weekday === 1 ? 7 : weekday - 1;
  return hours.some(({ days, from, to }) => {
    const [opens, closes] = [minuteOf(from), minuteOf(to)];
    if (closes > opens) return days.includes(weekday) && minute >= opens && minute < closes;
    return (days.includes(weekday) && minute >= opens) || (days.includes(yesterday) && minute < closes);
  });
}

/** Weekday 1 (Monday) … 7 and minute of the day in Shanghai of an instant in epoch ms. */
export function weekMinuteOf(atMs: number): { weekday: number; minute: number } {
  const local = new Date(atMs + 8 * 60 * 60_000);
  return {
    weekday: local.getUTCDay() === 0 ? 7 : local.getUTCDay(),
    minute: local.getUTCHours() * 60 + local.getUTCMinutes(),
  };
}

/** The hours of a station's week (minutes after midnight, past 1440 the next morning; Monday … Sunday) as a facility keeps them. */
export function hoursOfWeek(week: readonly (readonly (readonly [number, number])[])[]): OpenSpan[] {
  const spans = new Map<string, OpenSpan>();
  for (const [k, day] of week.slice(0, 7).entries())
    for (const [from, until] of day) {
      const to = until === dayMinutes ? '24:00' : textOf(until % dayMinutes);
      const key = `${textOf(from)}-${to}`;
      const span = spans.get(key) ?? { days: [], from: textOf(from), to };
      span.days.push(k + 1);
      spans.set(key, span);
    }
  return [...spans.values()].toSorted((a, b) => (a.from < b.from ? -1 : 1));
}

/** @throws AppError bad_input when a day stands twice, or hours of one day overlap */
export function assertHours(hours: readonly OpenSpan[] | null, field = 'hours'): void {
  const fault = hours === null ? undefined : findHoursFault(hours);
  if (fault !== undefined) throw new AppError('bad_input', `${field}: ${fault}`, { field });
}

/** What is wrong with hours, as "expected …, found …"; undefined: nothing. */
export function findHoursFault(hours: readonly OpenSpan[]): string | undefined {
  const week: { start: number; end: number }[] = [];
  for (const { days, from, to } of hours) {
    if (new Set(days).size !== days.length) return `expected each day once in a line, found ${days.join(', ')}`;
    for (const day of days) {
      const start = (day - 1) * dayMinutes + minuteOf(from);
      const length = minuteOf(to) - minuteOf(from);
      week.push({ start, end: start + (length > 0 ? length : length + dayMinutes) });
    }
  }
  const sorted = week.toSorted((a, b) => a.start - b.start);
  const first = sorted[0];
  const clash = sorted.find((span, k) => {
    const next = sorted[k + 1] ?? { start: (first?.start ?? 0) + 7 * dayMinutes };
    return span.end > next.start;
  });
  if (clash === undefined) return undefined;
  const day = Math.floor(clash.start / dayMinutes) + 1;
  return `expected hours that do not overlap, found some that do on day ${day} of the week`;
}
