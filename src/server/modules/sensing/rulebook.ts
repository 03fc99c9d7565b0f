import type { AlarmKind } from '#contract/device-messages.ts';
import type { ThresholdBasis } from '#contract/sensing-views.ts';
import type { Clock } from '#kit/clock.ts';
import type { Database } from '#server/db/pool.ts';
import { systemScope } from '#server/db/scope.ts';
import type { Limits } from './rules-state.ts';
import { listLiveThresholds } from './store-threshold.ts';

export type Raises = 'auto' | 'ask' | 'never';

/** A threshold as it is kept. `raiseAt` and `clearAt` are null for messages only. */
export interface Threshold {
  id: string;
  deviceKind: string | null;
  deviceId: string | null;
  basis: ThresholdBasis;
  metric: string | null;
  kind: AlarmKind;
  direction: 'above' | 'below';
  raiseAt: number | null;
  clearAt: number | null;
  holdOffS: number;
  priority: number;
  categoryCode: string | null;
  planCode: string | null;
  raises: Raises;
  note: string;
  version: number;
  updatedAt: Date;
  retiredAt: Date | null;
}

/** What an alarm takes over from its rule. */
export interface AlarmRule {
  thresholdId: string | null;
  priority: number;
  categoryCode: string | null;
  planCode: string | null;
  raises: Raises;
}

/** Where no rule says otherwise: how urgent a kind is; a seat decides about the event. */
const usualPriority: Partial<Record<AlarmKind, number>> = {
  sos: 0,
  gas: 0,
  smoke: 1,
  power: 1,
  crack: 1,
  tilt: 1,
  offline: 3,
  anomaly: 3,
};

/** The rules in force, in memory. */
export interface Rulebook {
  /** The rules of a device: its own, and those of its kind that none of its own replaces. */
  rulesFor(device: Ruled): readonly Threshold[];
  /** What an alarm of `kind` that came from `source` ('message', 'heartbeat' or a threshold's id) is to become. */
  ruleOf(device: Ruled, kind: AlarmKind, source: string): AlarmRule;
  withBasis(basis: ThresholdBasis): Threshold[];
  /** Every rule in force. */
  all: readonly Threshold[];
}

interface Ruled {
  id: string;
  kind: string;
}

export function createRulebook(thresholds: readonly Threshold[]): Rulebook {
  const own = new Map<string, Threshold[]>();
  const ofKind = new Map<string, Threshold[]>();
  const byId = new Map(thresholds.map((one) => [one.id, one]));
  for (const one of thresholds) {
    const [shelf, key] = one.deviceId === null ? [ofKind, one.deviceKind ?? ''] : [own, one.deviceId];
    shelf.set(key, [...(shelf.get(key) ?? []), one]);
  }

  function rulesFor({ id, kind }: Ruled): readonly Threshold[] {
    const mine = own.get(id);
    const common = ofKind.get(kind) ?? [];
    if (mine === undefined) return common;
    const taken = new Set(mine.map(placeOf));
    return [...mine, ...common.filter((one) => !taken.has(placeOf(one)))];
  }

  return {
    rulesFor,
    ruleOf(device, kind, source) {
      const basis = source === 'heartbeat' ? 'silence' : 'message';
      const found = byId.get(source) ?? rulesFor(device).find((one) => one.basis === basis && one.kind === kind);
      if (found === undefined) return usualRule(kind);
      const { id: thresholdId, priority, categoryCode, planCode, raises } = found;
      return { thresholdId, priority, categoryCode, planCode, raises };
    },
    withBasis: (basis) => thresholds.filter((one) => one.basis === basis),
    all: thresholds,
  };
}

/** Where no rule says otherwise. */
export function usualRule(kind: AlarmKind): AlarmRule {
  return { thresholdId: null, priority: usualPriority[kind] ?? 2, categoryCode: null, planCode: null, raises: 'ask' };
}

const placeOf = ({ basis, metric, kind, direction }: Threshold) => `${basis}|${metric ?? ''}|${kind}|${direction}`;

/** The numbers of a rule that has them. @throws Error for a message rule */
export function limitsOf({ direction, raiseAt, clearAt, holdOffS, id }: Threshold): Limits {
  if (raiseAt === null || clearAt === null) throw new Error(`Threshold ${id} has no numbers.`);
  return { direction, raiseAt, clearAt, holdOffS };
}

export interface Rules {
  get(): Promise<Rulebook>;
  /** Reads again at the next question: after a change in this process. */
  forget(): void;
}

/** Another process may change them too: they are read again when older than this. */
const keepMs = 10_000;

export function keepRules(database: Database, clock: Clock): Rules {
  let held: { book: Rulebook; atMs: number } | undefined;
  let loading: Promise<Rulebook> | undefined;

  async function load(): Promise<Rulebook> {
    const book = createRulebook(await database.read(systemScope, listLiveThresholds));
    held = { book, atMs: clock.now() };
    return book;
  }
  return {
    async get() {
      if (held !== undefined && Math.abs(clock.now() - held.atMs) < keepMs) return held.book;
      loading ??= load().finally(() => {
        loading = undefined;
      });
      return loading;
    },
    forget() {
      held = undefined;
      loading = undefined;
    },
  };
}
