import { sql } from 'kysely';
import type { Tx } from '#server/db/pool.ts';
import type { Pattern } from './rules.ts';

export interface ShiftRow {
  id: string;
  unitId: string;
  path: string[];
  code: string;
  day: string;
  startsAt: Date;
  endsAt: Date;
  accountId: string;
  name: string;
  state: 'planned' | 'withdrawn';
  sequence: number;
  changedAt: Date;
}

const columns = sql`s.id, s.unit_id as "unitId", s.path, s.code, s.day, s.starts_at as "startsAt", s.ends_at as "endsAt",
  s.account_id as "accountId", a.display_name as name, s.state, s.sequence, s.changed_at as "changedAt"`;
const tables = sql`duty_shift s join account a on a.id = s.account_id`;

export async function listPatterns(tx: Tx, unitId: string): Promise<Pattern[]> {
  return tx.db
    .selectFrom('duty_pattern')
    .select(['code', 'name', 'name_en as nameEn', 'start_minute as startMinute', 'minutes', 'needed'])
    .where('unit_id', '=', unitId)
    .orderBy('sort')
    .execute();
}

export async function savePatterns(tx: Tx, unitId: string, patterns: readonly Pattern[]): Promise<void> {
  await tx.db.deleteFrom('duty_pattern').where('unit_id', '=', unitId).execute();
  await tx.db
    .insertInto('duty_pattern')
    .values(
      patterns.map(({ code, name, nameEn, startMinute, minutes, needed }, sort) => ({
        unit_id: unitId,
        code,
        name,
        name_en: nameEn,
        start_minute: startMinute,
        minutes,
        needed,
        sort,
      })),
    )
    .execute();
}

/** Planned shifts of a unit that begin on these days. */
export async function listUnitShifts(tx: Tx, unitId: string, from: string, to: string): Promise<ShiftRow[]> {
  const { rows } = await sql<ShiftRow>`select ${columns} from ${tables}
    where s.unit_id = ${unitId} and s.state = 'planned' and s.day between ${from}::date and ${to}::date
    order by s.day, s.starts_at, a.display_name`.execute(tx.db);
  return rows;
}

/** Planned shifts of a person that end after `fromMs`. */
export async function listOwnShifts(tx: Tx, accountId: string, fromMs: number, limit: number): Promise<ShiftRow[]> {
  const { rows } = await sql<ShiftRow>`select ${columns} from ${tables}
    where s.account_id = ${accountId} and s.state = 'planned' and s.ends_at > ${new Date(fromMs)}
    order by s.starts_at limit ${limit}`.execute(tx.db);
  return rows;
}

export async function findShift(tx: Tx, id: string, lock = false): Promise<ShiftRow | undefined> {
  const { rows } = await sql<ShiftRow>`select ${columns} from ${tables} where s.id = ${id}
    ${lock ? sql`for update of s` : sql``}`.execute(tx.db);
  return rows[0];
}

/** Which of these people are on a shift at this moment. */
export async function listOnShift(tx: Tx, accountIds: readonly string[], atMs: number): Promise<Map<string, Date>> {
  if (accountIds.length === 0) return new Map();
  const at = new Date(atMs).toISOString();
  const { rows } = await sql<{ id: string; until: Date }>`select account_id as id, max(ends_at) as until from duty_shift
    where account_id = any (${[...accountIds]}::uuid[]) and state = 'planned'
      and starts_at <= ${at}::timestamptz and ends_at > ${at}::timestamptz group by 1`.execute(tx.db);
  return new Map(rows.map(({ id, until }) => [id, until]));
}

export async function insertShift(
  tx: Tx,
  shift: {
    id: string;
    unitId: string;
    path: readonly string[];
    district: string;
    code: string;
    day: string;
    startMs: number;
    endMs: number;
    accountId: string;
    nowMs: number;
  },
): Promise<void> {
  await tx.db
    .insertInto('duty_shift')
    .values({
      id: shift.id,
      unit_id: shift.unitId,
      path: [...shift.path],
      district: shift.district,
      code: shift.code,
      day: shift.day,
      starts_at: new Date(shift.startMs),
      ends_at: new Date(shift.endMs),
      account_id: shift.accountId,
      changed_at: new Date(shift.nowMs),
    })
    .execute();
}

/** Takes a planned shift off the roster; undefined when there is none. */
export async function withdrawShift(
  tx: Tx,
  which: { unitId: string; day: string; code: string; accountId: string; nowMs: number },
): Promise<string | undefined> {
  const row = await tx.db
    .updateTable('duty_shift')
    .set((eb) => ({ state: 'withdrawn', sequence: eb('sequence', '+', 1), changed_at: new Date(which.nowMs) }))
    .where('unit_id', '=', which.unitId)
    .where('day', '=', which.day)
    .where('code', '=', which.code)
    .where('account_id', '=', which.accountId)
    .where('state', '=', 'planned')
    .returning('id')
    .executeTakeFirst();
  return row?.id;
}

export async function handShift(tx: Tx, id: string, toId: string, nowMs: number): Promise<void> {
  await tx.db
    .updateTable('duty_shift')
    .set((eb) => ({ account_id: toId, sequence: eb('sequence', '+', 1), changed_at: new Date(nowMs) }))
    .where('id', '=', id)
    .execute();
}

export interface SwapRow {
  id: string;
  shiftId: string;
  fromId: string;
  toId: string;
  from: string;
  to: string;
  state: 'asked' | 'agreed' | 'refused';
}

const swapColumns = sql`w.id, w.shift_id as "shiftId", w.from_id as "fromId", w.to_id as "toId", f.display_name as from,
  t.display_name as to, w.state`;
const swapTables = sql`duty_swap w join account f on f.id = w.from_id join account t on t.id = w.to_id`;

/** Waiting for an answer: of these shifts, or asked of this person. */
export async function listOpenSwaps(
  tx: Tx,
  wanted: { shiftIds: readonly string[] } | { toId: string },
): Promise<SwapRow[]> {
  const which =
    'toId' in wanted ? sql`w.to_id = ${wanted.toId}` : sql`w.shift_id = any (${[...wanted.shiftIds]}::uuid[])`;
  const { rows } = await sql<SwapRow>`select ${swapColumns} from ${swapTables} where w.state = 'asked' and ${which}
    order by w.asked_at`.execute(tx.db);
  return rows;
}

export async function lockSwap(tx: Tx, id: string): Promise<SwapRow | undefined> {
  const { rows } =
    await sql<SwapRow>`select ${swapColumns} from ${swapTables} where w.id = ${id} for update of w`.execute(tx.db);
  return rows[0];
}

export async function insertSwap(
  tx: Tx,
  swap: { id: string; shiftId: string; fromId: string; toId: string; nowMs: number },
): Promise<void> {
  await tx.db
    .insertInto('duty_swap')
    .values({
      id: swap.id,
      shift_id: swap.shiftId,
      from_id: swap.fromId,
      to_id: swap.toId,
      state: 'asked',
      asked_at: new Date(swap.nowMs),
    })
    .execute();
}

export async function answerSwapRow(tx: Tx, id: string, state: 'agreed' | 'refused', nowMs: number): Promise<void> {
  await tx.db
    .updateTable('duty_swap')
    .set({ state, answered_at: new Date(nowMs) })
    .where('id', '=', id)
    .execute();
}
