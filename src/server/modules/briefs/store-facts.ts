/** What briefs count beside the indicators, from the facts of events. Days are days of report, both included. */
import { sql } from 'kysely';
import type { Tx } from '#server/db/pool.ts';

interface FactSpan {
  areaCode: string;
  first: string;
  last: string;
}

/** As the indicator "counted": neither excluded nor entered by mistake. */
const counted = sql.raw<unknown>(`f.excluded is null and f.status <> 'cancelled'`);
const open = sql.raw<unknown>(`f.ended_at is null and f.status <> 'shelved'`);

const within = ({ areaCode, first, last }: FactSpan) =>
  sql`f.path @> array[${areaCode}] and f.reported_day between ${first}::date and ${last}::date and ${counted}`;

export interface ValueCount {
  value: string;
  n: number;
  before: number;
}

/** Cases reported in a span and in the days before, by main class, channel, or area of the tier below. */
export async function countBy(
  tx: Tx,
  by: 'class' | 'street' | 'community' | 'grid' | 'district',
  span: FactSpan & { before: { first: string; last: string } },
): Promise<ValueCount[]> {
  const column = sql.raw<string>(by === 'class' ? 'f.main_class' : `coalesce(f.${by}, '')`);
  const both = { areaCode: span.areaCode, first: span.before.first, last: span.last };
  const { rows } = await sql<ValueCount>`select ${column} as value,
      count(*) filter (where f.reported_day >= ${span.first}::date)::int as n,
      count(*) filter (where f.reported_day <= ${span.before.last}::date)::int as before
    from event_fact f where ${within(both)} group by 1 order by 2 desc, 1`.execute(tx.db);
  return rows.filter(({ n, before }) => n > 0 || before > 0);
}

/** Cases reported on each day; days without one are missing. */
export async function countDaily(tx: Tx, span: FactSpan): Promise<ReadonlyMap<string, number>> {
  const { rows } = await sql<{ day: string; n: number }>`select f.reported_day::text as day, count(*)::int as n
    from event_fact f where ${within(span)} group by 1`.execute(tx.db);
  return new Map(rows.map(({ day, n }) => [day, n]));
}

export interface LateUnit {
  unitId: string;
  /** Past the handling limit and still open. */
  open: number;
  /** Late in any step. */
  late: number;
  led: number;
}

/** Units that lead cases of a span, by how many of them are overdue and open. Units, never persons. */
export async function countLate(tx: Tx, span: FactSpan): Promise<LateUnit[]> {
  const { rows } = await sql<LateUnit>`select f.lead_unit_id as "unitId",
      count(*) filter (where f.late_steps @> array['handle'] and ${open})::int as open,
      count(*) filter (where f.late)::int as late, count(*)::int as led
    from event_fact f where ${within(span)} and f.lead_unit_id is not null
    group by 1 having count(*) filter (where f.late) > 0 order by 2 desc, 3 desc, 1`.execute(tx.db);
  return rows;
}
