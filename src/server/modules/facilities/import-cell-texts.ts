/** Cells of a table as values, each with the words for what is wrong. */
import type { Input } from '#contract/route.ts';
import type { facilityRoutes } from '#contract/facilities.ts';
import {
  convert,
  districtOf,
  wrongRow,
  type CoordinateSystem,
  type CsvRow,
  type LiveTerritory,
  type WrongRow,
} from '#server/modules/grids/index.ts';
import type { Placed } from './place.ts';

/** The bytes of a file sent as text or in Base64. */
export function bytesOf({
  text,
  base64,
}: Pick<Input<typeof facilityRoutes.import>['body'], 'text' | 'base64'>): Uint8Array {
  return base64 === undefined ? Buffer.from(text ?? '', 'utf8') : Buffer.from(base64, 'base64');
}

/** A whole number within its limits; commas between thousands are let pass. */
export function readWhole(
  row: CsvRow,
  field: string,
  { least, most }: { least: number; most: number },
): number | WrongRow {
  const text = row.get(field).replaceAll(',', '');
  const value = text === '' ? Number.NaN : Number(text);
  if (Number.isInteger(value) && value >= least && value <= most) return value;
  return wrongRow(row.line, field, `a whole number from ${least} to ${most}`, row.get(field));
}

/** A day as YYYY-MM-DD (2026/1/5 and 2026.1.5 too), or null for an empty cell. */
export function readDay(row: CsvRow, field: string): string | null | WrongRow {
  const text = row.get(field);
  if (text === '') return null;
  const [, year = '', month = '', day = ''] = /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?$/.exec(text) ?? [];
  const written = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  const ms = Date.parse(`${written}T00:00:00Z`);
  if (!Number.isNaN(ms) && new Date(ms).toISOString().startsWith(written)) return written;
  return wrongRow(row.line, field, 'a day like 2026-01-31, or nothing', text);
}

export type PlacedPoint = Placed & { lon: number; lat: number };

/** Position in WGS-84 and the finest area that holds it. */
export function readPlace(territory: LiveTerritory, row: CsvRow, crs: CoordinateSystem): PlacedPoint | WrongRow {
  const raw = [row.get('lon'), row.get('lat')].map((text) => (text === '' ? Number.NaN : Number(text)));
  const [lon = Number.NaN, lat = Number.NaN] = raw;
  if (!(Math.abs(lon) <= 180)) return wrongRow(row.line, 'lon', 'degrees from -180 to 180', row.get('lon'));
  if (!(Math.abs(lat) <= 90)) return wrongRow(row.line, 'lat', 'degrees from -90 to 90', row.get('lat'));
  const [x, y] = convert([lon, lat], crs) as [number, number];
  const area = territory.locate(x, y);
  if (area === undefined) return wrongRow(row.line, 'lon', 'a position inside a known area', `${lon}, ${lat}`);
  return { lon: x, lat: y, areaCode: area.code, path: [...area.path], district: districtOf(area.path) };
}
