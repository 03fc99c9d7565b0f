/** Whole GeoJSON documents with an ETag: outlines for the map, the resident's map, the base map. */
import type { AreaGeometry } from '#engine/territory/geometry.ts';
import { AppError } from '#kit/errors.ts';
import type { Database } from '#server/db/pool.ts';
import { systemScope } from '#server/db/scope.ts';
import type { LiveTerritory } from './live-territory.ts';
import { findLayer, listLayers } from './store-layers.ts';
import type { StoredArea } from './store.ts';
import { areasIn } from './territory-maps.ts';

export interface WindowQuery {
  bbox?: readonly number[];
  tier: string;
}

/** A document that may already lie at the client's: `body` is asked for only when its tag is not the client's. */
export interface Document {
  etag: string;
  /** How long the client may use it without asking, seconds. */
  maxAgeS: number;
  public: boolean;
  body(): Promise<string>;
}

/** A window with more areas than this is cut; the document says so, the map asks for a smaller window or a higher tier. */
const mostFeatures = 10_000;

export function createDocuments(database: Database, territory: LiveTerritory) {
  function outlines(query: WindowQuery, open: boolean): Document {
    const maps = territory.maps();
    const key = [query.tier, ...(query.bbox ?? []).map((number) => number.toFixed(6))].join(',');
    return {
      etag: `"t${maps.version}-${open ? 'p' : 'd'}-${key}"`,
      maxAgeS: open ? 60 : 0,
      public: open,
      async body() {
        const areas = areasIn(maps, query.tier, query.bbox);
        const features = areas.slice(0, mostFeatures).map((area) => (open ? publicFeature(area) : deskFeature(area)));
        return JSON.stringify({
          type: 'FeatureCollection',
          features,
          truncated: areas.length > mostFeatures,
          total: areas.length,
        });
      },
    };
  }

  async function basemap(layer: string): Promise<Document> {
    const found = (await database.read(systemScope, listLayers)).find(({ name }) => name === layer);
    if (found === undefined) throw new AppError('not_found', `There is no base map layer "${layer}".`, { layer });
    return {
      etag: `"b${layer}-${found.updatedAt.getTime()}"`,
      maxAgeS: 300,
      public: true,
      body: async () =>
        (await database.read(systemScope, (tx) => findLayer(tx, layer))) ??
        '{"type":"FeatureCollection","features":[]}',
    };
  }

  return {
    outlines: async (input: { query: WindowQuery }) => outlines(input.query, false),
    publicAreas: async (input: { query: WindowQuery }) => outlines(input.query, true),
    basemap: (input: { params: { layer: string } }) => basemap(input.params.layer),
  };
}

function deskFeature(area: StoredArea): unknown {
  const { code, name, tier, parentCode, kind, residents, households, version } = area;
  return {
    type: 'Feature',
    id: code,
    properties: { code, name, tier, parentCode, kind, residents, households, version },
    geometry: area.geometry,
  };
}

/** Only code, name and tier; positions to six decimals (0.1 m), which halves the document. */
function publicFeature({ code, name, tier, geometry }: StoredArea): unknown {
  return {
    type: 'Feature',
    id: code,
    properties: { code, name, tier },
    geometry: geometry === null ? null : rounded(geometry),
  };
}

function rounded(geometry: AreaGeometry): unknown {
  const round = (value: unknown): unknown =>
    Array.isArray(value) ? value.map(round) : Math.round(Number(value) * 1e6) / 1e6;
  return { type: geometry.type, coordinates: geometry.coordinates.map(round) };
}
