import { sql } from 'kysely';
import type { Place, Presence, SignUpState } from '#contract/volunteers-views.ts';
import type { Tx } from '#server/db/pool.ts';
import type { Kept } from './rules.ts';
import type { ShiftRow } from './store-shift.ts';

export interface SignUpRow {
  id: string;
  shiftId: string;
  volunteerId: string;
  stationId: string;
  unitId: string;
  path: string[];
  startsAt: Date;
  endsAt: Date;
  post: string;
  day: string;
  place: Place;
  state: SignUpState;
  arrivedAt: Date | null;
  leftAt: Date | null;
  presence: Presence | null;
  minutes: number | null;
  confirmedAt: Date | null;
  version: number;
  changedAt: Date;
}

const columns = sql`s.id, s.shift_id as "shiftId", s.volunteer_id as "volunteerId", s.station_id as "stationId",
  s.unit_id as "unitId", s.path, s.starts_at as "startsAt", s.ends_at as "endsAt", f.post, f.day, s.place, s.state,
  s.arrived_at as "arrivedAt", s.left_at as "leftAt", s.presence, s.minutes, s.confirmed_at as "confirmedAt", s.version,
  s.changed_at as "changedAt"`;
const tables = sql`shift_sign_up s join shift f on f.id = s.shift_id`;

export async function findSignUp(tx: Tx, id: string, lock = false): Promise<SignUpRow | undefined> {
  const { rows } = await sql<SignUpRow>`select ${columns} from ${tables} where s.id = ${id}
    ${lock ? sql`for update of s` : sql``}`.execute(tx.db);
  return rows[0];
}

/** Whoever holds a place on these shifts, in the order they signed up. */
export async function listSigned(tx: Tx, shiftIds: readonly string[]): Promise<SignUpRow[]> {
  if (shiftIds.length === 0) return [];
  const { rows } = await sql<SignUpRow>`select ${columns} from ${tables}
    where s.shift_id = any (${[...shiftIds]}::uuid[]) and s.state = 'signed' order by s.signed_at, s.id`.execute(tx.db);
  return rows;
}

/** Places of a person, latest first. */
export async function listOfVolunteer(tx: Tx, volunteerId: string, limit: number): Promise<SignUpRow[]> {
  const { rows } = await sql<SignUpRow>`select ${columns} from ${tables}
    where s.volunteer_id = ${volunteerId} and s.state = 'signed' order by s.starts_at desc limit ${limit}`.execute(
    tx.db,
  );
  return rows;
}

/** Ended, held, and nothing confirmed; oldest first. */
export async function listUnconfirmed(
  tx: Tx,
  stationId: string,
  { nowMs, sinceMs }: { nowMs: number; sinceMs: number },
): Promise<SignUpRow[]> {
  const { rows } = await sql<SignUpRow>`select ${columns} from ${tables} where s.station_id = ${stationId}
    and s.state = 'signed' and s.presence is null and s.ends_at <= ${new Date(nowMs)} and s.starts_at > ${new Date(sinceMs)}
    order by s.starts_at, s.id limit 300`.execute(tx.db);
  return rows;
}

export async function countHeldAhead(tx: Tx, volunteerId: string, nowMs: number): Promise<number> {
  const { rows } = await sql<{ n: number }>`select count(*)::int as n from shift_sign_up
    where volunteer_id = ${volunteerId} and state = 'signed' and ends_at > ${new Date(nowMs)}`.execute(tx.db);
  return rows[0]?.n ?? 0;
}

/** Persons who hold places at a station and never were confirmed as present anywhere. */
export async function listNeverCame(tx: Tx, volunteerIds: readonly string[]): Promise<Set<string>> {
  if (volunteerIds.length === 0) return new Set();
  const { rows } = await sql<{
    id: string;
  }>`select v.id from volunteer v where v.id = any (${[...volunteerIds]}::uuid[])
    and v.state = 'new'`.execute(tx.db);
  return new Set(rows.map(({ id }) => id));
}

export async function insertSignUp(
  tx: Tx,
  one: { id: string; shift: ShiftRow; volunteerId: string; place: Place; nowMs: number },
): Promise<void> {
  const { shift } = one;
  await tx.db
    .insertInto('shift_sign_up')
    .values({
      id: one.id,
      shift_id: shift.id,
      volunteer_id: one.volunteerId,
      station_id: shift.stationId,
      unit_id: shift.unitId,
      path: shift.path,
      district: shift.district,
      starts_at: shift.startsAt,
      ends_at: shift.endsAt,
      place: one.place,
      state: 'signed',
      signed_at: new Date(one.nowMs),
      changed_at: new Date(one.nowMs),
    })
    .execute();
}

export async function saveState(tx: Tx, id: string, state: SignUpState, nowMs: number): Promise<void> {
  await tx.db
    .updateTable('shift_sign_up')
    .set((eb) => ({ state, version: eb('version', '+', 1), changed_at: new Date(nowMs) }))
    .where('id', '=', id)
    .execute();
}

