/** Times of cases as stays at units or at steps: pure. */
import type { Stays } from '#engine/stats/flow.ts';
import type { Offer, StepTimes } from './store-facts.ts';

/** Stays whose nodes are indices into keys. */
export interface NodeStays {
  keys: string[];
  stays: Stays;
}

/** Steps of a case, each from its own moment to the next one that happened. */
const stepCodes = ['verify', 'file', 'dispatch', 'accept', 'handle', 'check'] as const;
const beginnings = ['reportedAt', 'verifiedAt', 'filedAt', 'dispatchedAt', 'acceptedAt', 'finishedAt'] as const;

interface Row {
  thing: number;
  node: number;
  fromMs: number;
  toMs: number;
}

function packed(keys: string[], rows: readonly Row[]): NodeStays {
  return {
    keys,
    stays: {
      thing: Uint32Array.from(rows, ({ thing }) => thing),
      node: Uint32Array.from(rows, ({ node }) => node),
      fromMs: Float64Array.from(rows, ({ fromMs }) => fromMs),
      toMs: Float64Array.from(rows, ({ toMs }) => toMs),
    },
  };
}

/**
 * What a case waits for: verifying begins when it is reported, filing when it is verified, and so on. A step that was left
 * out (self-handled, no verification) has no stay; times written out of order count as 0.
 */
export function staysAtSteps(cases: readonly StepTimes[]): NodeStays {
  const rows = cases.flatMap((one, thing) => {
    const begun = beginnings.flatMap((member, node) => {
      const at = one[member];
      return at === null ? [] : [{ node, fromMs: at.getTime() }];
    });
    const end = one.closedAt ?? one.endedAt;
    return begun.map(({ node, fromMs }, k): Row => {
      const next = begun[k + 1]?.fromMs ?? end?.getTime() ?? NaN;
      return { thing, node, fromMs, toMs: Number.isNaN(next) ? NaN : Math.max(fromMs, next) };
    });
  });
  return packed([...stepCodes], rows);
}

/** The time after a task was done: nobody holds the case, it waits to be checked. */
export const checkKey = 'check';

/**
 * Who holds a case: the unit that owns it, until it offers the lead to another; that one until it is done, returns it or
 * has it taken back. Done it waits for its check, otherwise it is the owner's again. Of a case that was handed over, the
 * last owner stands for all.
 */
export function staysAtUnits(cases: readonly StepTimes[], offers: readonly Offer[]): NodeStays {
  const keys: string[] = [];
  const index = new Map<string, number>();
  const nodeOf = (key: string): number => {
    let node = index.get(key);
    if (node === undefined) {
      index.set(key, (node = keys.length));
      keys.push(key);
    }
    return node;
  };
  const byCase = Map.groupBy(offers, ({ eventId }) => eventId);
  const rows = cases.flatMap((one, thing) => {
    const between: Between[] = [];
    for (const { unitId, offeredAt, leftAt, done } of byCase.get(one.id) ?? [])
      between.push({ key: unitId, fromMs: offeredAt.getTime(), toMs: leftAt?.getTime() ?? NaN, done });
    return wayOf(one, between).map(({ key, ...stay }): Row => ({ thing, node: nodeOf(key), ...stay }));
  });
  return packed(keys, rows);
}

interface Between {
  key: string;
  fromMs: number;
  toMs: number;
  done: boolean;
}

/** One case from its report to its end. */
function wayOf({ ownerUnitId, reportedAt, closedAt, endedAt }: StepTimes, offers: readonly Between[]) {
  const way: Omit<Between, 'done'>[] = [];
  let at = { key: ownerUnitId, sinceMs: reportedAt.getTime() };
  for (const { done, ...stay } of offers) {
    if (stay.fromMs > at.sinceMs) way.push({ key: at.key, fromMs: at.sinceMs, toMs: stay.fromMs });
    way.push(stay);
    at = { key: done ? checkKey : ownerUnitId, sinceMs: stay.toMs };
  }
  const endMs = (closedAt ?? endedAt)?.getTime() ?? NaN;
  // Not a number while the last task goes on: then nobody waits for anything after it.
  if (!Number.isNaN(at.sinceMs) && !(endMs <= at.sinceMs)) way.push({ key: at.key, fromMs: at.sinceMs, toMs: endMs });
  return way;
}
