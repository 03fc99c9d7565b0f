import type { MapWindow } from '#server/modules/grids/index.ts';
import { fromCursor, pageLimit, spanOf, toCursor, windowsOf } from './parameters.ts';
import type { Feature, FeaturePage } from './parts.ts';

interface Coded {
  code: string;
  lon: number;
  lat: number;
  openNow: boolean | null;
}

interface CodedQuery {
  bbox?: string | undefined;
  datetime?: string | undefined;
  limit: number;
  cursor?: string | undefined;
  code?: string | undefined;
  openNow?: boolean | undefined;
}

/** A page of places that were read whole, in the order of their codes. They have no time of their own: any right one matches. @throws AppError bad_input */
export async function pageByCode<T extends Coded>(
  read: () => Promise<readonly T[]>,
  { bbox, datetime, limit, cursor, code, openNow }: CodedQuery,
  toFeature: (one: T) => Feature,
): Promise<FeaturePage> {
  spanOf(datetime);
  const windows = windowsOf(bbox);
  const size = pageLimit(limit);
  const [after = ''] = fromCursor(cursor, 1) ?? [];
  const all = (await read())
    .filter((one) => code === undefined || one.code === code)
    .filter((one) => openNow === undefined || one.openNow === openNow)
    .filter((one) => windows.length === 0 || windows.some((window) => lies(one, window)))
    .toSorted((a, b) => (a.code < b.code ? -1 : 1));
  const rest = all.filter((one) => one.code > after);
  const last = rest.length > size ? rest[size - 1] : undefined;
  return {
    features: rest.slice(0, size).map(toFeature),
    total: all.length,
    next: last === undefined ? undefined : toCursor([last.code]),
  };
}

function lies({ lon, lat }: Coded, { west, south, east, north }: MapWindow): boolean {
  return lon >= west && lon <= east && lat >= south && lat <= north;
}
