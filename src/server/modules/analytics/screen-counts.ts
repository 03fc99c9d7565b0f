import { sql } from 'kysely';
import type { WidgetData } from '#contract/screens-views.ts';
import { addDays, dayOf, startOf } from '#kit/shanghai-days.ts';
import type { Tx } from '#server/db/pool.ts';
import type { Area } from '#server/modules/grids/index.ts';

/** What today brought in an area, beside yesterday, from the facts of events. Times in epoch ms. */
export async function countToday(tx: Tx, area: Area, nowMs: number): Promise<WidgetData['today']> {
  const day = dayOf(nowMs);
  const from = new Date(startOf(day));
  const before = new Date(startOf(addDays(day, -1)));
  const there = inArea(area);
  const { rows } = await sql<Counted>`
    select reported.*, closed.*, now_open.*
    from (select (count(*) filter (where reported_day = ${day}::date))::int as reported,
        (count(*) filter (where reported_day < ${day}::date))::int as "reportedBefore"
      from event_fact where reported_day between ${day}::date - 1 and ${day}::date and ${there}) reported,
    (select (count(*) filter (where closed_at >= ${from}))::int as closed,
        (count(*) filter (where closed_at < ${from}))::int as "closedBefore"
      from event_fact where closed_at >= ${before} and ${there}) closed,
    (select count(*)::int as open, (count(*) filter (where late))::int as late,
        (count(*) filter (where status in ('reported', 'verifying', 'filed', 'dispatched')))::int as waiting
      from event_fact where ended_at is null and ${there}) now_open`.execute(tx.db);
  const [{ reportedBefore, closedBefore, ...counted } = none] = rows;
  return {
    ...counted,
    day,
    before: { reported: reportedBefore, closed: closedBefore },
    medianWaitMinutes: await medianWait(tx, area, from),
    byHour: await countHours(tx, area, nowMs),
  };
}

interface Counted {
  reported: number;
  closed: number;
  open: number;
  late: number;
  waiting: number;
  reportedBefore: number;
  closedBefore: number;
}
const none: Counted = { reported: 0, closed: 0, open: 0, late: 0, waiting: 0, reportedBefore: 0, closedBefore: 0 };

/** Minutes that the middle one of those taken on since `from` had waited; reports older than 30 days are left out. */
async function medianWait(tx: Tx, area: Area, from: Date): Promise<number | null> {
  const { rows } = await sql<{ minutes: number | null }>`
    select round(extract(epoch from percentile_cont(0.5) within group (order by accepted_at - reported_at)) / 60)::int as minutes
    from event_fact where reported_day >= ${dayOf(from.getTime())}::date - 30 and accepted_at >= ${from}
      and ${inArea(area)}`.execute(tx.db);
  return rows[0]?.minutes ?? null;
}

const hourMs = 3_600_000;

/** Reports of the last 24 hours by the hour, the last one still running. */
async function countHours(tx: Tx, area: Area, nowMs: number): Promise<WidgetData['today']['byHour']> {
  const last = Math.floor(nowMs / hourMs) * hourMs;
  const first = last - 23 * hourMs;
  const { rows } = await sql<{ hour: number; n: number }>`
    select floor(extract(epoch from reported_at) / 3600)::int as hour, count(*)::int as n from event_fact
    where reported_day >= ${dayOf(first)}::date and reported_at >= ${new Date(first)} and ${inArea(area)} group by 1`.execute(
    tx.db,
  );
  const byHour = new Map(rows.map(({ hour, n }) => [hour, n]));
  return Array.from({ length: 24 }, (_, k) => {
    const ms = first + k * hourMs;
    return { from: new Date(ms).toISOString(), count: byHour.get(ms / hourMs) ?? 0 };
  });
}

/** Open events of an area by where they stand, with the oldest of each. */
export async function countOpen(tx: Tx, area: Area): Promise<WidgetData['flow']> {
  const { rows } = await sql<{ status: string; count: number; late: number; oldestAt: Date | null }>`
    select status, count(*)::int as count, (count(*) filter (where late))::int as late, min(reported_at) as "oldestAt"
    from event_fact where ended_at is null and ${inArea(area)} group by status`.execute(tx.db);
  return {
    open: rows.map(({ oldestAt, ...row }) => ({ ...row, oldestAt: oldestAt?.toISOString() ?? null })) as never,
  };
}

function inArea({ tier, code }: Area) {
  switch (tier) {
    case 'city':
      return sql<boolean>`true`;
    case 'district':
      return sql<boolean>`district = ${code}`;
    case 'street':
      return sql<boolean>`street = ${code}`;
    case 'community':
      return sql<boolean>`community = ${code}`;
    case 'grid':
    case 'micro_grid':
      return sql<boolean>`${code} = any (path)`;
  }
}
