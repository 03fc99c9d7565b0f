import { sql } from 'kysely';
import type { exclusionStates } from '#contract/analytics-units.ts';
import type { Tx } from '#server/db/pool.ts';

export type ExclusionState = (typeof exclusionStates)[number];

export interface ExclusionRow {
  id: string;
  eventId: string;
  district: string;
  reasonCode: string;
  note: string;
  state: ExclusionState;
  proposedBy: string | null;
  proposedUnitId: string;
  proposedAt: Date;
  decidedBy: string | null;
  decidedAt: Date | null;
  decisionNote: string;
  version: number;
  /** Of the event, from its fact. */
  number: string;
  path: string[];
  categoryCode: string;
  ownerUnitId: string;
  leadUnitId: string | null;
}

const columns = sql.raw(`x.id, x.event_id as "eventId", x.district, x.reason_code as "reasonCode", x.note, x.state,
  x.proposed_by as "proposedBy", x.proposed_unit_id as "proposedUnitId", x.proposed_at as "proposedAt", x.decided_by as "decidedBy",
  x.decided_at as "decidedAt", x.decision_note as "decisionNote", x.version, f.number, f.path, f.category_code as "categoryCode",
  f.owner_unit_id as "ownerUnitId", f.lead_unit_id as "leadUnitId"`);

/** Exclusions of events that the transaction's scope shows, newest first. */
export async function listExclusions(
  tx: Tx,
  {
    state,
    before,
    limit,
  }: { state?: ExclusionState | undefined; before?: { at: string; id: string } | undefined; limit: number },
): Promise<ExclusionRow[]> {
  const { rows } = await sql<ExclusionRow>`
    select ${columns} from indicator_exclusion x join event_fact f on f.event_id = x.event_id
    where true ${state === undefined ? sql`` : sql`and x.state = ${state}`}
      ${before === undefined ? sql`` : sql`and (x.proposed_at, x.id) < (${before.at}::timestamptz, ${before.id}::uuid)`}
    order by x.proposed_at desc, x.id desc limit ${limit}`.execute(tx.db);
  return rows;
}

/** Locked until the end of the transaction; undefined where its event is not to be seen. */
export async function lockExclusion(tx: Tx, id: string): Promise<ExclusionRow | undefined> {
  const { rows } = await sql<ExclusionRow>`
    select ${columns} from indicator_exclusion x join event_fact f on f.event_id = x.event_id
    where x.id = ${id}::uuid for update of x`.execute(tx.db);
  return rows[0];
}

export async function insertExclusion(
  tx: Tx,
  row: Pick<
    ExclusionRow,
    'id' | 'eventId' | 'district' | 'reasonCode' | 'note' | 'proposedBy' | 'proposedUnitId' | 'proposedAt'
  >,
): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await tx.db
    .insertInto('indicator_exclusion')
    .values({
      id: row.id,
      event_id: row.eventId,
      district: row.district,
      reason_code: row.reasonCode,
      note: row.note,
      proposed_by: row.proposedBy,
      proposed_unit_id: row.proposedUnitId,
      proposed_at: row.proposedAt,
    })
    .onConflict((on) => on.doNothing())
    .executeTakeFirst();
  return numInsertedOrUpdatedRows === 1n;
}

/** Writes back what was locked, one version further. */
export async function saveExclusion(tx: Tx, row: ExclusionRow): Promise<void> {
  await tx.db
    .updateTable('indicator_exclusion')
    .set({
      state: row.state,
      decided_by: row.decidedBy,
      decided_at: row.decidedAt,
      decision_note: row.decisionNote,
      version: row.version + 1,
    })
    .where('id', '=', row.id)
    .execute();
}
