import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';
import { clockKinds } from '#contract/events-words.ts';
import { rehearsedSteps, type RehearsalFigures } from '#contract/rehearsals.ts';
import type { Pause } from '#engine/worktime/limit-clock.ts';
import { addDays, dayMs, startOf } from '#kit/shanghai-days.ts';
import { taskAt, type ComputePool } from '#server/compute/index.ts';
import { systemScope } from '#server/db/scope.ts';
import type { Kit } from './act.ts';
import { findRule, type Library, type Rule } from './library.ts';
import { replay, type Replayed, type ReplayOrder } from './rehearsal-replay.ts';
import { routesOf } from './rehearsal-routes.ts';
import { createTally, type RehearsalCase, type ReplayedEvent } from './rehearsal-tally.ts';
import type { RehearsalRow } from './store-rehearsal.ts';
import {
  countPast,
  listPast,
  listPastClocks,
  listPastLeads,
  type PastClock,
  type PastEvent,
  type PastLeads,
  type PastWish,
} from './store-replay.ts';
import { toUnitRef } from './views.ts';

const replayTask = taskAt<ReplayOrder, Replayed>(new URL('./rehearsal-replay.ts', import.meta.url));
/** Grows with every change of how a rehearsal is reckoned; rehearsals carry it. */
export const rehearsalCode = 'rehearsal-1';
const pageSize = 10_000;
/** Events that would have fared otherwise are kept with the rehearsal up to this many, the newest. */
const mostCases = 5_000;
const byRule = 255;

export interface RunParts {
  kit: Kit;
  /** Where clocks are replayed; here where there is none. */
  compute: Pick<ComputePool, 'run'> | undefined;
  signal: AbortSignal;
  onProgress: (share: number) => void;
}

export interface Rehearsed {
  figures: RehearsalFigures;
  resultHash: string;
  cases: readonly RehearsalCase[];
}

interface Pair {
  before: Rule;
  after: Rule;
}

/**
 * Replays the past of a rehearsal under today's rules and under the changed ones: where each event would have gone and
 * which of its clocks would have run late. Reads page by page; changes nothing.
 */
export async function carryOut(
  asked: RehearsalRow,
  { kit, compute, signal, onProgress }: RunParts,
): Promise<Rehearsed> {
  const library = await kit.dictionary.get();
  const nowMs = kit.clock.now();
  const pairs = pairsOf(library, asked.changes);
  const codes = [...pairs.keys()];
  const wish: PastWish = {
    area: { code: asked.areaCode, tier: kit.territory.area(asked.areaCode)?.tier ?? 'city' },
    categories: codes,
    sinceMs: startOf(asked.from),
    untilMs: Math.min(startOf(addDays(asked.to, 1)), nowMs + 1),
  };
  const { database } = kit;
  const total = codes.length === 0 ? 0 : await database.read(systemScope, (tx) => countPast(tx, wish));
  const routes = routesOf(kit.territory);
  const tally = createTally(mostCases);
  let [after, done]: [PastEvent | null, number] = [null, 0];
  while (done < total) {
    signal.throwIfAborted();
    const last: PastEvent | null = after;
    const page: Page = await database.read(systemScope, (tx) => readPage(tx, wish, last));
    if (page.events.length === 0) break;
    const set = await setPriorities(kit, page.events);
    const order = orderOf({ library, nowMs, codes, pairs }, page, set);
    const replayed = await (compute?.run(replayTask, order, { signal }) ?? replay(order));
    tally.addSteps(replayed);
    for (const [k, event] of page.events.entries()) {
      const pair = pairs.get(event.categoryCode);
      if (pair !== undefined) tally.add(toReplayed({ event, pair, set: set[k] ?? byRule, leads: page.leads.get(event.id) }, { k, replayed }, routes)); // prettier-ignore
    }
    done += page.events.length;
    after = page.events.at(-1) ?? null;
    onProgress(Math.min(1, done / total));
  }
  const days = Math.round((startOf(asked.to) - startOf(asked.from)) / dayMs) + 1;
  const figures = tally.figures(days, (id) => {
    const { name, nameEn } = toUnitRef(kit.territory, id);
    return { id, name, nameEn };
  });
  return { figures, resultHash: hashOf(figures), cases: tally.cases };
}

/** SHA-256 over the canonical JSON, hexadecimal. */
export function hashOf(value: unknown): string {
  return createHash('sha256').update(canonicalize(value) ?? '', 'utf8').digest('hex'); // prettier-ignore
}

