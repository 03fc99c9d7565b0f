import type { SameWords } from '../area.ts';
import type { fieldDayZh } from '../zh/field-day.ts';

export const fieldDayEn: SameWords<typeof fieldDayZh> = {
  verb: { visit_record: 'Visit', inspection_record: 'Inspection' },
  nextAt: (when) => `Next: ${when}`,
};
