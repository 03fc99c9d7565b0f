/** Points of a GeoJSON file, as if they were rows of a table: properties are the columns, the position is lon and lat. */
import { AppError } from '#kit/errors.ts';
import { matchHeaders, type CsvFile, type CsvRow, type FieldTable } from './csv-rows.ts';
import { listFeatures } from './outline-features.ts';
import { wrongRow } from './wrong-rows.ts';

/**
 * Reads a FeatureCollection of Points. Properties are matched to fields like the headers of a table; features that are no
 * points are told by their place in the file, counted from 1.
 * @throws AppError import_refused when the file is no JSON or has no features
 */
export function readPointFeatures(text: string, fields: FieldTable, map: Readonly<Record<string, string>>): CsvFile {
  const features = listFeatures(parse(text));
  const names = [...new Set(features.flatMap((one) => Object.keys(propertiesOf(one) ?? {})))];
  const { places, mapped } = matchHeaders(names, fields, map);
  const file: CsvFile = { rows: [], wrong: [], mapped: { ...mapped, lon: 'geometry', lat: 'geometry' }, read: 0 };
  for (const [k, feature] of features.entries()) {
    file.read++;
    const row = rowOf(feature, k + 1, names, places);
    if (row === undefined)
      file.wrong.push(wrongRow(k + 1, 'feature', 'a Feature with a Point and properties', feature));
    else file.rows.push(row);
  }
  return file;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch {
    throw new AppError('import_refused', 'The file is not JSON. Expected GeoJSON: a FeatureCollection of points.');
  }
}

type Properties = Record<string, unknown>;

function propertiesOf(feature: unknown): Properties | undefined {
  const found = isRecord(feature) ? feature['properties'] : undefined;
  return isRecord(found) ? found : undefined;
}

function rowOf(
  feature: unknown,
  line: number,
  names: readonly string[],
  places: ReadonlyMap<string, number>,
): CsvRow | undefined {
  const properties = propertiesOf(feature);
  const at = positionOf(feature);
  if (properties === undefined || at === undefined) return undefined;
  const [lon, lat] = at;
  return {
    line,
    get(field) {
      if (field === 'lon') return String(lon);
      if (field === 'lat') return String(lat);
      return textOf(properties[names[places.get(field) ?? -1] ?? '']);
    },
  };
}

function positionOf(feature: unknown): readonly [number, number] | undefined {
  const geometry = isRecord(feature) ? feature['geometry'] : undefined;
  if (!isRecord(geometry) || geometry['type'] !== 'Point' || !Array.isArray(geometry['coordinates'])) return undefined;
  const [lon, lat]: unknown[] = geometry['coordinates'];
  return typeof lon === 'number' && typeof lat === 'number' ? [lon, lat] : undefined;
}

function textOf(value: unknown): string {
  if (typeof value === 'string') return value.trim();
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : '';
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