/** Categories whose rule would be another, with both. */
function pairsOf(library: Library, changes: readonly Rule[]): Map<string, Pair> {
  const changed = {
    ...library,
    rules: new Map([...library.rules, ...changes.map((rule) => [rule.categoryCode, rule] as const)]),
  };
  return new Map(
    [...library.categories.keys()].flatMap((code) => {
      const [before, after] = [findRule(library, code), findRule(changed, code)];
      return before === undefined || after === undefined || before === after
        ? []
        : [[code, { before, after }] as const];
    }),
  );
}

interface Page {
  events: PastEvent[];
  clocks: PastClock[];
  leads: Map<string, PastLeads>;
}

async function readPage(tx: Parameters<typeof listPast>[0], wish: PastWish, after: PastEvent | null): Promise<Page> {
  const events = await listPast(tx, wish, after, pageSize);
  const ids = events.map(({ id }) => id);
  return { events, clocks: await listPastClocks(tx, ids), leads: await listPastLeads(tx, ids) };
}

/** The priorities that somebody set by hand: other than the rule gave under which the event was made. */
async function setPriorities(kit: Kit, events: readonly PastEvent[]): Promise<Uint8Array> {
  const set = new Uint8Array(events.length).fill(byRule);
  for (const [k, { ruleVersion, categoryCode, priority }] of events.entries()) {
    const rule = await kit.dictionary.ruleAt(ruleVersion, categoryCode);
    if (rule !== undefined && rule.priority !== priority) set[k] = priority;
  }
  return set;
}

interface Ground {
  library: Library;
  nowMs: number;
  codes: readonly string[];
  pairs: ReadonlyMap<string, Pair>;
}

function orderOf({ library, nowMs, codes, pairs }: Ground, { events, clocks }: Page, set: Uint8Array): ReplayOrder {
  const placeOfEvent = new Map(events.map(({ id }, k) => [id, k]));
  const placeOfCode = new Map(codes.map((code, k) => [code, k]));
  const size = clocks.length;
  const columns = {
    event: new Uint32Array(size),
    step: new Uint8Array(size),
    startMs: new Float64Array(size),
    stopMs: new Float64Array(size),
    extra: new Float64Array(size),
    extraKind: new Uint8Array(size),
  };
  const pauses = new Map<number, Pause[]>();
  for (const [k, clock] of clocks.entries()) {
    columns.event[k] = placeOfEvent.get(clock.eventId) ?? 0;
    columns.step[k] = rehearsedSteps.indexOf(clock.step);
    columns.startMs[k] = Math.round(clock.startMs);
    columns.stopMs[k] = clock.stopMs === null ? Number.NaN : Math.round(clock.stopMs);
    columns.extra[k] = clock.extra;
    columns.extraKind[k] = clockKinds.indexOf(clock.kind);
    if (clock.pauses !== null)
      pauses.set(k, clock.pauses.map(({ from, to }) => ({ fromMs: Date.parse(from), toMs: to === null ? null : Date.parse(to) }))); // prettier-ignore
  }
  return {
    calendar: library.calendar,
    nowMs,
    rules: codes.flatMap((code) => {
      const pair = pairs.get(code);
      return pair === undefined ? [] : [{ before: limitsOf(pair.before), after: limitsOf(pair.after) }];
    }),
    events: {
      rule: Uint16Array.from(events, ({ categoryCode }) => placeOfCode.get(categoryCode) ?? 0),
      setPriority: set,
    },
    clocks: columns,
    pauses,
  };
}

const limitsOf = ({ priority, limits }: Rule): Pick<Rule, 'priority' | 'limits'> => ({ priority, limits });

function toReplayed(
  { event, pair, set, leads }: { event: PastEvent; pair: Pair; set: number; leads: PastLeads | undefined },
  { k, replayed }: { k: number; replayed: Replayed },
  routes: ReturnType<typeof routesOf>,
): ReplayedEvent {
  return {
    id: event.id,
    categoryCode: event.categoryCode,
    reportedMs: event.reportedMs,
    doneBy: leads?.doneBy ?? null,
    returnedBy: leads?.returnedBy ?? [],
    before: routes(pair.before, event.path, event.channel),
    after: routes(pair.after, event.path, event.channel),
    priority:
      set === byRule ? { before: pair.before.priority, after: pair.after.priority } : { before: set, after: set },
    late: {
      before: replayed.before[k] ?? 0,
      after: replayed.after[k] ?? 0,
      becomeLate: replayed.becomeLate[k] ?? 0,
      becomeTimely: replayed.becomeTimely[k] ?? 0,
    },
  };
}
