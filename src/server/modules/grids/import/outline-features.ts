/** GeoJSON of outlines → areas with WGS-84 shapes. Pure. */
import gcoordModule from 'gcoord';
import type { AreaGeometry } from '#engine/territory/geometry.ts';
import { decodeAreaCode } from '#engine/territory/area-code.ts';
import { isAppError } from '#kit/errors.ts';
import type { Tier } from '#kit/tiers.ts';
import { toGeometry } from '../outline-change.ts';
import { wrongRow, type WrongRow } from './wrong-rows.ts';

// The package's types describe its ES module, Node loads its CommonJS one: there the functions are the export itself.
const gcoord = gcoordModule as unknown as (typeof gcoordModule)['default'];

export const coordinateSystems = ['wgs84', 'gcj02', 'bd09', 'cgcs2000'] as const;
export type CoordinateSystem = (typeof coordinateSystems)[number];

export interface OutlineFeature {
  code: string;
  tier: Tier;
  name: string;
  /** Place in the file, from 1. */
  number: number;
  geometry: AreaGeometry;
}

export interface FeatureOptions {
  crs: CoordinateSystem;
  tier?: Tier;
  codeProperty: string;
  nameProperty: string;
}

interface Feature {
  properties: Record<string, unknown>;
  geometry: { type: 'Polygon' | 'MultiPolygon'; coordinates: unknown[] };
}

/** Every feature of a FeatureCollection, one Feature, or a list of these. */
export function listFeatures(document: unknown): unknown[] {
  if (Array.isArray(document)) return document.flatMap(listFeatures);
  if (isRecord(document) && document['type'] === 'FeatureCollection' && Array.isArray(document['features']))
    return document['features'];
  return [document];
}

/** Reads features; wrong ones are told with their place in the file. */
export function readOutlines(
  document: unknown,
  options: FeatureOptions,
): { outlines: OutlineFeature[]; wrong: WrongRow[]; read: number } {
  const features = listFeatures(document);
  const outlines = new Map<string, OutlineFeature>();
  const wrong: WrongRow[] = [];
  features.forEach((feature, k) => {
    const outline = readOutline(feature, k + 1, options);
    if ('expected' in outline) wrong.push(outline);
    else if (outlines.has(outline.code))
      wrong.push(
        wrongRow(
          k + 1,
          options.codeProperty,
          `each code once; ${outline.code} is already feature ${outlines.get(outline.code)?.number}`,
          outline.code,
        ),
      );
    else outlines.set(outline.code, outline);
  });
  return { outlines: [...outlines.values()], wrong, read: features.length };
}

function readOutline(feature: unknown, number: number, options: FeatureOptions): OutlineFeature | WrongRow {
  if (!isFeature(feature)) return wrongRow(number, 'feature', 'a Feature with a Polygon or MultiPolygon', feature);
  const code = codeOf(feature.properties[options.codeProperty]);
  const name = feature.properties[options.nameProperty];
  try {
    const { tier } = decodeAreaCode(code);
    if (options.tier !== undefined && options.tier !== tier)
      return wrongRow(number, options.codeProperty, `the code of a ${options.tier}`, code);
    const geometry = toGeometry(
      { type: feature.geometry.type, coordinates: convert(feature.geometry.coordinates, options.crs) },
      code,
    );
    return { code, tier, name: typeof name === 'string' ? name.trim() : '', number, geometry };
  } catch (error) {
    if (!isAppError(error)) throw error;
    return error.detail['field'] === 'code'
      ? wrongRow(number, options.codeProperty, 'an area code', code)
      : wrongRow(number, 'geometry', 'a valid outline', error.message);
  }
}

/** Codes are written as text or number, sometimes padded to 12 digits. */
function codeOf(value: unknown): string {
  let code = typeof value === 'number' || typeof value === 'string' ? String(value).trim() : '';
  while ((code.length === 12 || code.length === 9) && code.endsWith('000')) code = code.slice(0, -3);
  return code;
}

/**
 * Coordinates of any depth into WGS-84. GCJ-02 and BD-09 are undone numerically (error below 1 m); CGCS2000 differs from
 * WGS-84 by centimetres, less than any outline is known, and is taken as it is.
 */
export function convert(coordinates: unknown[], crs: CoordinateSystem): unknown[] {
  if (crs === 'wgs84' || crs === 'cgcs2000') return coordinates;
  const from = crs === 'gcj02' ? gcoord.GCJ02 : gcoord.BD09;
  const [lon, lat] = coordinates;
  if (typeof lon === 'number' && typeof lat === 'number') return gcoord.transform([lon, lat], from, gcoord.WGS84);
  return coordinates.map((part) => (Array.isArray(part) ? convert(part, crs) : part));
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isFeature(value: unknown): value is Feature {
  if (!isRecord(value) || !isRecord(value['geometry']) || !isRecord(value['properties'])) return false;
  const { type, coordinates } = value['geometry'];
  return (type === 'Polygon' || type === 'MultiPolygon') && Array.isArray(coordinates);
}
