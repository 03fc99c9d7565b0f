/** The past as a rehearsal reads it: page by page, newest first, for the program's own eyes. */
import { sql } from 'kysely';
import type { Channel, ClockKind } from '#contract/events-words.ts';
import { rehearsedSteps, type RehearsedStep } from '#contract/rehearsals.ts';
import type { Tier } from '#kit/tiers.ts';
import type { Tx } from '#server/db/pool.ts';
import { inArea } from './sight.ts';

/** Which events: of these categories, reported in [sinceMs, untilMs) in an area; not those taken back or merged away. */
export interface PastWish {
  area: { tier: Tier; code: string };
  categories: readonly string[];
  sinceMs: number;
  untilMs: number;
}

export interface PastEvent {
  id: string;
  categoryCode: string;
  ruleVersion: number;
  priority: number;
  channel: Channel;
  path: string[];
  reportedMs: number;
}

export interface PastClock {
  eventId: string;
  step: RehearsedStep;
  kind: ClockKind;
  extra: number;
  startMs: number;
  stopMs: number | null;
  pauses: { from: string; to: string | null }[] | null;
}

export interface PastLeads {
  doneBy: string | null;
  returnedBy: string[];
}

const about = (wish: PastWish) => sql<boolean>`${inArea(wish.area)}
  and e.reported_at >= to_timestamp(${wish.sinceMs}::float8 / 1000) and e.reported_at < to_timestamp(${wish.untilMs}::float8 / 1000)
  and e.category_code = any(${[...wish.categories]}::text[]) and e.status not in ('cancelled', 'merged')`;

export async function countPast(tx: Tx, wish: PastWish): Promise<number> {
  const { rows } = await sql<{ n: number }>`select count(*)::int as n from event e where ${about(wish)}`.execute(tx.db);
  return rows[0]?.n ?? 0;
}

/** The next `limit` before `after` (the last of the page before), newest first. */
export async function listPast(
  tx: Tx,
  wish: PastWish,
  after: { reportedMs: number; id: string } | null,
  limit: number,
): Promise<PastEvent[]> {
  const { rows } = await sql<PastEvent>`
    select e.id, e.category_code as "categoryCode", e.rule_version as "ruleVersion", e.priority, e.channel,
      array_remove(array[e.city, e.district, e.street, e.community, e.grid], null) as path,
      extract(epoch from e.reported_at)::float8 * 1000 as "reportedMs"
    from event e where ${about(wish)}
      ${after === null ? sql`` : sql`and (e.reported_at, e.id) < (to_timestamp(${after.reportedMs}::float8 / 1000), ${after.id}::uuid)`}
    order by e.reported_at desc, e.id desc limit ${limit}`.execute(tx.db);
  return rows.map((row) => ({ ...row, path: [...new Set(row.path)], reportedMs: Math.round(row.reportedMs) }));
}

/** Every clock these events ever had in a step that is rehearsed. */
export async function listPastClocks(tx: Tx, ids: readonly string[]): Promise<PastClock[]> {
  const { rows } = await sql<PastClock>`
    select event_id as "eventId", step, kind, extra, extract(epoch from started_at)::float8 * 1000 as "startMs",
      extract(epoch from stopped_at)::float8 * 1000 as "stopMs", case when pauses <> '[]' then pauses end as pauses
    from clock where event_id = any(${[...ids]}::uuid[]) and step = any(${[...rehearsedSteps]}::text[])`.execute(tx.db);
  return rows;
}

/** Who led these events in truth: who did it last, who gave it back. */
export async function listPastLeads(tx: Tx, ids: readonly string[]): Promise<Map<string, PastLeads>> {
  const { rows } = await sql<PastLeads & { eventId: string }>`
    select event_id as "eventId",
      (array_agg(unit_id order by done_at desc nulls last) filter (where status = 'done'))[1] as "doneBy",
      coalesce(array_agg(distinct unit_id) filter (where status = 'returned'), '{}') as "returnedBy"
    from task where event_id = any(${[...ids]}::uuid[]) and part = 'lead' and status in ('done', 'returned')
    group by event_id`.execute(tx.db);
  return new Map(rows.map(({ eventId, ...leads }) => [eventId, leads]));
}
