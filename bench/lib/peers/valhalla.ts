import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { arch } from 'node:os';
import { join } from 'node:path';
import { flat, mapFile, quarterS, type Town } from '../porto-alegre.ts';
import { installBeside } from './install.ts';
import { better, heldMb, straightM, type Found, type Peer } from './peer.ts';

interface Actor {
  matrix(query: string): Promise<string>;
}

interface Config {
  mjolnir: Record<string, unknown>;
  thor: Record<string, unknown>;
  service_limits: { pedestrian: Record<string, number> };
}

/** Every preference that is not length is taken out, so that it walks as we do on the flat. */
const walker = {
  walking_speed: flat.flatMs * 3.6, walkway_factor: 1, sidewalk_factor: 1, alley_factor: 1, driveway_factor: 1, service_factor: 1,
  step_penalty: 0, elevator_penalty: 0, service_penalty: 0, gate_penalty: 0, gate_cost: 0, destination_only_penalty: 0,
  maneuver_penalty: 0, country_crossing_cost: 0, use_ferry: 0, use_lit: 0, max_hiking_difficulty: 6,
}; // prettier-ignore

/**
 * Valhalla from npm (@valhallajs/valhallajs), the library in this process. It is asked as it answers fastest: one origin at a
 * time by its matrix of one-to-many searches, which end at 1,000 m as ours do at 900 s, with only those facilities named that
 * lie within reach in a straight line.
 */
export const valhalla: Peer = async (open, folder) => {
  const town = open();
  const installed = installBeside(folder, '@valhallajs/valhallajs');
  if ('reason' in installed) return installed.reason;
  const [beganMs, before] = [performance.now(), heldMb()];
  const config = buildTiles(installed.folder, folder);
  if (typeof config === 'string') return config;
  const { Actor } = createRequire(import.meta.url)(installed.folder) as { Actor: new (config: Config) => Actor };
  const actor = new Actor(config);
  await ask(actor, town, 0);
  const loadMs = performance.now() - beganMs;
  let walks: Found['walks'] = [];
  const seconds = await better(async () => {
    walks = [];
    for (let k = 0; k < town.origins.length; k++) walks.push(...(await ask(actor, town, k)));
  });
  return {
    loadMs,
    memoryMb: heldMb() - before,
    originsPerS: town.origins.length / seconds,
    walks,
    how: 'matrix of one origin to the facilities within 990 m, timedistancematrix',
  };
};

function buildTiles(library: string, folder: string): Config | string {
  const tiles = join(folder, 'valhalla-tiles');
  rmSync(tiles, { recursive: true, force: true });
  mkdirSync(tiles, { recursive: true });
  const said = spawnSync('npx', ['valhalla', 'build_config', '--mjolnir-tile-dir', tiles], {
    cwd: join(library, '../../..'),
    encoding: 'utf8',
  });
  if (said.status !== 0) return `valhalla build_config: ${said.stderr.slice(-200)}`;
  const config = JSON.parse(said.stdout) as Config;
  Object.assign(config.mjolnir, { tile_extract: '', admin: '', timezone: '', concurrency: 1, logging: { type: '' } });
  Object.assign(config.thor, { source_to_target_algorithm: 'timedistancematrix', logging: { type: '' } });
  Object.assign(config.service_limits.pedestrian, {
    max_matrix_distance: 1_000,
    max_matrix_location_pairs: 1e6,
    max_locations: 1e6,
  });
  const file = join(folder, 'valhalla.json');
  writeFileSync(file, JSON.stringify(config));
  const binary = join(library, 'linux', arch() === 'arm64' ? 'arm64' : 'x64', 'valhalla_build_tiles');
  const built = spawnSync(binary, ['-c', file, mapFile], { cwd: folder, encoding: 'utf8' });
  return built.status === 0
    ? (JSON.parse(readFileSync(file, 'utf8')) as Config)
    : `valhalla_build_tiles: ${built.stderr.slice(-200)}`;
}

async function ask(actor: Actor, { origins, targets }: Town, k: number): Promise<Found['walks']> {
  const origin = origins[k];
  if (origin === undefined) return [];
  const near = [...targets.keys()].filter((t) => straightM(origin, targets[t] ?? origin) <= quarterS * flat.flatMs);
  if (near.length === 0) return [];
  const place = (snap: { lon: number; lat: number } | undefined) => ({ lon: snap?.lon, lat: snap?.lat });
  const query = {
    sources: [place(origin)],
    targets: near.map((t) => place(targets[t])),
    costing: 'pedestrian',
    costing_options: { pedestrian: walker },
    verbose: false,
  };
  try {
    const { sources_to_targets } = JSON.parse(await actor.matrix(JSON.stringify(query))) as {
      sources_to_targets: { durations: (number | null)[][] };
    };
    return (sources_to_targets.durations[0] ?? []).flatMap((seconds, n) =>
      seconds === null || seconds > quarterS ? [] : [[k, near[n] ?? -1, seconds] as [number, number, number]],
    );
  } catch {
    return []; // "No path could be found": none of them is within the distance.
  }
}
