import { sql } from 'kysely';
import type { inspectionResults } from '#contract/inspections.ts';
import type { Tx } from '#server/db/pool.ts';
import type { Answered } from './dictionaries.ts';
import type { Reason } from './store-task.ts';

export type Result = (typeof inspectionResults)[number];

export interface NewLook {
  id: string;
  pointId: string;
  taskId: string | null;
  district: string;
  atMs: number;
  recordedMs: number;
  accountId: string | null;
  unitId: string | null;
  result: Result;
  answers: readonly Answered[];
  note: string;
  eventId: string | null;
}

export async function insertLook(tx: Tx, look: NewLook): Promise<void> {
  await tx.db
    .insertInto('inspection')
    .values({
      id: look.id,
      point_id: look.pointId,
      task_id: look.taskId,
      district: look.district,
      at: new Date(look.atMs).toISOString(),
      recorded_at: new Date(look.recordedMs).toISOString(),
      account_id: look.accountId,
      unit_id: look.unitId,
      result: look.result,
      answers: JSON.stringify(look.answers),
      note: look.note,
      event_id: look.eventId,
    })
    .execute();
}

export interface LookRow {
  id: string;
  pointId: string;
  at: Date;
  result: Result;
  reason: Reason | null;
  byName: string | null;
  note: string;
  answers: Answered[];
  eventId: string | null;
}

const columns = sql`i.id, i.point_id as "pointId", i.at, i.result, t.reason, a.display_name as "byName", i.note, i.answers,
  i.event_id as "eventId"`;
const joined = sql`inspection i left join inspection_task t on t.id = i.task_id left join account a on a.id = i.account_id`;

/** Looks at a point, newest first. */
export async function listLooks(tx: Tx, pointId: string, limit: number): Promise<LookRow[]> {
  const { rows } = await sql<LookRow>`select ${columns} from ${joined} where i.point_id = ${pointId}
    order by i.at desc, i.id desc limit ${limit}`.execute(tx.db);
  return rows;
}

export async function findLook(tx: Tx, id: string): Promise<LookRow | undefined> {
  const { rows } = await sql<LookRow>`select ${columns} from ${joined} where i.id = ${id}`.execute(tx.db);
  return rows[0];
}

/** The look that an event came from. */
export async function findLookOfEvent(tx: Tx, eventId: string): Promise<LookRow | undefined> {
  const { rows } = await sql<LookRow>`select ${columns} from ${joined} where i.event_id = ${eventId}`.execute(tx.db);
  return rows[0];
}

/** The last look at each of these points, whatever came of it. */
export async function lastLooks(
  tx: Tx,
  pointIds: readonly string[],
): Promise<Map<string, Pick<LookRow, 'at' | 'result' | 'note'>>> {
  const { rows } = await sql<Pick<LookRow, 'pointId' | 'at' | 'result' | 'note'>>`
    select distinct on (point_id) point_id as "pointId", at, result, note from inspection
    where point_id = any(${[...pointIds]}::uuid[]) order by point_id, at desc, id desc`.execute(tx.db);
  return new Map(rows.map(({ pointId, ...look }) => [pointId, look]));
}
