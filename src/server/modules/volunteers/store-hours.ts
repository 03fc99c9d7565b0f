import { sql } from 'kysely';
import type { Presence } from '#contract/volunteers-views.ts';
import type { Tx } from '#server/db/pool.ts';
import type { Kept } from './rules.ts';

/** Confirmed minutes by post and station. */
export interface HoursSum {
  post: string;
  stationId: string;
  stationName: string;
  unitId: string;
  times: number;
  minutes: number;
}

const sums = sql`f.post, t.id as "stationId", t.name as "stationName", t.unit_id as "unitId", count(*)::int as times,
  sum(s.minutes)::int as minutes from shift_sign_up s join shift f on f.id = s.shift_id join station t on t.id = s.station_id`;

/** Of one person, by station and post; within days and at one station's unit if given. */
export async function sumOfVolunteer(
  tx: Tx,
  volunteerId: string,
  within: { unitId: string; from: string; until: string } | null,
): Promise<HoursSum[]> {
  const span =
    within === null
      ? sql`true`
      : sql`s.unit_id = ${within.unitId} and f.day between ${within.from}::date and ${within.until}::date`;
  const { rows } = await sql<HoursSum>`select ${sums} where s.volunteer_id = ${volunteerId} and s.state = 'signed'
    and s.presence = 'came' and ${span} group by 1, 2, 3, 4 order by 3, 1`.execute(tx.db);
  return rows;
}

/** Of one station, by post; no persons. */
export async function sumOfStation(
  tx: Tx,
  stationId: string,
  { from, until }: { from: string; until: string },
): Promise<HoursSum[]> {
  const { rows } = await sql<HoursSum>`select ${sums} where s.station_id = ${stationId} and s.state = 'signed'
    and s.presence = 'came' and f.day between ${from}::date and ${until}::date group by 1, 2, 3, 4 order by 1`.execute(
    tx.db,
  );
  return rows;
}

/** First and last day with confirmed minutes of a person at each station's unit. */
export async function listIssuers(
  tx: Tx,
  volunteerId: string,
): Promise<{ unitId: string; firstDay: string; lastDay: string; minutes: number }[]> {
  const { rows } = await sql<{ unitId: string; firstDay: string; lastDay: string; minutes: number }>`
    select s.unit_id as "unitId", min(f.day) as "firstDay", max(f.day) as "lastDay", sum(s.minutes)::int as minutes
    from shift_sign_up s join shift f on f.id = s.shift_id
    where s.volunteer_id = ${volunteerId} and s.state = 'signed' and s.presence = 'came'
    group by 1 order by 4 desc`.execute(tx.db);
  return rows;
}

export interface ExportRow {
  volunteerId: string;
  name: Buffer | null;
  phone: Buffer | null;
  post: string;
  day: string;
  startsAt: Date;
  arrivedAt: Date;
  leftAt: Date;
  minutes: number;
}

/** Every confirmed presence at a station within days, by day. */
export async function listConfirmed(
  tx: Tx,
  stationId: string,
  { from, until }: { from: string; until: string },
): Promise<ExportRow[]> {
  const { rows } = await sql<ExportRow>`select v.id as "volunteerId", v.name, v.phone, f.post, f.day,
      s.starts_at as "startsAt", s.arrived_at as "arrivedAt", s.left_at as "leftAt", s.minutes
    from shift_sign_up s join shift f on f.id = s.shift_id join volunteer v on v.id = s.volunteer_id
    where s.station_id = ${stationId} and s.state = 'signed' and s.presence = 'came'
      and f.day between ${from}::date and ${until}::date
    order by s.starts_at, s.id limit 20000`.execute(tx.db);
  return rows;
}

export async function insertCorrection(
  tx: Tx,
  one: {
    id: string;
    signUpId: string;
    old: { presence: Presence; minutes: number | null };
    now: Kept;
    reason: string;
    byId: string;
    nowMs: number;
  },
): Promise<void> {
  await tx.db
    .insertInto('attendance_correction')
    .values({
      id: one.id,
      sign_up_id: one.signUpId,
      old_presence: one.old.presence,
      old_minutes: one.old.minutes,
      new_presence: one.now.presence,
      new_minutes: one.now.minutes,
      reason: one.reason,
      corrected_by: one.byId,
      corrected_at: new Date(one.nowMs),
    })
    .execute();
}

