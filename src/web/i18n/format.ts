import { textOf } from './area.ts';
import { common } from './common.ts';
import { language, type Language } from './language.ts';

/** The one time zone of all screens; data stay in UTC. */
const timeZone = 'Asia/Shanghai';
const locales: Record<Language, string> = { zh: 'zh-CN', en: 'en-GB' };
const made = new Map<string, Intl.DateTimeFormat>();

type When = string | number | Date;

/** 2026年6月3日 14:05, or 6月3日 14:05 within the year of `now`. Invalid or absent times read "not set". */
export function formatTime(when: When | null, lang: Language = language(), now: When = Date.now()): string {
  if (!isTime(when)) return textOf(common, lang).time.unknown;
  const sameYear = yearOf(when) === yearOf(now);
  return formatter(lang, {
    ...(sameYear ? {} : { year: 'numeric' }),
    month: lang === 'zh' ? 'long' : 'short',
    day: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
  }).format(new Date(when));
}

/** 2026年6月3日. */
export function formatDate(when: When | null, lang: Language = language()): string {
  if (!isTime(when)) return textOf(common, lang).time.unknown;
  return formatter(lang, { year: 'numeric', month: lang === 'zh' ? 'long' : 'short', day: 'numeric' }).format(
    new Date(when),
  );
}

const units = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
] as const;

/** 3天前, in 2 hours; below one minute "just now". Beyond 30 days the date. */
export function formatRelative(when: When | null, lang: Language = language(), now: When = Date.now()): string {
  if (!isTime(when)) return textOf(common, lang).time.unknown;
  const deltaMs = new Date(when).getTime() - new Date(now).getTime();
  if (Math.abs(deltaMs) > 30 * 86_400_000) return formatDate(when, lang);
  for (const [unit, ms] of units) {
    if (Math.abs(deltaMs) >= ms)
      return new Intl.RelativeTimeFormat(locales[lang], { numeric: 'auto' }).format(Math.trunc(deltaMs / ms), unit);
  }
  return textOf(common, lang).time.justNow;
}

/** A length of time in its two largest units: 2天3小时, 1 hr 5 min. Below a minute it reads one minute; negative as positive. */
export function formatDuration(ms: number, lang: Language = language()): string {
  let rest = Math.max(60_000, Math.abs(ms));
  const parts: string[] = [];
  for (const [unit, size] of units) {
    const count = Math.floor(rest / size);
    rest -= count * size;
    if (count > 0 && parts.length < 2) parts.push(unitFormat(lang, unit).format(count));
    else if (parts.length > 0) break;
  }
  return parts.join(lang === 'zh' ? '' : ' ');
}

/** A length of time in its largest unit, for narrow columns: 6天, 13小时, 5 min. Rounded down; below a minute one minute. */
export function formatRoughly(ms: number, lang: Language = language()): string {
  const span = Math.max(60_000, Math.abs(ms));
  const [unit, size] = units.find(([, one]) => span >= one) ?? units[2];
  return unitFormat(lang, unit).format(Math.floor(span / size));
}

/** 850 米, 1.2 km. `metres` ≥ 0. */
export function formatDistance(metres: number, lang: Language = language()): string {
  const far = metres >= 1000;
  const value = far ? metres / 1000 : Math.round(metres / 10) * 10;
  return new Intl.NumberFormat(locales[lang], {
    style: 'unit',
    unit: far ? 'kilometer' : 'meter',
    unitDisplay: lang === 'zh' ? 'long' : 'short',
    maximumFractionDigits: far ? 1 : 0,
  }).format(value);
}

export function formatNumber(value: number, lang: Language = language()): string {
  return new Intl.NumberFormat(locales[lang]).format(value);
}

function unitFormat(lang: Language, unit: string): Intl.NumberFormat {
  return new Intl.NumberFormat(locales[lang], { style: 'unit', unit, unitDisplay: lang === 'zh' ? 'long' : 'short' });
}

function formatter(lang: Language, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = lang + JSON.stringify(options);
  const found = made.get(key) ?? new Intl.DateTimeFormat(locales[lang], { ...options, timeZone, hourCycle: 'h23' });
  made.set(key, found);
  return found;
}

function isTime(when: When | null): when is When {
  return when !== null && !Number.isNaN(new Date(when).getTime());
}

function yearOf(when: When): string {
  return formatter('en', { year: 'numeric' }).format(new Date(when));
}

/** A share, 0 to 1, in whole per cent: 97%. */
export function formatPercent(share: number, lang: Language = language()): string {
  return `${formatNumber(Math.round(share * 100), lang)}%`;
}
