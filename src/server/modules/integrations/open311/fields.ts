import { AppError } from '#kit/errors.ts';

/** Query string or form of a request: every value of every name, in order, empty ones left out (they count as not sent). */
export type Fields = ReadonlyMap<string, readonly string[]>;

/** application/x-www-form-urlencoded, UTF-8. @throws AppError bad_input for more than 300 fields */
export function parseFields(text: string): Fields {
  const fields = new Map<string, string[]>();
  let count = 0;
  for (const [name, value] of new URLSearchParams(text)) {
    if (++count > 300) throw new AppError('bad_input', 'Expected at most 300 fields.');
    if (value.trim() === '') continue;
    const held = fields.get(name);
    if (held === undefined) fields.set(name, [value]);
    else held.push(value);
  }
  return fields;
}

export function findField(fields: Fields, name: string): string | undefined {
  return fields.get(name)?.[0]?.trim();
}

/** @throws AppError bad_input when it was not sent */
export function getField(fields: Fields, name: string): string {
  const value = findField(fields, name);
  if (value === undefined) throw new AppError('bad_input', `${name}: expected a value, but it was not provided.`);
  return value;
}

/** Declared several times, separated by commas, or both; undefined when not sent. @throws AppError bad_input above `most` */
export function listField(fields: Fields, name: string, most: number): string[] | undefined {
  const values = fields
    .get(name)
    ?.flatMap((value) => value.split(','))
    .map((value) => value.trim());
  const list = [...new Set(values?.filter((value) => value !== ''))];
  if (list.length > most)
    throw new AppError('bad_input', `${name}: expected at most ${most} values, found ${list.length}.`);
  return list.length === 0 ? undefined : list;
}

/** A whole number within [min, max], or `fallback` when not sent. @throws AppError bad_input */
export function wholeField(
  fields: Fields,
  name: string,
  { min, max, fallback }: { min: number; max: number; fallback: number },
): number {
  const text = findField(fields, name);
  if (text === undefined) return fallback;
  const value = Number(text);
  if (!/^\d+$/.test(text) || value < min || value > max)
    throw new AppError(
      'bad_input',
      `${name}: expected a whole number from ${min} to ${max}, found "${text.slice(0, 40)}".`,
    );
  return value;
}

/** A decimal number of degrees within ±`most`; undefined when not sent. @throws AppError bad_input */
export function degreesField(fields: Fields, name: string, most: number): number | undefined {
  const text = findField(fields, name);
  if (text === undefined) return undefined;
  const value = Number(text);
  if (!/^[+-]?\d{1,3}(\.\d*)?$/.test(text) || Math.abs(value) > most)
    throw new AppError(
      'bad_input',
      `${name}: expected degrees from -${most} to ${most} (WGS-84), found "${text.slice(0, 40)}".`,
    );
  return value;
}

const w3Time = /^(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?(Z|[+-]\d{2}:\d{2})$/;

/**
 * A time in W3C form with its zone, as epoch milliseconds. A plus sign that lost its escape on the way (and arrived as a
 * space) is understood.
 * @throws AppError bad_input for a day that does not exist, or without a zone
 */
export function parseTime(text: string, name: string): number {
  const mended = text.replace(/ (?=\d{2}:\d{2}$)/, '+');
  const parts = w3Time.exec(mended);
  const atMs = parts === null ? Number.NaN : Date.parse(mended);
  const day = parts === null ? '' : `${parts[1]}-${parts[2]}-${parts[3]}`;
  // Date.parse rolls the 31st of April into May: the day must come back as it was written.
  const exists = !Number.isNaN(atMs) && new Date(`${day}T00:00:00Z`).toISOString().startsWith(day);
  if (!exists)
    throw new AppError(
      'bad_input',
      `${name}: expected a time with its zone such as 2026-01-31T08:00:00+08:00 or 2026-01-31T00:00:00Z, found "${text.slice(0, 40)}".`,
    );
  return atMs;
}

export const mostDays = 90;
const dayMs = 86_400_000;

/** The span asked for: both ends, or 90 days from or up to the one given, or the latest 90 days. @throws AppError bad_input */
export function spanOf(fields: Fields, nowMs: number): { fromMs: number; toMs: number } {
  const timeOf = (name: string) => {
    const text = findField(fields, name);
    return text === undefined ? undefined : parseTime(text, name);
  };
  const start = timeOf('start_date');
  const end = timeOf('end_date');
  const toMs = end ?? (start === undefined ? nowMs : start + mostDays * dayMs);
  const fromMs = start ?? toMs - mostDays * dayMs;
  if (fromMs > toMs) throw new AppError('bad_input', 'start_date: expected a time before end_date.');
  if (toMs - fromMs > mostDays * dayMs)
    throw new AppError(
      'bad_input',
      `end_date: expected at most ${mostDays} days after start_date. Ask in several spans.`,
    );
  return { fromMs, toMs };
}
