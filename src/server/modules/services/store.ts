import { sql, type RawBuilder } from 'kysely';
import type { VisitorKind } from '#contract/services-views.ts';
import { keptMark, laterMark } from '#server/db/pipeline.ts';
import type { Tx } from '#server/db/pool.ts';

export interface NewRecord {
  id: string;
  stationId: string;
  district: string;
  activityId: string | null;
  partnerId: string | null;
  kind: string;
  persons: number;
  visitor: VisitorKind | null;
  atMs: number;
  recordedMs: number;
  weather: string | null;
  note: string;
  aidCard: string | null;
  serious: boolean;
  eventId: string | null;
  accountId: string | null;
}

const kept = sql.raw(keptMark);
const keptLater = sql.raw(`${keptMark}${laterMark}`);
const iso = (ms: number): string => new Date(ms).toISOString();

/** Sent with the statement that follows: nobody waits for it alone. */
export async function insertRecord(tx: Tx, record: NewRecord): Promise<void> {
  const { id, stationId, district, activityId, partnerId, kind, persons, visitor, weather, note } = record;
  await sql`${keptLater}
    insert into service_record (id, station_id, district, activity_id, partner_id, kind, persons, visitor, at, recorded_at,
      weather, note, aid_card, serious, event_id, account_id)
    values (${id}, ${stationId}, ${district}, ${activityId}, ${partnerId}, ${kind}, ${persons}, ${visitor},
      ${iso(record.atMs)}, ${iso(record.recordedMs)}, ${weather}, ${note}, ${record.aidCard}, ${record.serious},
      ${record.eventId}, ${record.accountId})`.execute(tx.db);
}

/** Which of these records are there already, and at which station. */
export async function findStations(tx: Tx, ids: readonly string[]): Promise<Map<string, string>> {
  const { rows } = await sql<{ id: string; stationId: string }>`${kept}
    select id, station_id as "stationId" from service_record where id = any (${[...ids]}::uuid[])`.execute(tx.db);
  return new Map(rows.map(({ id, stationId }) => [id, stationId]));
}

/** Which of these activities are the station's. */
export async function listActivities(tx: Tx, stationId: string, ids: readonly string[]): Promise<Set<string>> {
  if (ids.length === 0) return new Set();
  const rows = await tx.db
    .selectFrom('activity')
    .select('id')
    .where('station_id', '=', stationId)
    .where('id', 'in', [...ids])
    .execute();
  return new Set(rows.map(({ id }) => id));
}

export async function listPartners(tx: Tx, ids: readonly string[]): Promise<Set<string>> {
  if (ids.length === 0) return new Set();
  const rows = await tx.db
    .selectFrom('partner')
    .select('id')
    .where('id', 'in', [...ids])
    .execute();
  return new Set(rows.map(({ id }) => id));
}

export interface StoredRecord {
  id: string;
  stationId: string;
  district: string;
  kind: string;
  persons: number;
  visitor: VisitorKind | null;
  at: Date;
  recordedAt: Date;
  weather: string | null;
  note: string;
  aidCard: string | null;
  serious: boolean;
  eventId: string | null;
  accountId: string | null;
  corrected: { reason: string; note: string; at: string; accountId: string | null } | null;
  aid: { outcome: string; askAt: string | null; at: string } | null;
}

const columns = sql`r.id, r.station_id as "stationId", r.district, r.kind, r.persons, r.visitor, r.at, r.recorded_at as "recordedAt",
  r.weather, r.note, r.aid_card as "aidCard", r.serious, r.event_id as "eventId", r.account_id as "accountId",
  (select jsonb_build_object('reason', c.reason, 'note', c.note, 'at', c.at, 'accountId', c.account_id)
     from service_correction c where c.record_id = r.id) as corrected,
  (select jsonb_build_object('outcome', a.outcome, 'askAt', a.ask_at, 'at', a.at)
     from service_aid a where a.record_id = r.id order by a.recorded_at desc limit 1) as aid`;

