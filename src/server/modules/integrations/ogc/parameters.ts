import { pageSize } from '#contract/ogc.ts';
import { AppError } from '#kit/errors.ts';
import type { MapWindow } from '#server/modules/grids/index.ts';

/** A page is never longer than the largest; asking for more is no error (requirement /req/core/fc-limit-response-1). */
export function pageLimit(asked: number): number {
  return Math.min(asked, pageSize.most);
}

/**
 * The windows of a bbox: none when it was not given, two when it crosses the antimeridian. Four numbers, or six with
 * heights, which nothing here has. What lies beyond the edge of the map is cut off.
 * @throws AppError bad_input
 */
export function windowsOf(bbox: string | undefined): MapWindow[] {
  if (bbox === undefined) return [];
  const numbers = bbox.split(',').map((text) => (text.trim() === '' ? NaN : Number(text)));
  const [west = NaN, south = NaN, east = NaN, north = NaN] =
    numbers.length === 6 ? [numbers[0], numbers[1], numbers[3], numbers[4]] : numbers;
  const right = (numbers.length === 4 || numbers.length === 6) && numbers.every(Number.isFinite) && south <= north;
  if (!right)
    throw new AppError(
      'bad_input',
      `bbox: expected west,south,east,north in degrees with south not above north, found "${bbox.slice(0, 80)}".`,
      { field: 'bbox' },
    );
  const [s, n] = [Math.max(south, -90), Math.min(north, 90)];
  if (west <= east) return [{ west: Math.max(west, -180), south: s, east: Math.min(east, 180), north: n }];
  return [
    { west, south: s, east: 180, north: n },
    { west: -180, south: s, east, north: n },
  ];
}

const moment = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?(Z|[+-]\d\d:\d\d)$/i;
const day = /^\d{4}-\d\d-\d\d$/;
const dayMs = 86_400_000;

/** Epoch milliseconds, both ends belong to it; an end that is missing is open. */
export interface Span {
  fromMs?: number;
  toMs?: number;
}

/**
 * RFC 3339 moments, `a/b`, `a/..`, `../b` (or with nothing for the dots); a date alone is its whole day in UTC.
 * @throws AppError bad_input
 */
export function spanOf(datetime: string | undefined): Span {
  if (datetime === undefined) return {};
  const ends = datetime.split('/');
  const [first = '', last = first] = ends;
  const [open1, open2] = [isOpen(first), isOpen(last)];
  if (ends.length > 2 || (open1 && open2)) throw refuse(datetime);
  const span: Span = {};
  if (!open1) span.fromMs = startOf(first, datetime);
  if (!open2) span.toMs = startOf(last, datetime) + (day.test(last) ? dayMs - 1 : 0);
  if ((span.fromMs ?? -Infinity) > (span.toMs ?? Infinity)) throw refuse(datetime);
  return span;
}

function isOpen(end: string): boolean {
  return end === '' || end === '..';
}

function startOf(text: string, whole: string): number {
  const ms = moment.test(text) || day.test(text) ? Date.parse(text) : NaN;
  if (Number.isNaN(ms)) throw refuse(whole);
  return ms;
}

function refuse(datetime: string): AppError {
  return new AppError(
    'bad_input',
    `datetime: expected a moment such as 2026-06-01T00:00:00Z, or an interval a/b, a/.. or ../b with a before b, found "${datetime.slice(0, 80)}".`,
    { field: 'datetime' },
  );
}

/** Where the following page begins, as it stands in the next link. */
export function toCursor(parts: readonly string[]): string {
  return Buffer.from(JSON.stringify(parts)).toString('base64url');
}

/** @throws AppError bad_input for anything but the cursor of a next link with this many parts */
export function fromCursor(cursor: string | undefined, parts: number): string[] | undefined {
  if (cursor === undefined) return undefined;
  try {
    const found: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
    if (Array.isArray(found) && found.length === parts && found.every((part) => typeof part === 'string'))
      return found.map((part) => String(part).replaceAll('\0', ''));
  } catch {
    // not ours: fall through
  }
  throw new AppError('bad_input', 'cursor: expected the value of a next link. Start again from the first page.', {
    field: 'cursor',
  });
}
