import { sql } from 'kysely';
import type { EventStatus } from '#contract/events-words.ts';
import type { Tier } from '#kit/tiers.ts';
import type { Tx } from '#server/db/pool.ts';
import { allOf, always, anyOf, inArea, uuids, type Condition, type Sight } from './sight.ts';

export interface Board {
  open: { status: EventStatus; priority: number; count: number; late: number }[];
  reported: number;
  closed: number;
  closedLate: number;
  reworked: number;
  reopened: number;
  mine: number;
}

/** The viewer's sight cut into parts that do not overlap, so that counts may be added up. */
function parts(sight: Sight): Condition[] {
  if (sight.seeAll) return [always];
  const areas = sight.areas.map(inArea);
  const outside = areas.length === 0 ? [] : [sql<boolean>`not coalesce(${anyOf(areas)}, false)`];
  const owned = sql<boolean>`e.owner_unit_id = any(${uuids(sight.units)})`;
  const tasked = sql<boolean>`e.id in (select t.event_id from task t where t.unit_id = any(${uuids(sight.units)}))`;
  const own = sql<boolean>`e.id in (select r.event_id from event_reporter r where r.account_id = ${sight.accountId})`;
  return [
    ...areas,
    ...(sight.units.length === 0 ? [] : [allOf([owned, ...outside]), allOf([tasked, sql`not ${owned}`, ...outside])]),
    ...(sight.accountId === null
      ? []
      : [
          allOf([
            own,
            ...(sight.units.length === 0 ? [] : [sql<boolean>`not ${owned}`, sql<boolean>`not ${tasked}`]),
            ...outside,
          ]),
        ]),
  ];
}

/** Counts of one viewer: what is open by state and priority, and what this month brought. */
export async function countBoard(
  tx: Tx,
  sight: Sight,
  area: { tier: Tier; code: string; path?: readonly string[] } | undefined,
  monthFrom: string,
): Promise<Board> {
  // An area inside one of the viewer's is seen whole: naming both would only lead the planner to compare two indexes.
  const whole = area !== undefined && sight.areas.some((own) => area.path?.includes(own.code));
  const ways = whole
    ? [inArea(area)]
    : parts(sight).map((part) => allOf([part, ...(area === undefined ? [] : [inArea(area)])]));
  if (ways.length === 0) return { open: [], reported: 0, closed: 0, closedLate: 0, reworked: 0, reopened: 0, mine: 0 };
  const from = sql`${monthFrom}::timestamptz`;
  const each = (select: (way: Condition) => ReturnType<typeof sql>) => sql.join(ways.map(select), sql` union all `);
  const open = await sql<Board['open'][number]>`
    select status, priority, sum(count)::int as count, sum(late)::int as late from (
      ${each((way) => sql`select e.status, e.priority, count(*) as count, count(*) filter (where e.late) as late from event e where e.ended_at is null and ${way} group by e.status, e.priority`)}
    ) counted group by status, priority order by status, priority`.execute(tx.db);
  const month = await sql<Omit<Board, 'open' | 'mine'>>`
    select (select sum(n)::int from (${each((way) => sql`select count(*) as n from event e where e.reported_at >= ${from} and ${way}`)}) counted) as reported,
      closed.*, (select sum(n)::int from (${each((way) => sql`select count(*) as n from event e where e.reopened_at >= ${from} and ${way}`)}) counted) as reopened
    from (select coalesce(sum(closed), 0)::int as closed, coalesce(sum(late), 0)::int as "closedLate", coalesce(sum(reworked), 0)::int as reworked from (
      ${each((way) => sql`select count(*) as closed, count(*) filter (where e.late) as late, count(*) filter (where e.reworks > 0) as reworked from event e where e.closed_at >= ${from} and ${way}`)}
    ) counted) closed`.execute(tx.db);
  const mine = await sql<{ mine: number }>`
    select count(*)::int as mine from event e where e.ended_at is null and ${area === undefined ? always : inArea(area)} and (
      (e.owner_unit_id = any(${uuids(sight.units)}) and e.status in ('reported', 'verifying', 'filed', 'checking'))
      or e.id in (select t.event_id from task t where t.unit_id = any(${uuids(sight.units)}) and t.ended_at is null))`.execute(
    tx.db,
  );
  const counted = month.rows[0] ?? { reported: 0, closed: 0, closedLate: 0, reworked: 0, reopened: 0 };
  return { open: open.rows, ...counted, mine: mine.rows[0]?.mine ?? 0 };
}
