/** Times of CAP messages, and the national form of their identifiers. */
import { refuse, quote } from '#server/files/xml-tree.ts';

const standard = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)([+-])(\d\d):(\d\d)$/;

/**
 * `2026-06-15T08:30:00+08:00`, as CAP 1.2 asks, or with a space for the T, as the national profile writes it. The offset
 * is always there: CAP knows no Z, UTC is -00:00. Returns ISO 8601 in UTC.
 * @throws AppError bad_input naming `path`
 */
export function readTime(path: string, text: string): string {
  const match = standard.exec(text.replace(/^(\S{10}) /, '$1T'));
  const ms = match === null ? NaN : Date.parse(match[0].replace('-00:00', '+00:00'));
  const [hour, minute] = [Number(match?.[8]), Number(match?.[9])];
  if (match === null || Number.isNaN(ms) || hour > 14 || minute > 59 || !isRealDay(match))
    return refuse(`${path}: expected a time with offset like 2026-06-15T08:30:00+08:00`, quote(text));
  return new Date(ms).toISOString();
}

/** `Date.parse` takes 31 June for 1 July. */
function isRealDay([, year, month, day]: RegExpExecArray): boolean {
  const date = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day)));
  return date.getUTCMonth() === Number(month) - 1 && date.getUTCDate() === Number(day);
}

/** Epoch milliseconds → the form CAP asks, in Beijing time. */
export function writeTime(ms: number): string {
  return `${new Date(ms + 8 * 3_600_000).toISOString().slice(0, 19)}+08:00`;
}

/** What the 31 characters `ZZZZZZDDDUUUXX_YYYYMMDDhhmmss_N` say. */
export interface NationalIdentifier {
  /** GB/T 2260 six digits of the issuer. */
  division: string;
  /** GB/T 4657 three characters of the trade, three of the unit, two of its part. */
  trade: string;
  unit: string;
  part: string;
  /** Time of entry, epoch milliseconds. */
  enteredMs: number;
  serial: number;
}

const national = /^(\d{6})([0-9A-Z]{3})([0-9A-Z]{3})([0-9A-Z]{2})_(\d{14})_(\d)$/;

/** Undefined for any other identifier: those are names without a meaning and never a fault. */
export function readIdentifier(text: string): NationalIdentifier | undefined {
  const match = national.exec(text);
  const [, division, trade, unit, part, stamp, serial] = match ?? [];
  if (division === undefined || trade === undefined || unit === undefined || part === undefined) return undefined;
  const [y, mo, d, h, mi, s] = [[0, 4], [4, 6], [6, 8], [8, 10], [10, 12], [12, 14]].map(([a, b]) => stamp?.slice(a, b)); // prettier-ignore
  const enteredMs = Date.parse(`${y}-${mo}-${d}T${h}:${mi}:${s}+08:00`);
  const same = !Number.isNaN(enteredMs) && stampOf(enteredMs) === stamp;
  return same ? { division, trade, unit, part, enteredMs, serial: Number(serial) } : undefined;
}

/** The identifier of a message of ours; `serial` 0 to 9 tells messages of one second apart. */
export function writeIdentifier(of: NationalIdentifier): string {
  return `${of.division}${of.trade}${of.unit}${of.part}_${stampOf(of.enteredMs)}_${of.serial}`;
}

function stampOf(ms: number): string {
  return new Date(ms + 8 * 3_600_000).toISOString().slice(0, 19).replace(/\D/g, '');
}