export async function findRecord(tx: Tx, id: string): Promise<StoredRecord | undefined> {
  const { rows } = await sql<StoredRecord>`select ${columns} from service_record r where r.id = ${id}`.execute(tx.db);
  return rows[0];
}

/**
 * Holds whoever else would write, correct or end the same records until the transaction ends. A record is never changed and
 * may not exist yet, so there is no row to lock; ids are taken in one order, so that two batches never wait for each other.
 * Sent with the statement that follows, which waits behind it.
 */
export async function holdRecords(tx: Tx, ids: readonly string[]): Promise<void> {
  await sql`${keptLater} select pg_advisory_xact_lock(hashtextextended(id, 29))
    from (select unnest(${[...ids].toSorted()}::text[]) as id) as held`.execute(tx.db);
}

export interface ListWish {
  stationId: string;
  fromMs: number | null;
  untilMs: number | null;
  kind: string | undefined;
  aidOnly: boolean;
  before: { at: string; id: string } | null;
  limit: number;
}

/** Newest first. */
export async function listRecords(tx: Tx, wish: ListWish): Promise<StoredRecord[]> {
  const { stationId, fromMs, untilMs, kind, aidOnly, before, limit } = wish;
  const all: RawBuilder<unknown>[] = [
    sql`r.station_id = ${stationId}`,
    ...(fromMs === null ? [] : [sql`r.at >= ${iso(fromMs)}::timestamptz`]),
    ...(untilMs === null ? [] : [sql`r.at < ${iso(untilMs)}::timestamptz`]),
    ...(kind === undefined ? [] : [sql`r.kind = ${kind}`]),
    ...(aidOnly ? [sql`r.aid_card is not null`] : []),
    ...(before === null ? [] : [sql`(r.at, r.id) < (${before.at}::timestamptz, ${before.id}::uuid)`]),
  ];
  const { rows } = await sql<StoredRecord>`select ${columns} from service_record r where ${sql.join(all, sql` and `)}
    order by r.at desc, r.id desc limit ${limit}`.execute(tx.db);
  return rows;
}

export async function insertCorrection(
  tx: Tx,
  row: { recordId: string; stationId: string; reason: string; note: string; accountId: string | null; atMs: number },
): Promise<void> {
  await tx.db
    .insertInto('service_correction')
    .values({
      record_id: row.recordId,
      station_id: row.stationId,
      reason: row.reason,
      note: row.note,
      account_id: row.accountId,
      at: iso(row.atMs),
    })
    .execute();
}

export interface NewAid {
  id: string;
  recordId: string;
  stationId: string;
  act: 'end' | 'asked';
  outcome: string;
  steps: readonly string[];
  askMs: number | null;
  atMs: number;
  recordedMs: number;
  accountId: string | null;
}

export async function insertAid(tx: Tx, aid: NewAid): Promise<void> {
  await tx.db
    .insertInto('service_aid')
    .values({
      id: aid.id,
      record_id: aid.recordId,
      station_id: aid.stationId,
      act: aid.act,
      outcome: aid.outcome,
      steps: [...aid.steps],
      ask_at: aid.askMs === null ? null : iso(aid.askMs),
      at: iso(aid.atMs),
      recorded_at: iso(aid.recordedMs),
      account_id: aid.accountId,
    })
    .execute();
}

export async function insertWant(
  tx: Tx,
  want: {
    id: string;
    stationId: string;
    district: string;
    want: string;
    atMs: number;
    recordedMs: number;
    accountId: string | null;
  },
): Promise<void> {
  await tx.db
    .insertInto('service_want')
    .values({
      id: want.id,
      station_id: want.stationId,
      district: want.district,
      want: want.want,
      at: iso(want.atMs),
      recorded_at: iso(want.recordedMs),
      account_id: want.accountId,
    })
    .execute();
}
