/** Hours as one cell of a table: what people and OpenStreetMap write, and back. */
import { findHoursFault, type OpenSpan } from './rules-hours.ts';

const english = ['mo', 'tu', 'we', 'th', 'fr', 'sa', 'su'] as const;
const chinese = '一二三四五六日';
const everyDay = [1, 2, 3, 4, 5, 6, 7];
const always: OpenSpan[] = [{ days: everyDay, from: '00:00', to: '24:00' }];

/** 1–7 of one day's word: 1, Mo, 周一, 星期日, 周天; undefined for others. */
function dayOfWord(word: string): number | undefined {
  const plain = word
    .toLowerCase()
    .replace(/^(周|星期|礼拜)/, '')
    .replace('天', '日');
  if (/^[1-7]$/.test(plain)) return Number(plain);
  const place = plain.length === 1 ? chinese.indexOf(plain) : english.findIndex((one) => plain.startsWith(one));
  return place < 0 ? undefined : place + 1;
}

/** Days of `Mo-Fr`, `1-5`, `周一至周五`, `6,7`, `每天`, nothing (every day); undefined when it is none of these. */
function readDays(text: string): number[] | undefined {
  if (/^(|daily|每天|每日|全年|天天)$/i.test(text)) return everyDay;
  if (text === '工作日') return [1, 2, 3, 4, 5];
  if (text === '周末') return [6, 7];
  const days: number[] = [];
  for (const part of text.split(/[,、，]/)) {
    const words = part.split(/[-–至到~]/).map((word) => dayOfWord(word.trim()));
    const [first, last] = [words[0], words.at(-1)];
    if (first === undefined || last === undefined || words.length > 2) return undefined;
    const length = ((last - first + 7) % 7) + 1;
    days.push(...everyDay.slice(0, length).map((k) => ((first + k - 2) % 7) + 1));
  }
  return days.toSorted((a, b) => a - b);
}

const clock = String.raw`(\d{1,2})[:：](\d{2})`;
const span = new RegExp(`^${clock}\\s*[-–至到~]\\s*${clock}$`);

function readTime(hour: string, minute: string, most: number): string | undefined {
  const minutes = Number(hour) * 60 + Number(minute);
  return Number(minute) < 60 && minutes <= most ? `${hour.padStart(2, '0')}:${minute}` : undefined;
}

function readSpan(text: string): { from: string; to: string } | undefined {
  const found = span.exec(text.trim());
  if (found === null) return undefined;
  const [, fromHour = '', fromMinute = '', toHour = '', toMinute = ''] = found;
  const from = readTime(fromHour, fromMinute, 1_439);
  const to = readTime(toHour, toMinute, 1_440);
  return from === undefined || to === undefined ? undefined : { from, to };
}

/**
 * Reads `Mo-Fr 08:00-18:00; Sa,Su 09:00-12:00`, `周一至周五 8:00-12:00,14:00-18:00`, `每天 06:00-23:00`, `24/7`, `24小时`,
 * `off`, or times alone for every day. Answers undefined for what it does not understand, so that nothing is taken by guess.
 */
export function readHours(text: string): OpenSpan[] | undefined {
  const plain = text.trim();
  if (/^(24\/7|24\s*小时|全天)$/.test(plain)) return always;
  if (/^(off|closed|不开放|停业)$/i.test(plain)) return [];
  const hours: OpenSpan[] = [];
  for (const rule of plain.split(/[;；]/).filter((part) => part.trim() !== '')) {
    const at = rule.search(/\d{1,2}[:：]\d{2}/);
    const days = at < 0 ? undefined : readDays(rule.slice(0, at).trim());
    const spans = rule
      .slice(Math.max(at, 0))
      .split(/[,、，]/)
      .map(readSpan);
    if (days === undefined) return undefined;
    for (const one of spans) {
      if (one === undefined) return undefined;
      hours.push({ days: [...days], ...one });
    }
  }
  return hours.length === 0 || findHoursFault(hours) !== undefined ? undefined : hours;
}

/** What `readHours` takes back: `1-5 08:00-18:00; 6,7 09:00-12:00`, `24/7`, `off`. */
export function writeHours(hours: readonly OpenSpan[]): string {
  if (hours.length === 0) return 'off';
  if (JSON.stringify(hours) === JSON.stringify(always)) return '24/7';
  return hours.map(({ days, from, to }) => `${writeDays(days)} ${from}-${to}`).join('; ');
}

function writeDays(days: readonly number[]): string {
  const sorted = days.toSorted((a, b) => a - b);
  const [first, last] = [sorted[0], sorted.at(-1)];
  const isRun = first !== undefined && last !== undefined && sorted.length > 2 && last - first === sorted.length - 1;
  return isRun ? `${first}-${last}` : sorted.join(',');
}
