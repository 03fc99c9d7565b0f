import { sql } from 'kysely';
import type { Place } from '#contract/volunteers-views.ts';
import type { Tx } from '#server/db/pool.ts';
import type { StationRow } from '#server/modules/stations/index.ts';
import type { Pattern, Planned } from './rules.ts';

export interface ShiftRow {
  id: string;
  stationId: string;
  unitId: string;
  path: string[];
  district: string;
  post: string;
  day: string;
  startsAt: Date;
  endsAt: Date;
  needed: number;
  most: number;
  partnerId: string | null;
  partnerPlaces: number;
  openTaken: number;
  partnerTaken: number;
  state: 'open' | 'cancelled';
  sequence: number;
  version: number;
  changedAt: Date;
}

const columns = sql`f.id, f.station_id as "stationId", f.unit_id as "unitId", f.path, f.district, f.post, f.day,
  f.starts_at as "startsAt", f.ends_at as "endsAt", f.needed, f.most, f.partner_id as "partnerId",
  f.partner_places as "partnerPlaces", f.open_taken as "openTaken", f.partner_taken as "partnerTaken", f.state, f.sequence,
  f.version, f.changed_at as "changedAt"`;

export async function listPatterns(tx: Tx, stationId: string): Promise<Pattern[]> {
  const { rows } = await sql<Pattern>`select post, weekdays, start_minute as "startMinute", minutes, needed, most,
    partner_id as "partnerId", partner_places as "partnerPlaces" from shift_pattern where station_id = ${stationId}
    order by sort`.execute(tx.db);
  return rows;
}

export async function replacePatterns(
  tx: Tx,
  stationId: string,
  patterns: readonly (Pattern & { id: string })[],
): Promise<void> {
  await tx.db.deleteFrom('shift_pattern').where('station_id', '=', stationId).execute();
  if (patterns.length === 0) return;
  await tx.db
    .insertInto('shift_pattern')
    .values(
      patterns.map((one, sort) => ({
        id: one.id,
        station_id: stationId,
        post: one.post,
        weekdays: [...one.weekdays],
        start_minute: one.startMinute,
        minutes: one.minutes,
        needed: one.needed,
        most: one.most,
        partner_id: one.partnerId,
        partner_places: one.partnerPlaces,
        sort,
      })),
    )
    .execute();
}

/** Shifts of a station that begin on these days, cancelled ones too, by time; with `runningMs` also last night's, if it runs then. */
export async function listShifts(
  tx: Tx,
  stationId: string,
  { from, until, runningMs }: { from: string; until: string; runningMs?: number | undefined },
): Promise<ShiftRow[]> {
  const running =
    runningMs === undefined
      ? sql``
      : sql`or f.day = ${from}::date - 1 and f.state = 'open' and f.ends_at > ${new Date(runningMs)}`;
  const { rows } = await sql<ShiftRow>`select ${columns} from shift f where f.station_id = ${stationId}
    and (f.day between ${from}::date and ${until}::date ${running}) order by f.starts_at, f.post`.execute(tx.db);
  return rows;
}

/** Open shifts that begin in the span, of all stations the viewer sees. */
export async function listOpenBetween(tx: Tx, from: string, until: string): Promise<ShiftRow[]> {
  const { rows } = await sql<ShiftRow>`select ${columns} from shift f where f.state = 'open'
    and f.day between ${from}::date and ${until}::date order by f.station_id, f.starts_at`.execute(tx.db);
  return rows;
}

/** Shifts with an open place that begin after `nowMs`, up to the end of `until`. */
export async function listOffered(tx: Tx, stationId: string, nowMs: number, until: string): Promise<ShiftRow[]> {
  const { rows } = await sql<ShiftRow>`select ${columns} from shift f where f.station_id = ${stationId}
    and f.state = 'open' and f.starts_at > ${new Date(nowMs)} and f.day <= ${until}::date
    and f.open_taken < f.most - f.partner_places order by f.starts_at, f.post limit 200`.execute(tx.db);
  return rows;
}

