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

/**
 * Who holds a case: the unit that owns it, until it offers the lead to another; that one until it is done, returns it or
 * has it taken back; then the owner again until it closes. Of a case that was handed over, the last owner stands for all.
 */
export function staysAtUnits(cases: readonly StepTimes[], offers: readonly Offer[]): NodeStays {
  const keys: string[] = [];
  const index = new Map<string, number>();
  const nodeOf = (unitId: string): number => {
    let node = index.get(unitId);
    if (node === undefined) {
      index.set(unitId, (node = keys.length));
      keys.push(unitId);
    }
    return node;
  };
  const byCase = Map.groupBy(offers, ({ eventId }) => eventId);
  const rows = cases.flatMap(({ id, ownerUnitId, reportedAt, closedAt, endedAt }, thing) => {
    const owner = nodeOf(ownerUnitId);
    const stays: Row[] = [];
    let sinceMs: number | null = reportedAt.getTime();
    for (const { unitId, offeredAt, leftAt } of byCase.get(id) ?? []) {
      const at = offeredAt.getTime();
      if (sinceMs !== null && at > sinceMs) stays.push({ thing, node: owner, fromMs: sinceMs, toMs: at });
      stays.push({ thing, node: nodeOf(unitId), fromMs: at, toMs: leftAt?.getTime() ?? NaN });
      sinceMs = leftAt?.getTime() ?? null;
    }
    const end = (closedAt ?? endedAt)?.getTime();
    if (sinceMs !== null && (end === undefined || end > sinceMs))
      stays.push({ thing, node: owner, fromMs: sinceMs, toMs: end ?? NaN });
    return stays;
  });
  return packed(keys, rows);
}
