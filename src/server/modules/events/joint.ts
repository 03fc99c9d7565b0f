import { sql } from 'kysely';
import type { Permission } from '#contract/route.ts';
import { AppError } from '#kit/errors.ts';
import type { Tx } from '#server/db/pool.ts';
import { scopeOf, type Actor, type Grant } from '#server/modules/identity/index.ts';
import { audienceOf, ruleOf, type Kit } from './act.ts';
import { pathOf, type CaseRows } from './case-rows.ts';
import { getCategory, type Category } from './library.ts';
import { standing } from './rules.ts';
import { allOf, inArea, seen, sightOf } from './sight.ts';
import { findCase, lockCase } from './store-case.ts';
import { claimAttachments, type Claim } from './store-attachment.ts';

export interface CategoryCount {
  categoryCode: string;
  events: number;
}

export interface EventBrief {
  id: string;
  number: string;
  title: string;
  status: string;
  /** Not yet ended. */
  open: boolean;
}

/** What a room around an event (operations) may ask of it. Nothing here changes the event itself. */
export interface Joint {
  /** The event with its tasks and running clocks, within this transaction's sight. @throws AppError not_found */
  look(tx: Tx, eventId: string, lock?: 'lock'): Promise<CaseRows>;
  /** The appointment by which the actor stands to it: anybody whose appointment reaches it, or the desk and the lead. */
  standing(actor: Actor, rows: CaseRows, permission: Permission, who: 'field' | 'joint'): Grant | undefined;
  /** Area codes that contain it, city first. */
  pathOf(rows: CaseRows): string[];
  /** Whom a line about it is told. */
  audience(rows: CaseRows): string[];
  /** The category and those above it, nearest first; and the plan the level library names. */
  classOf(rows: CaseRows): Promise<{ categories: Category[]; planCode: string | null }>;
  /** Gives uploaded photos to it. @throws AppError bad_input when one is unknown, taken or somebody else's */
  claim(
    tx: Tx,
    claims: readonly Claim[],
    to: { eventId: string; taskId: string | null; accountId: string | null },
  ): Promise<string[]>;
  /** Units this event's desk may give tasks to. */
  reachable(rows: CaseRows): ReadonlySet<string>;
  /** Those of these events that the actor sees, newest first: enough to name them and to open them. */
  briefs(actor: Actor, ids: readonly string[]): Promise<EventBrief[]>;
  /** Events reported in [from, to) by category, within the actor's sight; declined, merged and cancelled ones are left out. */
  countByCategory(
    actor: Actor,
    span: { from: string; to: string; areaCode?: string | undefined },
  ): Promise<CategoryCount[]>;
}

export function jointOf(kit: Kit): Joint {
  const { territory } = kit;
  return {
    async look(tx, eventId, lock) {
      const rows = await (lock === undefined ? findCase(tx, eventId) : lockCase(tx, eventId));
      if (rows === undefined) throw new AppError('not_found', 'There is no such event, or it is not yours to see.');
      return rows;
    },
    standing(actor, rows, permission, who) {
      const facts = { ...rows.event, path: pathOf(rows.event), tasks: rows.tasks.map(toFacts) };
      return standing(facts, actor, permission, who, (id) => territory.unit(id));
    },
    pathOf: ({ event }) => pathOf(event),
    audience: (rows) => audienceOf(null, rows),
    async classOf({ event }) {
      const library = await kit.dictionary.get();
      const categories = [getCategory(library, event.categoryCode)];
      for (let above = categories[0]?.parentCode; above !== null && above !== undefined;) {
        const parent = library.categories.get(above);
        if (parent === undefined || categories.includes(parent)) break;
        categories.push(parent);
        above = parent.parentCode;
      }
      return { categories, planCode: (await ruleOf(kit, library, event)).planCode };
    },
    claim: async (tx, claims, to) =>
      (await claimAttachments(tx, claims, { ...to, reporterId: null })).map((photo) => photo.id),
    reachable: ({ event }) =>
      new Set([
        event.ownerUnitId,
        ...territory.reachableUnits(event.ownerUnitId, pathOf(event)).map((unit) => unit.id),
      ]),
    briefs: (actor, ids) => briefsOf(kit, actor, ids),
    countByCategory: (actor, span) => countByCategory(kit, actor, span),
  };
}

function toFacts(task: CaseRows['tasks'][number]) {
  return { ...task, current: true, dueMs: null };
}

async function countByCategory(
  { database, territory }: Kit,
  actor: Actor,
  { from, to, areaCode }: Parameters<Joint['countByCategory']>[1],
): Promise<CategoryCount[]> {
  const area = areaCode === undefined ? undefined : territory.area(areaCode);
  if (areaCode !== undefined && area === undefined)
    throw new AppError('bad_input', `areaCode: expected a known area, found ${areaCode}.`);
  const within = allOf([seen(sightOf(territory, actor)), ...(area === undefined ? [] : [inArea(area)])]);
  const { rows } = await database.read(scopeOf(actor), (tx) =>
    sql<CategoryCount>`
      select e.category_code as "categoryCode", count(*)::int as events from event e
      where e.reported_at >= ${from}::timestamptz and e.reported_at < ${to}::timestamptz
        and e.status not in ('declined', 'merged', 'cancelled') and ${within}
      group by 1 order by 1`.execute(tx.db),
  );
  return rows;
}

async function briefsOf({ database, territory }: Kit, actor: Actor, ids: readonly string[]): Promise<EventBrief[]> {
  if (ids.length === 0) return [];
  const { rows } = await database.read(scopeOf(actor), (tx) =>
    sql<EventBrief>`
      select e.id, e.number, e.title, e.status, e.ended_at is null as open from event e
      where ${allOf([seen(sightOf(territory, actor)), sql`e.id = any(${[...ids]}::uuid[])`])}
      order by e.reported_at desc, e.id`.execute(tx.db),
  );
  return rows;
}
