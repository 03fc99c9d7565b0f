/** What hangs on a station: exceptions, facilities, how busy it is, photos. */
import { sql } from 'kysely';
import type { BusyLevel, FacilityState } from '#contract/stations-views.ts';
import type { Tx } from '#server/db/pool.ts';
import type { Span } from './rules-hours.ts';

export interface ExceptionRow {
  id: string;
  stationId: string;
  fromDay: string;
  toDay: string;
  spans: Span[];
  reason: string;
  reasonEn: string;
  createdAt: Date;
}

export interface FacilityRow {
  stationId: string;
  code: string;
  state: FacilityState;
  quantity: number | null;
  note: string;
  noteEn: string;
  version: number;
  changedAt: Date;
}

export interface BusyRow {
  stationId: string;
  level: BusyLevel;
  setAt: Date;
}

export interface PhotoRow {
  id: string;
  stationId: string;
  alt: string;
  altEn: string;
}

/** Those in force that reach to `fromDay` or later. */
export async function listExceptions(tx: Tx, stationIds: readonly string[], fromDay: string): Promise<ExceptionRow[]> {
  if (stationIds.length === 0) return [];
  const { rows } = await sql<ExceptionRow>`
    select id, station_id as "stationId", from_day as "fromDay", to_day as "toDay", spans, reason, reason_en as "reasonEn", created_at as "createdAt"
    from station_exception
    where station_id = any (${[...stationIds]}::uuid[]) and to_day >= ${fromDay}::date and withdrawn_at is null
    order by from_day, created_at, id`.execute(tx.db);
  return rows;
}

export async function insertException(tx: Tx, row: ExceptionRow): Promise<void> {
  await tx.db
    .insertInto('station_exception')
    .values({
      id: row.id,
      station_id: row.stationId,
      from_day: row.fromDay,
      to_day: row.toDay,
      spans: JSON.stringify(row.spans),
      reason: row.reason,
      reason_en: row.reasonEn,
      created_at: row.createdAt,
    })
    .execute();
}

/** Answers what was withdrawn; undefined when there is none in force. */
export async function withdrawException(
  tx: Tx,
  { id, stationId, at }: { id: string; stationId: string; at: Date },
): Promise<{ fromDay: string; toDay: string } | undefined> {
  return tx.db
    .updateTable('station_exception')
    .set({ withdrawn_at: at })
    .where('id', '=', id)
    .where('station_id', '=', stationId)
    .where('withdrawn_at', 'is', null)
    .returning(['from_day as fromDay', 'to_day as toDay'])
    .executeTakeFirst() as Promise<{ fromDay: string; toDay: string } | undefined>;
}

export async function listFacilities(tx: Tx, stationIds: readonly string[]): Promise<FacilityRow[]> {
  if (stationIds.length === 0) return [];
  const { rows } = await sql<FacilityRow>`
    select station_id as "stationId", code, state, quantity, note, note_en as "noteEn", version, changed_at as "changedAt"
    from station_facility where station_id = any (${[...stationIds]}::uuid[]) order by code`.execute(tx.db);
  return rows;
}

export async function saveFacility(tx: Tx, row: FacilityRow): Promise<void> {
  const { stationId, code, noteEn, changedAt, ...rest } = row;
  const facts = { ...rest, note_en: noteEn, changed_at: changedAt };
  await tx.db
    .insertInto('station_facility')
    .values({ station_id: stationId, code, ...facts })
    .onConflict((conflict) => conflict.columns(['station_id', 'code']).doUpdateSet(facts))
    .execute();
}

export async function listBusy(tx: Tx, stationIds: readonly string[]): Promise<BusyRow[]> {
  if (stationIds.length === 0) return [];
  const { rows } = await sql<BusyRow>`
    select station_id as "stationId", level, set_at as "setAt" from station_busy where station_id = any (${[...stationIds]}::uuid[])`.execute(
    tx.db,
  );
  return rows;
}

export async function saveBusy(tx: Tx, { stationId, level, setAt }: BusyRow): Promise<void> {
  const facts = { level, set_at: setAt };
  await tx.db
    .insertInto('station_busy')
    .values({ station_id: stationId, ...facts })
    .onConflict((conflict) => conflict.column('station_id').doUpdateSet(facts))
    .execute();
}

export async function listPhotos(tx: Tx, stationId: string): Promise<PhotoRow[]> {
  const { rows } = await sql<PhotoRow>`
    select attachment_id as id, station_id as "stationId", alt, alt_en as "altEn" from station_photo
    where station_id = ${stationId} and removed_at is null order by sort, attachment_id`.execute(tx.db);
  return rows;
}

/** Puts a photo after the others. */
export async function insertPhoto(tx: Tx, { id, stationId, alt, altEn }: PhotoRow): Promise<void> {
  await sql`
    insert into station_photo (attachment_id, station_id, alt, alt_en, sort)
    select ${id}, ${stationId}, ${alt}, ${altEn}, coalesce(max(sort), 0) + 1 from station_photo where station_id = ${stationId}`.execute(
    tx.db,
  );
}

/** Whether there was one to remove. */
export async function removePhoto(
  tx: Tx,
  { id, stationId, at }: { id: string; stationId: string; at: Date },
): Promise<boolean> {
  const gone = await tx.db
    .updateTable('station_photo')
    .set({ removed_at: at })
    .where('attachment_id', '=', id)
    .where('station_id', '=', stationId)
    .where('removed_at', 'is', null)
    .executeTakeFirst();
  return gone.numUpdatedRows > 0n;
}
