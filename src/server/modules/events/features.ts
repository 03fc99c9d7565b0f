import type { Channel, EventStatus } from '#contract/events-words.ts';
import { AppError } from '#kit/errors.ts';
import type { DeskTier } from '#kit/tiers.ts';
import type { Tx } from '#server/db/pool.ts';
import { systemScope } from '#server/db/scope.ts';
import { scopeFor, type Actor } from '#server/modules/identity/index.ts';
import type { Kit } from './act.ts';
import type { Window } from './cells.ts';
import type { Category } from './library.ts';
import { sightOf } from './sight.ts';
import { countFeatures, findFeature, listFeatures, listSigns } from './store-features.ts';
import { isDense, isOpenOnly, type Filter, type NewestWish, type Position } from './store-queue.ts';

/** An event as a thing on a map: nothing anybody wrote, nobody's name. */
export interface EventFeature {
  id: string;
  number: string;
  categoryCode: string;
  /** 0 (gravest) to 4 */
  priority: number;
  channel: Channel;
  status: EventStatus;
  tier: DeskTier;
  ownerUnitId: string;
  district: string;
  street: string | null;
  community: string | null;
  grid: string | null;
  /** WGS-84 degrees; null when only an area is known. */
  lon: number | null;
  lat: number | null;
  reportedAt: Date;
  dueAt: Date | null;
  endedAt: Date | null;
  late: boolean;
  supervised: boolean;
}

/** Which events; what is not given does not narrow. */
export interface FeatureWish {
  windows: readonly Window[];
  status?: EventStatus | undefined;
  priority?: number | undefined;
  /** This very category, not those below. */
  categoryCode?: string | undefined;
  channel?: Channel | undefined;
  tier?: DeskTier | undefined;
  /** In this area or below. */
  areaCode?: string | undefined;
  late?: boolean | undefined;
  supervised?: boolean | undefined;
  open?: boolean | undefined;
  /** Reported then or later; epoch milliseconds. */
  fromMs?: number | undefined;
  /** Reported then or earlier. */
  toMs?: number | undefined;
}

/** Open events of one place: one, or several too close to be told apart. */
export interface EventSign {
  /** How many. */
  n: number;
  /** Their middle. */
  lon: number;
  lat: number;
  /** The gravest. */
  priority: number;
  /** Is one of them late? */
  late: boolean;
  /** Of one of them: means something where n is 1. */
  id: string;
  status: EventStatus;
}

export interface EventFeatures {
  /** Newest first, at most `limit` after the position `from`. Nothing for an actor without event.read. */
  list(actor: Actor, wish: FeatureWish, page: { limit: number; from?: Position | undefined }): Promise<EventFeature[]>;
  /** How many there are; undefined when more than `most`. */
  count(actor: Actor, wish: FeatureWish, most: number): Promise<number | undefined>;
  /** Open events inside a window, grouped by `across` cells along each side, or alone where it is null; at most `most` + 1. */
  signs(actor: Actor, window: Window, across: number | null, most: number): Promise<EventSign[]>;
  /** @throws AppError not_found when there is none, or it is not the actor's to see. */
  get(actor: Actor, id: string): Promise<EventFeature>;
  categories(): Promise<ReadonlyMap<string, Category>>;
}

export function featuresOf(kit: Kit): EventFeatures {
  /** The actor's own scope in the database, and the same sight as conditions. */
  async function read<T>(
    actor: Actor,
    wish: FeatureWish,
    limit: number,
    work: (tx: Tx, query: NewestWish) => Promise<T>,
  ) {
    const filter = toFilter(kit, wish);
    const query = { filter, sight: sightOf(kit.territory, actor), windows: wish.windows, limit };
    const dense = isOpenOnly(filter) || (await anyDense(kit, wish.windows));
    return kit.database.read(scopeFor(actor, 'event.read'), (tx) => work(tx, { ...query, dense }));
  }
  return {
    list: async (actor, wish, { limit, from }) => {
      const rows = await read(actor, wish, limit, (tx, query) => listFeatures(tx, { ...query, from }));
      return rows.slice(0, limit);
    },
    count: async (actor, wish, most) => {
      const count = await read(actor, wish, most, countFeatures);
      return count > most ? undefined : count;
    },
    async signs(actor, window, across, most) {
      const dense = await anyDense(kit, [window]);
      const query = { filter: { open: true }, sight: sightOf(kit.territory, actor), windows: [window], dense };
      return kit.database.read(scopeFor(actor, 'event.read'), (tx) =>
        listSigns(tx, query, { window, across, limit: most + 1 }),
      );
    },
    async get(actor, id) {
      const row = await kit.database.read(scopeFor(actor, 'event.read'), (tx) =>
        findFeature(tx, id, sightOf(kit.territory, actor)),
      );
      if (row === undefined) throw new AppError('not_found', 'There is no such event, or it is not yours to see.');
      return row;
    },
    categories: async () => (await kit.dictionary.get()).categories,
  };
}

async function anyDense(kit: Kit, windows: readonly Window[]): Promise<boolean> {
  if (windows.length === 0) return true;
  const each = await kit.database.read(systemScope, async (tx) => {
    const found: boolean[] = [];
    for (const window of windows) found.push(await isDense(tx, window));
    return found;
  });
  return each.includes(true);
}

function toFilter(kit: Kit, wish: FeatureWish): Filter {
  const area = wish.areaCode === undefined ? undefined : kit.territory.area(wish.areaCode);
  return {
    status: listOfOne(wish.status),
    priority: listOfOne(wish.priority),
    // An unknown area holds nothing; no category has an empty code.
    categories: wish.areaCode !== undefined && area === undefined ? [''] : listOfOne(wish.categoryCode),
    channel: listOfOne(wish.channel),
    area: area === undefined ? undefined : { tier: area.tier, code: area.code, path: area.path },
    tier: wish.tier,
    late: wish.late,
    supervised: wish.supervised,
    open: wish.open,
    reportedFrom: isoOf(wish.fromMs),
    reportedTo: isoOf(wish.toMs === undefined ? undefined : wish.toMs + 1),
  };
}

function listOfOne<T>(value: T | undefined): T[] | undefined {
  return value === undefined ? undefined : [value];
}

function isoOf(ms: number | undefined): string | undefined {
  return ms === undefined ? undefined : new Date(ms).toISOString();
}
