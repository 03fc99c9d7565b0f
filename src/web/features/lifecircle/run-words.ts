import type { SameWords } from '#web/i18n/area.ts';
import type { lifecircle } from '#web/i18n/lifecircle.ts';
import { clockOf } from './Filters.tsx';
import type { Run } from './queries.ts';

type Text = SameWords<(typeof lifecircle)['zh']>;

/** When a run looked: at any time, or a minute of a weekday. */
export function whenOf({ at }: Pick<Run, 'at'>, t: Text): string {
  return at === null ? t.anyTime : t.at(t.weekdays[at.weekday - 1] ?? '', clockOf(at.minute));
}
