import type { WeeklyHours } from '#contract/bookings-views.ts';
import type { SameWords } from '#web/i18n/area.ts';
import type { bookingsZh } from '#web/i18n/zh/bookings.ts';

/** Hours as people write them: some days, from, until. */
export interface HoursRow {
  weekdays: readonly number[];
  from: string;
  until: string;
}

export const clockOf = (minute: number): string =>
  `${String(Math.floor(minute / 60) % 24).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;

const minuteOf = (text: string): number => Number(text.slice(0, 2)) * 60 + Number(text.slice(3, 5));

/** Days with the same hours in one row. */
export function toRows(weekly: readonly WeeklyHours[]): HoursRow[] {
  const rows = Map.groupBy(weekly, ({ fromMinute, untilMinute }) => `${fromMinute} ${untilMinute}`);
  return [...rows.values()].map((same) => ({
    weekdays: same.map(({ weekday }) => weekday).toSorted((a, b) => a - b),
    from: clockOf(same[0]?.fromMinute ?? 0),
    until: clockOf(same[0]?.untilMinute ?? 0),
  }));
}

/** The reverse; an end that is not after the beginning is on the next day. */
export function fromRows(rows: readonly HoursRow[]): WeeklyHours[] {
  return rows.flatMap(({ weekdays, from, until }) => {
    if (from === '' || until === '') return [];
    const fromMinute = minuteOf(from);
    const end = minuteOf(until);
    const untilMinute = end <= fromMinute ? end + 1440 : end;
    return weekdays.map((weekday) => ({ weekday, fromMinute, untilMinute }));
  });
}

type Words = SameWords<typeof bookingsZh>;

export function weekdayName(t: Words, weekday: number): string {
  const { d1, d2, d3, d4, d5, d6, d7 } = t.weekdays;
  return [d1, d2, d3, d4, d5, d6, d7][weekday - 1] ?? '';
}

/** 周一、周三 09:00–11:30. */
export function hoursWords(t: Words, weekly: readonly WeeklyHours[]): string[] {
  return toRows(weekly).map(
    ({ weekdays, from, until }) => `${weekdays.map((one) => weekdayName(t, one)).join(t.comma)} ${from}–${until}`,
  );
}
