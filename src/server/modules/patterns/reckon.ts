/** The inside of a worker: what a page or the night wants reckoned. */
import { flowOf, type Stays } from '#engine/stats/flow.ts';
import { recurrences, type Happenings } from '#engine/stats/recurrence.ts';
import type { Work } from '#server/compute/index.ts';
import { reckonClusters, type ClusterInput } from './reckon-clusters.ts';
import { reckonAnomalies, reckonForecast, type AnomalyInput, type ForecastInput } from './reckon-days.ts';
import { reckonHot, type HotInput } from './reckon-hot.ts';

interface RecurrenceInput {
  things: Happenings;
  radiusM: number;
  withinMs: number;
  least: number;
}

const kinds = {
  hot: (input: HotInput) => reckonHot(input),
  clusters: (input: ClusterInput, work: Work) => reckonClusters(input, () => work.stopIfAsked()),
  anomalies: (input: AnomalyInput) => reckonAnomalies(input),
  forecast: (input: ForecastInput, work: Work) => reckonForecast(input, () => work.stopIfAsked()),
  recurrences: ({ things, ...limits }: RecurrenceInput) => recurrences(things, limits),
  flow: (input: Stays) => flowOf(input),
};
export type Kinds = typeof kinds;
export interface Order<K extends keyof Kinds> {
  kind: K;
  input: Parameters<Kinds[K]>[0];
}

/** Runs in a worker. */
export function run<K extends keyof Kinds>({ kind, input }: Order<K>, work: Work): ReturnType<Kinds[K]> {
  const reckon = kinds[kind] as (input: Order<K>['input'], work: Work) => ReturnType<Kinds[K]>;
  return reckon(input, work);
}