/** The last reason for which each of these was corrected. */
export async function listCorrected(tx: Tx, signUpIds: readonly string[]): Promise<Map<string, string>> {
  if (signUpIds.length === 0) return new Map();
  const { rows } = await sql<{ id: string; reason: string }>`select distinct on (sign_up_id) sign_up_id as id, reason
    from attendance_correction where sign_up_id = any (${[...signUpIds]}::uuid[])
    order by sign_up_id, corrected_at desc`.execute(tx.db);
  return new Map(rows.map(({ id, reason }) => [id, reason]));
}

export interface RequestRow {
  id: string;
  signUpId: string;
  said: Buffer;
  state: 'asked' | 'corrected' | 'kept';
  answer: Buffer | null;
  askedAt: Date;
  dueDay: string;
}

const requestColumns = sql`r.id, r.sign_up_id as "signUpId", r.said, r.state, r.answer, r.asked_at as "askedAt",
  r.due_day as "dueDay"`;

export async function lockRequest(tx: Tx, id: string): Promise<RequestRow | undefined> {
  const { rows } =
    await sql<RequestRow>`select ${requestColumns} from hours_request r where r.id = ${id} for update`.execute(tx.db);
  return rows[0];
}

/** Open requests of a station, the oldest first. */
export async function listOpenRequests(tx: Tx, stationId: string): Promise<RequestRow[]> {
  const { rows } = await sql<RequestRow>`select ${requestColumns} from hours_request r
    join shift_sign_up s on s.id = r.sign_up_id where s.station_id = ${stationId} and r.state = 'asked'
    order by r.asked_at limit 200`.execute(tx.db);
  return rows;
}

/** The latest request of each of these. */
export async function listRequests(tx: Tx, signUpIds: readonly string[]): Promise<Map<string, RequestRow>> {
  if (signUpIds.length === 0) return new Map();
  const { rows } = await sql<RequestRow>`select distinct on (r.sign_up_id) ${requestColumns} from hours_request r
    where r.sign_up_id = any (${[...signUpIds]}::uuid[]) order by r.sign_up_id, r.asked_at desc`.execute(tx.db);
  return new Map(rows.map((row) => [row.signUpId, row]));
}

export async function insertRequest(
  tx: Tx,
  one: { id: string; signUpId: string; said: Buffer; dueDay: string; nowMs: number },
): Promise<void> {
  await tx.db
    .insertInto('hours_request')
    .values({
      id: one.id,
      sign_up_id: one.signUpId,
      said: one.said,
      state: 'asked',
      asked_at: new Date(one.nowMs),
      due_day: one.dueDay,
    })
    .execute();
}

export async function answerRequestRow(
  tx: Tx,
  id: string,
  end: { state: 'corrected' | 'kept'; answer: Buffer; byId: string; nowMs: number },
): Promise<void> {
  await tx.db
    .updateTable('hours_request')
    .set({ state: end.state, answer: end.answer, answered_by: end.byId, answered_at: new Date(end.nowMs) })
    .where('id', '=', id)
    .execute();
}

/** What a person wrote goes with them. */
export async function eraseRequests(tx: Tx, volunteerId: string, sealed: Buffer): Promise<void> {
  await sql`update hours_request r set said = ${sealed}, answer = null from shift_sign_up s
    where s.id = r.sign_up_id and s.volunteer_id = ${volunteerId}`.execute(tx.db);
}

export async function insertExport(
  tx: Tx,
  one: {
    id: string;
    station: { id: string; unitId: string; path: string[] };
    accountId: string;
    purpose: Buffer;
    from: string;
    until: string;
    nowMs: number;
  },
): Promise<void> {
  await tx.db
    .insertInto('volunteer_export')
    .values({
      id: one.id,
      station_id: one.station.id,
      unit_id: one.station.unitId,
      path: one.station.path,
      account_id: one.accountId,
      purpose: one.purpose,
      from_day: one.from,
      until_day: one.until,
      made_at: new Date(one.nowMs),
    })
    .execute();
}

export interface StoredExport {
  id: string;
  stationId: string;
  accountId: string;
  accountName: string;
  purpose: Buffer;
  from: string;
  until: string;
  madeAt: Date;
}

export async function findExport(tx: Tx, id: string): Promise<StoredExport | undefined> {
  const { rows } = await sql<StoredExport>`select e.id, e.station_id as "stationId", e.account_id as "accountId",
    a.display_name as "accountName", e.purpose, e.from_day as "from", e.until_day as "until", e.made_at as "madeAt"
    from volunteer_export e join account a on a.id = e.account_id where e.id = ${id}`.execute(tx.db);
  return rows[0];
}
