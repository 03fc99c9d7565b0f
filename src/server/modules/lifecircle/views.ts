/** Rows as the contract shows them. */
import type { Output } from '#contract/route.ts';
import type { lifecircleRoutes } from '#contract/lifecircle.ts';
import type { LiveTerritory } from '#server/modules/grids/index.ts';
import type { Runner } from './runner.ts';
import type { NetworkRow } from './store-network.ts';
import type { RunRow } from './store-run.ts';

type Routes = typeof lifecircleRoutes;
export type RunView = Output<Routes['measure']>['run'];
export type NetworkView = Output<Routes['networks']>['items'][number];

export function runView(
  { territory, runner }: { territory: Pick<LiveTerritory, 'area'>; runner: Pick<Runner, 'progressOf'> },
  row: RunRow,
): RunView {
  const { id, hash, areaCode, network, networkName, profile, codeVersion, state, problem, resultHash } = row;
  return {
    id,
    hash,
    areaCode,
    areaName: territory.area(areaCode)?.name ?? areaCode,
    network,
    networkName,
    profile,
    day: row.parameters.day,
    at: row.parameters.at,
    facilities: row.facilityCount,
    cells: row.cellCount,
    codeVersion,
    state,
    progress: state === 'running' ? runner.progressOf(id) : null,
    problem,
    resultHash,
    startedAt: row.startedAt.toISOString(),
    finishedAt: row.finishedAt?.toISOString() ?? null,
  };
}

export function networkView(row: NetworkRow): NetworkView {
  const { version, name, districts, west, south, east, north, stats, source, bytes, createdAt } = row;
  return {
    version,
    name,
    districts,
    bounds: [west, south, east, north],
    stats,
    source,
    bytes,
    createdAt: createdAt.toISOString(),
  };
}
