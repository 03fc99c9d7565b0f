import { sql } from 'kysely';
import type { WidgetData } from '#contract/screens-views.ts';
import { dayOf } from '#kit/shanghai-days.ts';
import type { Tx } from '#server/db/pool.ts';
import type { Area } from '#server/modules/grids/index.ts';

/** What today brought in an area, from the facts of events. Times in epoch ms. */
export async function countToday(tx: Tx, area: Area, nowMs: number): Promise<WidgetData['today']> {
  const day = dayOf(nowMs);
  const from = new Date(`${day}T00:00:00+08:00`);
  const there = inArea(area);
  const { rows } = await sql<Omit<WidgetData['today'], 'day' | 'byHour'>>`
    select
      (select count(*)::int from event_fact where reported_day = ${day}::date and ${there}) as reported,
      (select count(*)::int from event_fact where closed_at >= ${from} and ${there}) as closed,
      now_open.*,
      (select round(extract(epoch from percentile_cont(0.5) within group (order by accepted_at - reported_at)) / 60)::int
        from event_fact where reported_at >= ${from}::timestamptz - interval '30 days' and accepted_at >= ${from} and ${there}) as "medianWaitMinutes"
    from (select count(*)::int as open, (count(*) filter (where late))::int as late,
        (count(*) filter (where status in ('reported', 'verifying', 'filed', 'dispatched')))::int as waiting
      from event_fact where ended_at is null and ${there}) now_open`.execute(tx.db);
  const hours = await sql<{ hour: number; n: number }>`
    select extract(hour from reported_at at time zone 'Asia/Shanghai')::int as hour, count(*)::int as n
    from event_fact where reported_day = ${day}::date and ${there} group by 1`.execute(tx.db);
  const byHour = new Map(hours.rows.map(({ hour, n }) => [hour, n]));
  const sofar = Math.min(24, Math.floor((nowMs - from.getTime()) / 3_600_000) + 1);
  const none = { reported: 0, closed: 0, open: 0, late: 0, waiting: 0, medianWaitMinutes: null };
  return { ...(rows[0] ?? none), day, byHour: Array.from({ length: sofar }, (_, hour) => byHour.get(hour) ?? 0) };
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
