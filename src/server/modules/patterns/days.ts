/** The days that series are made of. */
import { dayKinds } from '#engine/stats/day-kinds.ts';
import { addDays, daysBetween } from '#kit/shanghai-days.ts';
import type { Tx } from '#server/db/pool.ts';
import type { Area } from '#server/modules/grids/index.ts';
import type { PatternParts } from './parts.ts';
import { lengthOf, type Days } from './place.ts';
import { firstDay } from './store-facts.ts';

const twoYears = 735;

/**
 * History up to `lastDay`: as long as the rules say, two years and more where there are so many (for the season of the
 * year), and no longer than there are facts. Undefined where there are none.
 */
export async function historyOf(
  { rules }: Pick<PatternParts, 'rules'>,
  tx: Tx,
  area: Area,
  lastDay: string,
): Promise<Days | undefined> {
  const first = await firstDay(tx, area);
  if (first === undefined || first > lastDay) return undefined;
  const usual = addDays(lastDay, 1 - rules.history_days);
  const long = addDays(lastDay, 1 - twoYears);
  return { from: first <= long ? long : first > usual ? first : usual, to: lastDay };
}

/** Kinds of those days and of the week after them, and where in the year they begin. */
export async function calendarOf(parts: PatternParts, days: Days) {
  const { calendar } = await parts.library();
  const firstDayOfYear = daysBetween(`${days.from.slice(0, 4)}-01-01`, days.from);
  return { kinds: dayKinds(calendar, days.from, lengthOf(days) + 7), firstDayOfYear };
}
