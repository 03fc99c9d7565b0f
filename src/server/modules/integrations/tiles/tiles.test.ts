import { gunzipSync } from 'node:zlib';
import { VectorTile } from '@mapbox/vector-tile';
import fc from 'fast-check';
import { PbfReader } from 'pbf';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { mountTiles } from '#server/http/tiles.ts';
import { createIdentity } from '#server/modules/identity/index.ts';
import { createVault } from '#server/vault/vault.ts';
import { openStory, type Story } from '../ogc/ogc.fixture.ts';
import { toUnits, windowOf, type TileAddress } from './tile.ts';
import { createTiles } from './tiles.ts';
import { createShelf } from './shelf.ts';

let story: Story;
const versions = { 'risk-points': 1, events: 1 };
/** Risk points on a line of ten to the east, the last one alone in the north. */
const positions = [
  ...Array.from({ length: 10 }, (_, k) => [106.5101 + k / 100_000, 29.5101] as const),
  [106.565, 29.565] as const,
];

beforeAll(async () => {
  story = await openStory({
    beforeListening(app, { grids, events, territory, database, clock }) {
      const vault = createVault([new Uint8Array(32).fill(7)]);
      const { identify } = createIdentity({ database, vault, clock, secure: false });
      const tiles = createTiles({ grids, events, territory, versionOf: (layer) => versions[layer] });
      mountTiles(app, tiles, { identify, secure: false });
    },
  });
  for (const [k, at] of positions.entries()) await story.addRisk(`T${k}`, at);
  for (let k = 0; k < 3; k++) await story.report({ lon: 106.505 + k / 100_000, lat: 29.505 });
});
afterAll(() => story.end());

/** The tile that holds a position: from the whole world down, quarter by quarter. */
function exactTile(z: number, [lon, lat]: readonly [number, number]): TileAddress {
  let at: TileAddress = { z: 0, x: 0, y: 0 };
  while (at.z < z) {
    const [column, row] = [at.x * 2, at.y * 2];
    const { west, north } = windowOf({ z: at.z + 1, x: column + 1, y: row + 1 });
    at = { z: at.z + 1, x: lon >= west ? column + 1 : column, y: lat <= north ? row + 1 : row };
  }
  return at;
}

async function ask(layer: string, { z, x, y }: TileAddress, headers: Record<string, string> = {}, query = '') {
  const answer = await story.app.inject({
    method: 'GET',
    url: `/api/tiles/${layer}/${z}/${x}/${y}.mvt${query}`,
    headers: { authorization: `Bearer ${story.token.city}`, ...headers },
  });
  const { statusCode: status } = answer;
  if (status !== 200) return { status, etag: answer.headers.etag, layers: {} as VectorTile['layers'] };
  expect(answer.headers['content-encoding']).toBe('gzip');
  const { layers } = new VectorTile(new PbfReader(gunzipSync(answer.rawPayload)));
  return { status, etag: answer.headers.etag, layers };
}
function signs(layers: VectorTile['layers'], name: string) {
  const layer = layers[name];
  return Array.from({ length: layer?.length ?? 0 }, (_, k) => layer?.feature(k)).flatMap((one) => one ?? []);
}

describe('where a tile lies', () => {
  it('its window and its units are the inverse of one another', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 18 }),
        fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
        fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
        (z, u, v) => {
          const at = { z, x: Math.floor(u * 2 ** z), y: Math.floor(v * 2 ** z) };
          const { west, south, east, north } = windowOf(at);
          expect(toUnits(at, west, north).map(Math.abs)).toEqual([0, 0]);
          expect(toUnits(at, east, south)).toEqual([4096, 4096]);
        },
      ),
    );
  });
});

