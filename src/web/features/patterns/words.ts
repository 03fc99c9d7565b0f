import { weekdayOf } from '#kit/shanghai-days.ts';
import { useText } from '#web/i18n/area.ts';
import { formatDate, formatNumber } from '#web/i18n/format.ts';
import { patterns } from '#web/i18n/patterns.ts';
import { useNamed } from '#web/i18n/use-named.ts';

/** Hook: words that all parts say. */
export function useSay() {
  const t = useText(patterns);
  const named = useNamed();
  return {
    t,
    named,
    kind: (one: { code: string; name: string; nameEn: string }): string => (one.code === '' ? t.anyKind : named(one)),
    day: (day: string): string => t.day(formatDate(day), t.weekdays[weekdayOf(day) - 1] ?? ''),
  };
}

/** At most one decimal; whole from 10 on. */
export function roughly(value: number): string {
  return formatNumber(value >= 10 ? Math.round(value) : Math.round(value * 10) / 10);
}

export const percent = (share: number): string => `${formatNumber(Math.round(share * 100))}%`;

/** A chance, with two figures that count. */
export function chance(p: number): string {
  return p < 0.0001 ? '0.0001' : String(Number(p.toPrecision(2)));
}
