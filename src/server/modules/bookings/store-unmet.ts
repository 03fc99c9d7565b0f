import { sql } from 'kysely';
import type { UnmetKind, UnmetTime } from '#contract/bookings-views.ts';
import type { Tx } from '#server/db/pool.ts';
import type { Scope } from '#server/db/scope.ts';

export interface UnmetRow {
  id: string;
  stationId: string | null;
  stationCode: string | null;
  stationName: string | null;
  stationNameEn: string | null;
  unitId: string | null;
  path: string[];
  district: string;
  areaCode: string;
  serviceArea: string | null;
  kind: UnmetKind;
  what: string;
  wanted: UnmetTime;
  phone: Buffer | null;
  at: Date;
  answeredAt: Date | null;
  answer: string;
}

const columns = sql`w.id, w.station_id as "stationId", s.code as "stationCode", s.name as "stationName",
  s.name_en as "stationNameEn", w.unit_id as "unitId", w.path, w.district, w.area_code as "areaCode",
  w.service_area as "serviceArea", w.kind, w.what, w.wanted, w.phone, w.at, w.answered_at as "answeredAt", w.answer`;

export interface UnmetWanted {
  stationId?: string | undefined;
  serviceArea?: string | undefined;
  answered?: boolean | undefined;
  sinceMs: number;
}

/** Oldest first, so that likeness is always measured against the same first wording. */
export async function listUnmetRows(tx: Tx, { seeAll, areas, units }: Scope, wanted: UnmetWanted): Promise<UnmetRow[]> {
  const answered = wanted.answered === true ? sql`w.answered_at is not null` : sql`w.answered_at is null`;
  const conditions = [
    sql`(${seeAll} or w.path && ${[...areas]}::text[] or w.unit_id = any (${[...units]}::uuid[]))`,
    sql`w.at >= ${new Date(wanted.sinceMs)}`,
    wanted.answered === undefined ? sql`true` : answered,
    wanted.stationId === undefined ? sql`true` : sql`w.station_id = ${wanted.stationId}`,
    wanted.serviceArea === undefined ? sql`true` : sql`w.service_area = ${wanted.serviceArea}`,
  ];
  const { rows } = await sql<UnmetRow>`select ${columns} from booking_unmet w left join station s on s.id = w.station_id
    where ${sql.join(conditions, sql` and `)} order by w.at, w.id limit 5000`.execute(tx.db);
  return rows;
}

export async function findUnmet(tx: Tx, id: string): Promise<UnmetRow | undefined> {
  const { rows } = await sql<UnmetRow>`select ${columns} from booking_unmet w left join station s on s.id = w.station_id
    where w.id = ${id}`.execute(tx.db);
  return rows[0];
}

export interface NewUnmet {
  id: string;
  station: { id: string; unitId: string; path: readonly string[]; district: string; areaCode: string };
  serviceArea: string | null;
  offerId: string | null;
  kind: UnmetKind;
  what: string;
  wanted: UnmetTime;
  phone: Buffer | null;
  byId: string | null;
  nowMs: number;
}

export async function insertUnmet(tx: Tx, one: NewUnmet): Promise<void> {
  await tx.db
    .insertInto('booking_unmet')
    .values({
      id: one.id,
      station_id: one.station.id,
      unit_id: one.station.unitId,
      path: [...one.station.path],
      district: one.station.district,
      area_code: one.station.areaCode,
      service_area: one.serviceArea,
      offer_id: one.offerId,
      kind: one.kind,
      what: one.what,
      wanted: one.wanted,
      phone: one.phone,
      at: new Date(one.nowMs),
      by_id: one.byId,
    })
    .execute();
}

/** Answers what is still open of these; numbers that were left are gone with it. How many. */
export async function answerRows(
  tx: Tx,
  ids: readonly string[],
  { answer, byId, nowMs }: { answer: string; byId: string | null; nowMs: number },
): Promise<number> {
  const { rows } =
    await sql`update booking_unmet set answered_at = ${new Date(nowMs)}, answered_by = ${byId}, answer = ${answer},
    phone = null where id = any (${[...ids]}::uuid[]) and answered_at is null returning 1`.execute(tx.db);
  return rows.length;
}
