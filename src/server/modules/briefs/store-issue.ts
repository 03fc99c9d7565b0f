/** The cases of one hot issue, from the facts of events. Days are days of report, both included. */
import { sql } from 'kysely';
import type { EventStatus } from '#contract/events-words.ts';
import type { Tx } from '#server/db/pool.ts';

/** One case as a brief of an issue tells it: what stands in the record, nothing of whom it came from. */
export interface IssueCase {
  id: string;
  number: string;
  day: string;
  /** Of the community, street or district it lies in. */
  areaCode: string;
  categoryCode: string;
  status: EventStatus;
  unitId: string | null;
  /** Neither ended nor shelved. */
  open: boolean;
  closed: boolean;
  /** Past the handling limit and still open. */
  overdue: boolean;
  dispatched: boolean;
  arrived: boolean;
  voices: number;
  urges: number;
  reworks: number;
  reopens: number;
  extensions: number;
}

interface CasesWish {
  ids: readonly string[];
  areaCode: string;
  first: string;
  last: string;
}

/** Those that count (neither excluded nor entered by mistake), the earliest first. */
export async function listIssueCases(tx: Tx, { ids, areaCode, first, last }: CasesWish): Promise<IssueCase[]> {
  const { rows } = await sql<IssueCase>`select f.event_id as id, f.number, f.reported_day::text as day,
      coalesce(f.community, f.street, f.district) as "areaCode", f.category_code as "categoryCode", f.status,
      f.lead_unit_id as "unitId", (f.ended_at is null and f.status <> 'shelved') as open, f.status = 'closed' as closed,
      (f.late_steps @> array['handle'] and f.ended_at is null and f.status <> 'shelved') as overdue,
      f.dispatched_at is not null as dispatched, f.arrived_at is not null as arrived, f.report_count as voices,
      f.urges, f.reworks, f.reopens, f.extensions
    from event_fact f
    where f.event_id = any (${[...ids]}::uuid[]) and f.path @> array[${areaCode}]
      and f.reported_day between ${first}::date and ${last}::date and f.excluded is null and f.status <> 'cancelled'
    order by f.reported_at, f.event_id`.execute(tx.db);
  return rows;
}
