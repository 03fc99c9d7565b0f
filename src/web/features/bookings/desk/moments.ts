import { addDays, weekdayOf } from '#kit/shanghai-days.ts';
import { dayIn } from '#web/i18n/local-time.ts';

/** The Monday of the coming week. */
export function mondayAfter(nowMs: number): string {
  const today = dayIn(nowMs);
  return addDays(today, 8 - weekdayOf(today));
}
