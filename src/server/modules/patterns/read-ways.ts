/** What comes back at the same place, and where cases travel and stick. */
import { dayMs } from '#kit/shanghai-days.ts';
import type { patternRoutes } from '#contract/patterns.ts';
import type { Input, Output } from '#contract/route.ts';
import { median } from '#engine/stats/season.ts';
import { toIso } from '#kit/clock.ts';
import type { Tx } from '#server/db/pool.ts';
import { systemScope } from '#server/db/scope.ts';
import type { Actor } from '#server/modules/identity/index.ts';
import type { PatternParts } from './parts.ts';
import { daysOf, sightOf } from './place.ts';
import { reckonIn } from './reckon-in.ts';
import { checkKey, staysAtSteps, staysAtUnits, type NodeStays } from './rules-stays.ts';
import { listOffers, listPlaced, listSteps, type Facts, type PlacedCase } from './store-facts.ts';
import { askedOf, kindNamer, placeAt } from './words.ts';

type Routes = typeof patternRoutes;
export type Recurrences = Output<Routes['recurrences']>;
export type Flow = Output<Routes['flow']>;

const perDegree = 111_320;
const mostEdges = 80;
const halfYear = 182;

/** Places where one kind came back. @throws AppError not_found, bad_input */
export async function readRecurrences(
  parts: PatternParts,
  actor: Actor,
  query: Input<Routes['recurrences']>['query'],
): Promise<Recurrences> {
  const sight = sightOf(parts, actor, query.area);
  const days = daysOf(parts.clock.now(), query, halfYear);
  return parts.database.read(systemScope, (tx) =>
    recurrencesOf(parts, tx, { ...sight, ...days, category: query.category }, query.limit),
  );
}

/** The same for whoever asks in the name of the program. */
export async function recurrencesOf(parts: PatternParts, tx: Tx, facts: Facts, limit: number): Promise<Recurrences> {
  const rules = parts.rules;
  const cases = await listPlaced(tx, facts, rules.rows_most);
  const kinds = [...new Set(cases.map(({ category }) => category))].toSorted();
  const units = [...new Set(cases.flatMap(({ unitId }) => unitId ?? []))];
  const indexOf = (list: readonly string[]) => new Map(list.map((one, k) => [one, k]));
  const [kindIndex, unitIndex] = [indexOf(kinds), indexOf(units)];
  const lat = cases[0]?.lat ?? 30;
  const found = await reckonIn(parts.compute, 'recurrences', {
    things: {
      x: Float64Array.from(cases, (one) => one.lon * perDegree * Math.cos((lat * Math.PI) / 180)),
      y: Float64Array.from(cases, (one) => one.lat * perDegree),
      kind: Uint32Array.from(cases, ({ category }) => kindIndex.get(category) ?? 0),
      atMs: Float64Array.from(cases, ({ at }) => at.getTime()),
      closedMs: Float64Array.from(cases, ({ closedAt }) => closedAt?.getTime() ?? NaN),
      handler: Int32Array.from(cases, ({ unitId }) => (unitId === null ? -1 : (unitIndex.get(unitId) ?? -1))),
    },
    radiusM: rules.recur_m,
    withinMs: rules.recur_days * dayMs,
    least: rules.recur_least,
  });
  const nameOf = kindNamer((await parts.library()).categories);
  const category = facts.category === undefined ? null : nameOf(facts.category);
  const oneDecimal = (ms: number): number => Math.round((ms / dayMs) * 10) / 10;
  return {
    asked: askedOf(facts, { from: facts.from, to: facts.to }, category),
    radiusM: rules.recur_m,
    withinDays: rules.recur_days,
    least: rules.recur_least,
    total: found.length,
    cut: cases.length >= rules.rows_most,
    items: found.slice(0, limit).map(({ members, gapsMs, handlers, medianBackMs, open, backAfterClosing, kind }) => {
      const own = members.flatMap((k) => cases[k] ?? []);
      const mean = (of: 'lon' | 'lat') => own.reduce((sum, one) => sum + one[of], 0) / own.length;
      return {
        ...placeAt(parts, mean('lon'), mean('lat')),
        category: nameOf(kinds[kind] ?? ''),
        seen: own.length,
        medianGapDays: oneDecimal(median(gapsMs)),
        backAfterClosing,
        medianBackDays: medianBackMs === undefined ? null : oneDecimal(medianBackMs),
        open,
        units: handlers.map((k) => unitOf(parts, units[k] ?? '')),
        cases: own
          .toReversed()
          .slice(0, 50)
          .map((one) => caseOf(parts, one)),
      };
    }),
  };
}

