import { dayMs } from '#kit/shanghai-days.ts';
import type { Calendar } from '../worktime/calendar.ts';

/** 0 Monday … 6 Sunday; 7 a public holiday (also one that falls on a weekend); 8 a weekend day worked in exchange (调休). */
export type DayKind = number;

export const dayKindCount = 9;

/** The kinds of `days` days from `firstDay` ('YYYY-MM-DD') on. Beyond the calendar's coverage only weekdays are known. */
export function dayKinds({ days: special }: Pick<Calendar, 'days'>, firstDay: string, days: number): Uint8Array {
  const firstMs = Date.parse(`${firstDay}T00:00:00Z`);
  return Uint8Array.from({ length: days }, (_, k) => {
    const date = new Date(firstMs + k * dayMs);
    const weekday = (date.getUTCDay() + 6) % 7;
    const kind = special.get(date.toISOString().slice(0, 10))?.kind;
    if (kind === 'rest') return 7;
    return kind === 'work' && weekday >= 5 ? 8 : weekday;
  });
}

/** Where nothing is known yet a holiday is like a Sunday, a worked weekend day like the middle of Monday to Friday. */
export function withoutSpecial(factors: ArrayLike<number>): Float64Array {
  const whole = Float64Array.from({ length: dayKindCount }, (_, kind) => factors[kind] ?? 1);
  whole[7] = whole[6] as number;
  whole[8] = whole.slice(0, 5).reduce((sum, one) => sum + one, 0) / 5;
  return whole;
}
