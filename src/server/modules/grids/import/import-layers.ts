import { ledgerActor } from '#server/modules/identity/index.ts';
import { AppError } from '#kit/errors.ts';
import { uuidV7 } from '#kit/ids.ts';
import { append } from '#server/modules/ledger/index.ts';
import { districtOf, type Work } from '../area-commands.ts';
import { savePlaces, saveLayer, type Place } from '../store-layers.ts';
import { decodeFile } from './file-text.ts';
import { parseJson } from './import-outlines.ts';
import { convert, listFeatures, type CoordinateSystem } from './outline-features.ts';
import { readCsv, type CsvRow, type FieldTable } from './csv-rows.ts';
import { firstWrong, refuseWrong, wrongRow, type ImportAnswer, type WrongRow } from './wrong-rows.ts';
import { isName } from './area-rows.ts';

/** Replaces one layer of the base map by the features of a GeoJSON file, converted to WGS-84. Returns their number. */
export async function importBasemap(
  work: Work,
  wish: { bytes: Uint8Array; layer: string; crs: CoordinateSystem },
): Promise<number> {
  if (!/^[a-z0-9_-]{1,40}$/.test(wish.layer)) {
    throw new AppError(
      'bad_input',
      `A layer is named with small letters, digits, - and _, found "${wish.layer.slice(0, 40)}".`,
      { field: 'layer' },
    );
  }
  const features = listFeatures(parseJson(wish.bytes)).map((feature, k) => toLayerFeature(feature, k + 1, wish.crs));
  await saveLayer(work.tx, wish.layer, JSON.stringify({ type: 'FeatureCollection', features }), work.atMs);
  await recordLayer(work, 'basemap.import', wish.layer, { features: features.length });
  return features.length;
}

function toLayerFeature(feature: unknown, number: number, crs: CoordinateSystem): unknown {
  const { geometry, properties } = (feature ?? {}) as {
    geometry?: { type?: unknown; coordinates?: unknown };
    properties?: unknown;
  };
  if (typeof geometry?.type !== 'string' || !Array.isArray(geometry.coordinates)) {
    throw new AppError(
      'import_refused',
      `Feature ${number}: expected a Feature with a geometry that has coordinates.`,
      { line: number },
    );
  }
  return {
    type: 'Feature',
    properties: properties ?? {},
    geometry: { type: geometry.type, coordinates: convert(geometry.coordinates, crs) },
  };
}

const placeFields = {
  name: ['名称', '地点', '地名'],
  kind: ['类型', '类别', 'type'],
  lon: ['lng', 'longitude', 'x', '经度'],
  lat: ['latitude', 'y', '纬度'],
} as const satisfies FieldTable;

/** Adds named places for the search; the area is found from the position. */
export async function importPlaces(
  work: Work,
  wish: { bytes: Uint8Array; map: Readonly<Record<string, string>>; crs: CoordinateSystem; skipWrong: boolean },
): Promise<ImportAnswer> {
  const file = await readCsv(decodeFile(wish.bytes).text, placeFields, wish.map);
  const places = new Map<string, Place>();
  const wrong: WrongRow[] = [...file.wrong];
  for (const row of file.rows) {
    const place = toPlace(work, row, wish.crs);
    if ('expected' in place) wrong.push(place);
    else places.set(`${place.name} ${place.lon} ${place.lat}`, place);
  }
  if (!wish.skipWrong) refuseWrong(wrong, file.read);
  await savePlaces(work.tx, [...places.values()]);
  await recordLayer(work, 'place.import', 'places', { places: places.size });
  return {
    read: file.read,
    created: places.size,
    changed: 0,
    unchanged: 0,
    byTier: {},
    wrong: firstWrong(wrong),
    wrongCount: wrong.length,
    notes: [],
    dryRun: false,
  };
}

function toPlace(work: Work, row: CsvRow, crs: CoordinateSystem): Place | WrongRow {
  const name = row.get('name');
  const numbers = [row.get('lon'), row.get('lat')];
  if (!isName(name)) return wrongRow(row.line, 'name', 'a name of 1 to 100 characters', name);
  const [lon, lat] = convert(
    numbers.map((text) => (text === '' ? Number.NaN : Number(text))),
    crs,
  ) as [number, number];
  if (!(Math.abs(lon) <= 180)) return wrongRow(row.line, 'lon', 'degrees from -180 to 180', row.get('lon'));
  if (!(Math.abs(lat) <= 90)) return wrongRow(row.line, 'lat', 'degrees from -90 to 90', row.get('lat'));
  return {
    id: uuidV7(work.atMs),
    name,
    kind: row.get('kind').slice(0, 40),
    lon,
    lat,
    areaCode: work.territory.locate(lon, lat)?.code ?? null,
  };
}

async function recordLayer(work: Work, action: string, id: string, data: Record<string, unknown>): Promise<void> {
  const city = work.territory.maps().childrenOf.get('')?.[0];
  await append(work.tx, {
    actor: ledgerActor(work.actor),
    action,
    subject: { type: 'basemap', id },
    district: districtOf(city?.path ?? []),
    atMs: work.atMs,
    data,
    opId: work.opId,
  });
}
