import { textOf } from '#web/i18n/area.ts';
import { field } from '#web/i18n/field.ts';
import { formatDuration } from '#web/i18n/format.ts';

export interface Remaining {
  words: string;
  tone: 'late' | 'soon' | 'calm';
}

const soonMs = 2 * 3_600_000;

/** How long is left, in words. */
export function remaining(dueAt: string | null, nowMs: number): Remaining {
  const t = textOf(field).today;
  if (dueAt === null) return { words: t.noLimit, tone: 'calm' };
  const leftMs = Date.parse(dueAt) - nowMs;
  if (leftMs < 0) return { words: t.late(formatDuration(leftMs)), tone: 'late' };
  return { words: t.left(formatDuration(leftMs)), tone: leftMs < soonMs ? 'soon' : 'calm' };
}