function unitOf({ territory }: PatternParts, id: string) {
  const unit = territory.unit(id);
  return { id, name: unit?.name ?? '', nameEn: unit?.nameEn ?? '' };
}

function caseOf(parts: PatternParts, { id, number, status, at, closedAt, unitId }: PlacedCase) {
  const unit = unitId === null ? null : unitOf(parts, unitId);
  const closed = closedAt === null ? null : toIso(closedAt.getTime());
  return {
    id,
    number,
    status,
    at: toIso(at.getTime()),
    closedAt: closed,
    unit: unit?.name ?? null,
    unitEn: unit?.nameEn ?? null,
  };
}

/** Where cases travel and stick. @throws AppError not_found, bad_input */
export async function readFlow(
  parts: PatternParts,
  actor: Actor,
  query: Input<Routes['flow']>['query'],
): Promise<Flow> {
  const sight = sightOf(parts, actor, query.area);
  const days = daysOf(parts.clock.now(), query, parts.rules.hot_days);
  return parts.database.read(systemScope, (tx) =>
    flowIn(parts, tx, { ...sight, ...days, category: query.category }, query.by),
  );
}

/** The same for whoever asks in the name of the program. */
export async function flowIn(parts: PatternParts, tx: Tx, facts: Facts, by: 'units' | 'steps'): Promise<Flow> {
  const most = parts.rules.rows_most;
  const cases = await listSteps(tx, facts, most);
  const stays: NodeStays =
    by === 'steps' ? staysAtSteps(cases) : staysAtUnits(cases, await listOffers(tx, facts, most));
  const flow = await reckonIn(parts.compute, 'flow', stays.stays);
  const nameOf = kindNamer((await parts.library()).categories);
  const minutes = (ms: number | undefined): number | null => (ms === undefined ? null : Math.round(ms / 6000) / 10);
  const keyOf = (node: number): string => stays.keys[node] ?? '';
  const unitName = unitNames(parts, by === 'steps' ? [] : stays.keys);
  return {
    asked: askedOf(
      facts,
      { from: facts.from, to: facts.to },
      facts.category === undefined ? null : nameOf(facts.category),
    ),
    by,
    cases: cases.length,
    returned: flow.returned,
    hops: flow.hops.slice(0, 12),
    nodes: flow.nodes.map(({ node, stays: count, waiting, medianMs, p90Ms, share, returns }) => ({
      key: keyOf(node),
      ...(by === 'steps' ? { name: keyOf(node), nameEn: keyOf(node) } : unitName(keyOf(node))),
      stays: count,
      waiting,
      medianMin: minutes(medianMs),
      p90Min: minutes(p90Ms),
      share: Math.round(share * 1000) / 1000,
      returns,
    })),
    edges: flow.edges.slice(0, mostEdges).map(({ from, to, count, returns, medianMs }) => ({
      from: keyOf(from),
      to: keyOf(to),
      count,
      returns,
      medianMin: minutes(medianMs) ?? 0,
    })),
    cut: cases.length >= most || flow.edges.length > mostEdges,
  };
}

/** Posts are called the same in every street: where two names are alike their areas stand beside them. */
function unitNames(parts: PatternParts, ids: readonly string[]): (id: string) => { name: string; nameEn: string } {
  const names = new Map(ids.map((id) => [id, unitOf(parts, id)]));
  const alike = Map.groupBy(names.values(), ({ name }) => name);
  return (id) => {
    if (id === checkKey) return { name: '核查结案', nameEn: 'checking and closing' };
    const { name, nameEn } = names.get(id) ?? unitOf(parts, id);
    const area = parts.territory.area(parts.territory.unit(id)?.areaCode ?? '')?.name;
    if (area === undefined || (alike.get(name)?.length ?? 0) < 2) return { name, nameEn };
    return { name: `${name}（${area}）`, nameEn: `${nameEn} (${area})` };
  };
}
