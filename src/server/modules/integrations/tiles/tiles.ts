import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { Tier } from '#kit/tiers.ts';
import type { EventFeatures } from '#server/modules/events/index.ts';
import type { GridsFeatures, LiveTerritory } from '#server/modules/grids/index.ts';
import { scopeFor, type Actor } from '#server/modules/identity/index.ts';
import { encodeAreas, encodeSigns, type Sign } from './encode.ts';
import { createShelf } from './shelf.ts';
import { eventSign, riskSign } from './signs.ts';
import { assertOnMap, buffer, windowOf, type TileAddress } from './tile.ts';

const pack = promisify(gzip);

export type TileLayer = 'areas' | 'risk-points' | 'events';

export interface TileParts {
  grids: GridsFeatures;
  events: EventFeatures;
  territory: LiveTerritory;
  /** Grows with every change of the layer, in all processes: the number of a ledger line. */
  versionOf(layer: 'risk-points' | 'events'): number;
}

/** A tile that may lie at the client's already: `body` is asked for only when its tag is not the client's. */
export interface Tile {
  etag: string;
  /** Gzip of MVT 2. */
  body(): Promise<Buffer>;
}

export interface Tiles {
  /** @throws AppError not_found for a tile beyond the edge of the map */
  find(layer: TileLayer, actor: Actor, at: TileAddress, tier?: Tier): Tile;
}

/** From this zoom on things stand alone; above it near ones are grouped and counted. */
const aloneFrom = 15;
/** Groups along one side of a tile. */
const groupsAcross = 24;
/** A tile never holds more signs than this: where more stand alone, they are grouped as well. */
const mostSigns = 4_000;
/** Bytes of tiles kept in memory. */
const shelfBytes = 64 * 1024 * 1024;

export function createTiles(parts: TileParts): Tiles {
  const { grids, events, territory } = parts;
  const shelf = createShelf(shelfBytes);

  async function signsOf(layer: 'risk-points' | 'events', actor: Actor, at: TileAddress): Promise<Sign[]> {
    const window = windowOf(at);
    const read = async (across: number | null): Promise<Sign[]> =>
      layer === 'events'
        ? (await events.signs(actor, window, across, mostSigns)).map(eventSign)
        : (await grids.riskSigns(actor, window, across, mostSigns)).map(riskSign);
    const found = await read(at.z < aloneFrom ? groupsAcross : null);
    return found.length > mostSigns ? read(groupsAcross) : found;
  }

  async function make(layer: TileLayer, actor: Actor, at: TileAddress, tier: Tier): Promise<Uint8Array> {
    if (layer !== 'areas') return encodeSigns(layer, at, await signsOf(layer, actor, at));
    const page = { after: undefined, limit: 10_000 };
    return encodeAreas(layer, at, grids.areas({ windows: [windowOf(at, buffer)], tier }, page).items);
  }

  return {
    find(layer, actor, at, tier = tierAt(at.z)) {
      assertOnMap(at);
      const version =
        layer === 'areas'
          ? `${territory.maps().version}-${tier}`
          : `${parts.versionOf(layer)}-${scopeMark(layer, actor)}`;
      const etag = `"${layer}-${version}-${at.z}-${at.x}-${at.y}"`;
      return { etag, body: () => shelf.get(etag, async () => pack(await make(layer, actor, at, tier))) };
    },
  };
}

/** The tier whose areas are large enough to be seen at a zoom, and few enough. */
function tierAt(z: number): Tier {
  if (z < 9) return 'district';
  if (z < 12) return 'street';
  return z < 14 ? 'community' : 'grid';
}

/** The same for all who see the same. */
function scopeMark(layer: 'risk-points' | 'events', actor: Actor): string {
  const scope = scopeFor(actor, layer === 'events' ? 'event.read' : 'grids.read');
  const own = layer === 'events' ? scope.accountId : null;
  const seen = JSON.stringify([scope.seeAll, scope.areas.toSorted(), scope.units.toSorted(), own]);
  return createHash('sha256').update(seen).digest('base64url').slice(0, 12);
}
