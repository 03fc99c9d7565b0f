/**
 * Vector tiles over 100,000 events: making a tile anew, beside the same window as a list of points in JSON (what the map asks
 * otherwise), from the whole city down to a house. Timed inside the program, nothing from the shelf; no HTTP.
 *   node bench/tiles.ts [events] [repeats]
 */
import { join } from 'node:path';
import pg from 'pg';
import { eventRoutes } from '#contract/events.ts';
import { systemClock } from '#kit/clock.ts';
import { startEmbedded } from '#server/db/embedded.ts';
import { openDatabase } from '#server/db/pool.ts';
import { createEvents } from '#server/modules/events/index.ts';
import { createGrids, createTerritory } from '#server/modules/grids/index.ts';
import { rolePermissions, type Actor } from '#server/modules/identity/index.ts';
import { createTiles } from '#server/modules/integrations/index.ts';
import { createVault } from '#server/vault/vault.ts';
import { generateMany } from '../src/demo/index.ts';
import { count, ms, quantile, tell, times } from './lib/figures.ts';
import { findPort, makeFolder, removeFolder, startServer, waitNumbered } from './lib/server.ts';

const events = Number(process.argv[2] ?? 100_000);
const repeats = Number(process.argv[3] ?? 60);
const folder = await makeFolder();
const ground = await startEmbedded({ dataDir: join(folder, 'pg'), port: await findPort() });
try {
  const running = await startServer({ dataDir: folder, port: await findPort(), env: { DATABASE_URL: ground.url } });
  await waitNumbered(ground.url);
  await running.stop();
  await generateMany({ ownerUrl: ground.url, count: events, nowMs: Date.now(), log: console.log });
  await measure(ground.url);
} finally {
  await ground.stop();
  await removeFolder(folder);
}

/** A seat of the whole city: sees most. */
async function findSeat(url: string): Promise<{ actor: Actor; spots: { lon: number; lat: number }[] }> {
  const owner = new pg.Client({ connectionString: url });
  await owner.connect();
  const seat = await owner.query<{ id: string; accountId: string }>(
    `select u.id, a.account_id as "accountId" from unit u join appointment a on a.unit_id = u.id
     where u.kind = 'centre' order by u.code limit 1`,
  );
  const spots = await owner.query<{ lon: number; lat: number }>(
    'select lon, lat from event where lon is not null order by md5(id::text) limit $1',
    [repeats],
  );
  await owner.end();
  const [found] = seat.rows;
  if (found === undefined) throw new Error('The demo has no centre with somebody in it.');
  const permissions = new Set(rolePermissions.duty_chief);
  const grant = { role: 'duty_chief' as const, unitId: found.id, areaCode: '500000', permissions };
  const actor: Actor = {
    kind: 'account',
    accountId: found.accountId,
    name: '',
    adminKind: null,
    limitedTo: null,
    grants: [grant],
  };
  return { actor, spots: spots.rows };
}

async function measure(url: string): Promise<void> {
  const database = openDatabase(url, { max: 4 });
  const territory = await createTerritory(database);
  const grids = createGrids({ database, territory, clock: systemClock });
  const register = createEvents({
    database,
    territory,
    vault: createVault([new Uint8Array(32)]),
    clock: systemClock,
  });
  let version = 0;
  const tiles = createTiles({
    grids: grids.features,
    events: register.features,
    territory,
    versionOf: () => ++version, // each time another: nothing comes from the shelf
  });
  const { actor, spots } = await findSeat(url);
  for (const z of [10, 12, 14, 16]) {
    const spent: { tile: number[]; json: number[]; tileBytes: number[]; jsonBytes: number[] } = {
      tile: [],
      json: [],
      tileBytes: [],
      jsonBytes: [],
    };
    for (const spot of spots) {
      const at = { z, ...tileOf(z, spot) };
      let begun = performance.now();
      const tile = await tiles.find('events', actor, at).body();
      spent.tile.push(performance.now() - begun);
      spent.tileBytes.push(tile.length);
      begun = performance.now();
      const query = eventRoutes.map.query.parse({ ...windowOf(at), limit: '5000' });
      const points = await register.handlers.map({ params: {}, body: {}, query }, { actor });
      const text = JSON.stringify(points);
      spent.json.push(performance.now() - begun);
      spent.jsonBytes.push(text.length);
    }
    const [tile, json] = [quantile(spent.tile, 0.99), quantile(spent.json, 0.99)];
    tell(`zoom ${z}: tile made anew, p50`, ms(quantile(spent.tile, 0.5)), `${count(events)} events`);
    tell(`zoom ${z}: p99, beside the window as JSON`, ms(tile), ms(json), times(tile / json));
    const [tileKb, jsonKb] = [quantile(spent.tileBytes, 0.5) / 1024, quantile(spent.jsonBytes, 0.5) / 1024];
    tell(`zoom ${z}: bytes, p50`, `${tileKb.toFixed(1)} KiB`, `${jsonKb.toFixed(1)} KiB`, times(tileKb / jsonKb));
  }
  await database.close();
}

function tileOf(z: number, { lon, lat }: { lon: number; lat: number }): { x: number; y: number } {
  const sine = Math.sin((lat * Math.PI) / 180);
  const row = 0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI);
  return { x: Math.floor(((lon + 180) / 360) * 2 ** z), y: Math.floor(row * 2 ** z) };
}

function windowOf({ z, x, y }: { z: number; x: number; y: number }): Record<string, string> {
  const lon = (column: number): number => (column / 2 ** z) * 360 - 180;
  const lat = (row: number): number => (Math.atan(Math.sinh(Math.PI * (1 - (2 * row) / 2 ** z))) * 180) / Math.PI;
  const edges = { west: lon(x), east: lon(x + 1), north: lat(y), south: lat(y + 1) };
  return Object.fromEntries(Object.entries(edges).map(([name, value]) => [name, String(value)]));
}