export async function findShift(tx: Tx, id: string, lock = false): Promise<ShiftRow | undefined> {
  const { rows } = await sql<ShiftRow>`select ${columns} from shift f where f.id = ${id}
    ${lock ? sql`for update of f` : sql``}`.execute(tx.db);
  return rows[0];
}

/** Adds a shift; false when the station has one of this post at that time already. */
export async function insertShift(
  tx: Tx,
  id: string,
  { station, planned, nowMs }: { station: StationRow; planned: Planned; nowMs: number },
): Promise<boolean> {
  const row = await tx.db
    .insertInto('shift')
    .values({
      id,
      station_id: station.id,
      unit_id: station.unitId,
      path: station.path,
      district: station.district,
      post: planned.post,
      day: planned.day,
      starts_at: new Date(planned.startMs),
      ends_at: new Date(planned.endMs),
      needed: planned.needed,
      most: planned.most,
      partner_id: planned.partnerId,
      partner_places: planned.partnerPlaces,
      changed_at: new Date(nowMs),
    })
    .onConflict((conflict) => conflict.constraint('shift_once').doNothing())
    .returning('id')
    .executeTakeFirst();
  return row !== undefined;
}

/**
 * Takes one place of a shift that has not begun. The row is locked by the update itself, so of any number who try at once
 * as many succeed as there are places; undefined when there is none.
 */
export async function takePlace(tx: Tx, id: string, place: Place, nowMs: number): Promise<ShiftRow | undefined> {
  const taken =
    place === 'open'
      ? sql`open_taken = open_taken + 1 where id = ${id} and open_taken < most - partner_places`
      : sql`partner_taken = partner_taken + 1 where id = ${id} and partner_taken < partner_places`;
  const { rows } = await sql<ShiftRow>`update shift f set changed_at = ${new Date(nowMs)}, ${taken}
    and state = 'open' and ends_at > ${new Date(nowMs)} returning ${columns}`.execute(tx.db);
  return rows[0];
}

export async function freePlace(tx: Tx, id: string, place: Place): Promise<void> {
  const freed = place === 'open' ? sql`open_taken = open_taken - 1` : sql`partner_taken = partner_taken - 1`;
  await sql`update shift set ${freed} where id = ${id}`.execute(tx.db);
}

export async function savePlaces(
  tx: Tx,
  id: string,
  wish: { needed: number; most: number; partnerId: string | null; partnerPlaces: number; nowMs: number },
): Promise<void> {
  await tx.db
    .updateTable('shift')
    .set((eb) => ({
      needed: wish.needed,
      most: wish.most,
      partner_id: wish.partnerId,
      partner_places: wish.partnerPlaces,
      version: eb('version', '+', 1),
      changed_at: new Date(wish.nowMs),
    }))
    .where('id', '=', id)
    .execute();
}

export async function cancelShiftRow(tx: Tx, id: string, nowMs: number): Promise<void> {
  await tx.db
    .updateTable('shift')
    .set((eb) => ({
      state: 'cancelled',
      open_taken: 0,
      partner_taken: 0,
      version: eb('version', '+', 1),
      sequence: eb('sequence', '+', 1),
      changed_at: new Date(nowMs),
    }))
    .where('id', '=', id)
    .execute();
}

/** Open shifts of a day with fewer people than needed of which nobody was told yet. */
export async function lockShort(tx: Tx, day: string): Promise<ShiftRow[]> {
  const { rows } = await sql<ShiftRow>`select ${columns} from shift f where f.day = ${day}::date and f.state = 'open'
    and f.open_taken + f.partner_taken < f.needed and f.short_told_at is null
    order by f.station_id, f.starts_at for update of f skip locked`.execute(tx.db);
  return rows;
}

export async function saveShortTold(tx: Tx, ids: readonly string[], nowMs: number): Promise<void> {
  await tx.db
    .updateTable('shift')
    .set({ short_told_at: new Date(nowMs) })
    .where('id', 'in', [...ids])
    .execute();
}
