import { formatNumber } from '#web/i18n/format.ts';
import { languageChoice, type Language } from '#web/i18n/language.ts';

/** 98.7 %. What is not quite all is never written as 100 %, what is not quite nothing never as 0 %. */
export function formatShare(value: number, lang: Language = languageChoice.get()): string {
  const shown = value > 0 && value < 1 ? Math.min(0.999, Math.max(0.001, value)) : value;
  return new Intl.NumberFormat(lang === 'zh' ? 'zh-CN' : 'en', { style: 'percent', maximumFractionDigits: 1 }).format(
    shown,
  );
}

/** A value as its kind is written; null: nothing to count. */
export function formatValue(kind: 'share' | 'count' | 'none', value: number | null): string {
  if (value === null) return '—';
  return kind === 'share' ? formatShare(value) : formatNumber(value);
}