describe('signs', () => {
  it('near ones are counted from afar and stand alone from near; none is lost, none counted twice', async () => {
    for (const z of [5, 9, 12, 14]) {
      const tiles = new Map(positions.map((at) => [JSON.stringify(exactTile(z, at)), exactTile(z, at)]));
      let counted = 0;
      for (const at of tiles.values()) {
        const { layers } = await ask('risk-points', at);
        for (const { properties } of signs(layers, 'risk-points')) counted += Number(properties['point_count'] ?? 1);
      }
      expect([z, counted]).toEqual([z, positions.length]);
    }
    const { layers } = await ask('risk-points', exactTile(16, positions[0] ?? [0, 0]));
    const alone = signs(layers, 'risk-points');
    expect(alone.map(({ properties }) => properties['level'])).toEqual(alone.map(() => 2));
    expect(alone.every(({ properties }) => typeof properties['id'] === 'string')).toBe(true);
  });

  it('stand where the thing is, to a unit of the tile', async () => {
    const at = exactTile(16, positions[10] ?? [0, 0]);
    const { layers } = await ask('risk-points', at);
    const [sign] = signs(layers, 'risk-points');
    const [[point] = []] = sign?.loadGeometry() ?? [];
    expect([point?.x, point?.y]).toEqual(toUnits(at, 106.565, 29.565));
  });

  it('events: those open, with nothing anybody wrote', async () => {
    const { layers } = await ask('events', exactTile(16, [106.505, 29.505]));
    const found = signs(layers, 'events').map(({ properties }) => Object.keys(properties).toSorted());
    expect(found).toEqual(Array.from({ length: 3 }, () => ['id', 'late', 'priority', 'status']));
  });

  it('another street sees none of them', async () => {
    const other = { authorization: `Bearer ${story.token.northOnly}` };
    const { layers } = await ask('events', exactTile(16, [106.505, 29.505]), other);
    expect(signs(layers, 'events')).toEqual([]);
    const risks = await ask('risk-points', exactTile(5, [106.505, 29.505]), other);
    expect(signs(risks.layers, 'risk-points')).toHaveLength(1);
  });
});

describe('outlines', () => {
  it('show the tier that suits the zoom, or the one asked for', async () => {
    const middle = [106.505, 29.505] as const;
    const codes = async (z: number, query = '') =>
      signs((await ask('areas', exactTile(z, middle), {}, query)).layers, 'areas').map(
        ({ properties }) => properties['code'],
      );
    expect(await codes(7)).toEqual(['500103']);
    expect(await codes(9)).toEqual(['500103004']);
    expect(await codes(15)).toEqual(['500103004001001']);
    expect(await codes(10, '?tier=district')).toEqual(['500103']);
  });
});

describe('tags', () => {
  it('whoever has the tile gets 304 until something changes', async () => {
    const at = exactTile(12, [106.505, 29.505]);
    const first = await ask('risk-points', at);
    const again = { 'if-none-match': String(first.etag) };
    expect((await ask('risk-points', at, again)).status).toBe(304);
    versions['risk-points']++;
    const later = await ask('risk-points', at, again);
    expect([later.status, later.etag === first.etag]).toEqual([200, false]);
    const other = await ask('risk-points', at, { authorization: `Bearer ${story.token.northOnly}` });
    expect(other.etag).not.toBe(later.etag);
  });

  it('a tile beyond the edge is not there, a wrong number is refused', async () => {
    expect((await ask('areas', { z: 3, x: 8, y: 0 })).status).toBe(404);
    expect((await ask('areas', { z: 19, x: 0, y: 0 })).status).toBe(400);
    const { statusCode } = await story.app.inject({ method: 'GET', url: '/api/tiles/areas/0/0/0.mvt' });
    expect(statusCode).toBe(401);
    const gridsOnly = { authorization: `Bearer ${story.token.gridsOnly}` };
    expect((await ask('events', { z: 0, x: 0, y: 0 }, gridsOnly)).status).toBe(403);
  });
});

describe('the shelf', () => {
  it('makes a thing once for all who ask at once, and lets go of what was unused for longest', async () => {
    const shelf = createShelf(30);
    const made: string[] = [];
    const get = (key: string) =>
      shelf.get(key, async () => {
        made.push(key);
        return Buffer.alloc(10);
      });
    await Promise.all([get('a'), get('a'), get('b'), get('c')]);
    await get('a');
    await get('d');
    await get('a');
    await get('b');
    expect(made).toEqual(['a', 'b', 'c', 'd', 'b']);
  });

  it('keeps nothing of what failed', async () => {
    const shelf = createShelf(30);
    await expect(shelf.get('a', () => Promise.reject(new Error('no')))).rejects.toThrow('no');
    expect(await shelf.get('a', async () => Buffer.from('x'))).toEqual(Buffer.from('x'));
  });
});