export async function saveArrival(tx: Tx, id: string, nowMs: number): Promise<void> {
  await tx.db
    .updateTable('shift_sign_up')
    .set((eb) => ({ arrived_at: new Date(nowMs), version: eb('version', '+', 1), changed_at: new Date(nowMs) }))
    .where('id', '=', id)
    .execute();
}

export async function savePresence(
  tx: Tx,
  id: string,
  { kept, byId, nowMs }: { kept: Kept; byId: string; nowMs: number },
): Promise<void> {
  const at = (ms: number | null): Date | null => (ms === null ? null : new Date(ms));
  await tx.db
    .updateTable('shift_sign_up')
    .set((eb) => ({
      presence: kept.presence,
      arrived_at: at(kept.arrivedMs),
      left_at: at(kept.leftMs),
      minutes: kept.minutes,
      confirmed_by: byId,
      confirmed_at: new Date(nowMs),
      version: eb('version', '+', 1),
      changed_at: new Date(nowMs),
    }))
    .where('id', '=', id)
    .execute();
}

/** Ends every place held on a shift that will not be. */
export async function cancelSignUps(tx: Tx, shiftId: string, nowMs: number): Promise<number> {
  const { numUpdatedRows } = await tx.db
    .updateTable('shift_sign_up')
    .set((eb) => ({ state: 'cancelled', version: eb('version', '+', 1), changed_at: new Date(nowMs) }))
    .where('shift_id', '=', shiftId)
    .where('state', '=', 'signed')
    .executeTakeFirst();
  return Number(numUpdatedRows);
}

/** Pairs of places of the two persons that overlap in time. */
export async function listOverlaps(
  tx: Tx,
  newcomerId: string,
  knownId: string,
): Promise<{ newcomer: SignUpRow; known: SignUpRow }[]> {
  const { rows } = await sql<{ a: string; b: string }>`select a.id as a, b.id as b from shift_sign_up a
    join shift_sign_up b on b.volunteer_id = ${knownId} and b.state = 'signed'
      and tstzrange(a.starts_at, a.ends_at) && tstzrange(b.starts_at, b.ends_at)
    where a.volunteer_id = ${newcomerId} and a.state = 'signed'`.execute(tx.db);
  const pairs = [];
  for (const { a, b } of rows) {
    const [newcomer, known] = [await findSignUp(tx, a, true), await findSignUp(tx, b, true)];
    if (newcomer?.state === 'signed' && known?.state === 'signed') pairs.push({ newcomer, known });
  }
  return pairs;
}

export async function giveSignUps(tx: Tx, fromId: string, toId: string): Promise<void> {
  await tx.db.updateTable('shift_sign_up').set({ volunteer_id: toId }).where('volunteer_id', '=', fromId).execute();
}

export interface SwapRow {
  id: string;
  signUpId: string;
  state: 'asked' | 'taken' | 'withdrawn';
}

export async function listOpenSwaps(tx: Tx, signUpIds: readonly string[]): Promise<Set<string>> {
  if (signUpIds.length === 0) return new Set();
  const { rows } = await sql<{ id: string }>`select sign_up_id as id from shift_swap
    where sign_up_id = any (${[...signUpIds]}::uuid[]) and state = 'asked'`.execute(tx.db);
  return new Set(rows.map(({ id }) => id));
}

/** Places at these stations for which somebody looks for a stand-in, none of the person's own. */
export async function listSwapsAt(
  tx: Tx,
  { volunteerId, nowMs }: { volunteerId: string; nowMs: number },
): Promise<(SignUpRow & { swapId: string })[]> {
  const { rows } = await sql<SignUpRow & { swapId: string }>`select w.id as "swapId", ${columns} from shift_swap w
    join ${tables} on s.id = w.sign_up_id
    where w.state = 'asked' and s.state = 'signed' and s.starts_at > ${new Date(nowMs)} and s.volunteer_id <> ${volunteerId}
      and s.place = 'open' and s.station_id in (
        select station_id from volunteer where id = ${volunteerId}
        union select station_id from shift_sign_up where volunteer_id = ${volunteerId})
    order by s.starts_at limit 20`.execute(tx.db);
  return rows;
}

export async function lockSwap(tx: Tx, by: { id: string } | { signUpId: string }): Promise<SwapRow | undefined> {
  const which = 'id' in by ? sql`id = ${by.id}` : sql`sign_up_id = ${by.signUpId} and state = 'asked'`;
  const { rows } = await sql<SwapRow>`select id, sign_up_id as "signUpId", state from shift_swap
    where ${which} for update`.execute(tx.db);
  return rows[0];
}

export async function insertSwap(tx: Tx, swap: { id: string; signUpId: string; nowMs: number }): Promise<void> {
  await tx.db
    .insertInto('shift_swap')
    .values({ id: swap.id, sign_up_id: swap.signUpId, state: 'asked', asked_at: new Date(swap.nowMs) })
    .execute();
}

export async function endSwap(
  tx: Tx,
  id: string,
  end: { state: 'taken' | 'withdrawn'; takenBy?: string; nowMs: number },
): Promise<void> {
  await tx.db
    .updateTable('shift_swap')
    .set({ state: end.state, taken_by: end.takenBy ?? null, ended_at: new Date(end.nowMs) })
    .where('id', '=', id)
    .execute();
}
