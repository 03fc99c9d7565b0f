import type { Tx } from '#server/db/pool.ts';
import type { Actor } from '#server/modules/identity/index.ts';
import { addNetwork, type NetworkWish } from './add-network.ts';
import { lifecircleHandlers } from './handlers.ts';
import { createInputReader } from './inputs.ts';
import { measure, type MeasureWish } from './measure.ts';
import { measureNightly } from './nightly.ts';
import { createNetworks, type LoadedNetwork } from './networks.ts';
import type { LifecircleParts } from './parts.ts';
import { gapsOf, latestRun, type GapCell } from './queries.ts';
import { reachOf, type ReachOfRun } from './reach-of.ts';
import { createRunner } from './runner.ts';
import type { NetworkRow } from './store-network.ts';
import { findRun, type RunRow } from './store-run.ts';
import { summaryOf, type SummaryOfRun } from './summary.ts';
import { timesTo, type TimesTo, type TimesWish } from './times-to.ts';
import { importNetwork } from './import-network.ts';

export type { NetworkWish } from './add-network.ts';
export { walkProfiles } from '#server/compute/index.ts';
export type { MeasureWish } from './measure.ts';
export type { LoadedNetwork } from './networks.ts';
export type { CellIn, LifecircleParts, PlaceIn } from './parts.ts';
export type { GapCell } from './queries.ts';
export type { ReachOfRun } from './reach-of.ts';
export { codeVersion } from './runner.ts';
export type { NetworkRow } from './store-network.ts';
export type { At, RunRow } from './store-run.ts';
export type { SummaryOfRun } from './summary.ts';
export type { TimesTo, TimesWish } from './times-to.ts';

export interface LifecircleQueries {
  /** The latest finished run at any time of day that covers the area: of itself or of what lies above. */
  latestRun(tx: Tx, asked: { areaCode: string; profile?: string }): Promise<RunRow | undefined>;
  /** Cells with people beyond the standard of a class, in full numbers: not for screens. @throws AppError not_found */
  gapsOf(tx: Tx, asked: { runId: string; classCode: string }): Promise<GapCell[]>;
  /** Every cell with its time to a class; undefined for a run that is not done or did not measure it. */
  reachOf(tx: Tx, asked: { runId: string; classCode: string }): Promise<ReachOfRun | undefined>;
  findRun(tx: Tx, runId: string): Promise<RunRow | undefined>;
  /** What a finished run says of each class. @throws AppError not_found */
  summaryOf(tx: Tx, runId: string): Promise<SummaryOfRun>;
}

export interface Lifecircle {
  handlers: ReturnType<typeof lifecircleHandlers>;
  queries: LifecircleQueries;
  /** In the caller's transaction; the same bytes a second time change nothing. @throws AppError upload_refused */
  addNetwork(tx: Tx, wish: Omit<NetworkWish, 'atMs'>, actor: Actor): Promise<{ network: NetworkRow; same: boolean }>;
  /** A network uploaded by a person: ours, or OpenStreetMap's. */
  importNetwork: ReturnType<typeof importNetwork>;
  /** The latest network of the district an area lies in, with its graphs in shared memory; undefined when there is none. */
  network(areaCode: string): Promise<LoadedNetwork | undefined>;
  /** Walking times from the cells of an area to places, in a worker. @throws AppError in_use without a network */
  timesTo(places: readonly { lon: number; lat: number }[], wish: TimesWish): Promise<TimesTo>;
  /** Begins a run in the background, or answers the one with the same inputs. @throws AppError not_found, in_use, bad_input */
  measure(areaCode: string, options: Omit<MeasureWish, 'areaCode'>, actor: Actor): Promise<RunRow>;
  /** Every night: districts whose facilities, people or streets changed are measured anew. Answers how many it looked at. */
  measureNightly(): Promise<number>;
  /** Resolves when no run is under way in this process. */
  idle(): Promise<void>;
  /** Takes up runs that an earlier process left unfinished. */
  resume(): Promise<void>;
  close(): Promise<void>;
}

export function createLifecircle(given: LifecircleParts & { report: (error: unknown) => void }): Lifecircle {
  const networks = createNetworks(given);
  const readInputs = createInputReader();
  const runner = createRunner({ ...given, networks, readInputs });
  const parts = { ...given, networks, readInputs, runner };
  return {
    handlers: lifecircleHandlers(parts),
    queries: {
      latestRun: (tx, asked) => latestRun(parts, tx, asked),
      gapsOf: (tx, asked) => gapsOf(parts, tx, asked),
      reachOf: (tx, asked) => reachOf(parts, tx, asked),
      findRun: (tx, runId) => findRun(tx, runId),
      summaryOf: (tx, runId) => summaryOf(parts, tx, runId),
    },
    addNetwork: (tx, wish, actor) => addNetwork(tx, parts.files, { ...wish, atMs: parts.clock.now() }, actor),
    importNetwork: importNetwork(parts),
    network: (areaCode) => networks.forArea(areaCode),
    timesTo: (places, wish) => timesTo(parts, places, wish),
    measure: (areaCode, options, actor) => measure(parts, areaCode, options, actor),
    measureNightly: () => measureNightly(parts),
    idle: () => runner.idle(),
    resume: () => runner.resume(),
    close: () => runner.close(),
  };
}
