import { geoJSONToTile } from '@maplibre/geojson-vt';
import { fromGeojsonVt } from '@maplibre/vt-pbf';
import type { AreaFeature } from '#server/modules/grids/index.ts';
import { buffer, extent, toUnits, type TileAddress } from './tile.ts';

export type Tags = Record<string, string | number | boolean>;

/** One sign of a tile: a single thing, or many too close to be told apart at this zoom. */
export interface Sign {
  lon: number;
  lat: number;
  tags: Tags;
}

const format = { version: 2, extent } as const;
type Tile = Parameters<typeof fromGeojsonVt>[0][string];

/** Points as one layer of MVT 2. */
export function encodeSigns(layer: string, at: TileAddress, signs: readonly Sign[]): Uint8Array {
  const features = signs.map(({ lon, lat, tags }) => ({ type: 1, geometry: [toUnits(at, lon, lat)], tags }));
  return fromGeojsonVt({ [layer]: { features } as unknown as Tile }, format);
}

/** Outlines as one layer of MVT 2, cut to the tile and simplified to what can be seen. */
export function encodeAreas(layer: string, { z, x, y }: TileAddress, areas: readonly AreaFeature[]): Uint8Array {
  const features = areas.flatMap(({ code, name, tier, geometry }) =>
    geometry === null ? [] : [{ type: 'Feature' as const, properties: { code, name, tier }, geometry }],
  );
  const collection = { type: 'FeatureCollection' as const, features };
  // Simplified only where a larger scale follows; the deepest tiles keep every corner.
  const tile = geoJSONToTile(collection, z, x, y, { extent, buffer, tolerance: 3, maxZoom: 18, clip: true });
  return fromGeojsonVt({ [layer]: tile }, format);
}
