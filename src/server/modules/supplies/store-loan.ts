import { sql, type RawBuilder } from 'kysely';
import type { Tx } from '#server/db/pool.ts';

export type LoanState = 'out' | 'returned' | 'lost' | 'damaged';

export interface LoanRow {
  id: string;
  stationId: string;
  itemCode: string;
  thingId: string | null;
  number: string | null;
  phone: Buffer | null;
  lentAt: Date;
  dueAt: Date;
  state: LoanState;
  endedAt: Date | null;
  endedStationId: string | null;
  version: number;
}

const columns = sql`l.id, l.station_id as "stationId", l.item_code as "itemCode", l.thing_id as "thingId", t.number, l.phone,
  l.lent_at as "lentAt", l.due_at as "dueAt", l.state, l.ended_at as "endedAt", l.ended_station_id as "endedStationId",
  l.version`;
const tables = sql`loan l left join loan_thing t on t.id = l.thing_id`;

async function find(tx: Tx, where: RawBuilder<unknown>, lock = true): Promise<LoanRow | undefined> {
  const { rows } =
    await sql<LoanRow>`select ${columns} from ${tables} where ${where} limit 1 ${lock ? sql`for update of l` : sql``}`.execute(
      tx.db,
    );
  return rows[0];
}

export const findLoan = (tx: Tx, id: string): Promise<LoanRow | undefined> => find(tx, sql`l.id = ${id}`);
export const findLoanOfThing = (tx: Tx, thingId: string): Promise<LoanRow | undefined> =>
  find(tx, sql`l.thing_id = ${thingId} and l.state = 'out'`);
/** The oldest one out under a telephone number. */
export const findLoanOfPhone = (tx: Tx, phoneIndex: Buffer, itemCode: string): Promise<LoanRow | undefined> =>
  find(
    tx,
    sql`l.phone_index = ${phoneIndex} and l.item_code = ${itemCode} and l.state = 'out' order by l.lent_at, l.id`,
  );

/**
 * Which loan ends when one of a kind comes back and nobody says more: without a label, lent here rather than elsewhere, to
 * nobody in particular rather than to a telephone, the oldest. One with a telephone is only ended where it was lent.
 */
export function findLoanOfKind(
  tx: Tx,
  { stationId, district, itemCode }: { stationId: string; district: string; itemCode: string },
) {
  return find(
    tx,
    sql`l.state = 'out' and l.item_code = ${itemCode} and l.thing_id is null and l.district = ${district}
      and (l.station_id = ${stationId} or l.phone is null)
      order by l.station_id <> ${stationId}, l.phone is not null, l.lent_at, l.id`,
  );
}

export interface NewLoan {
  id: string;
  stationId: string;
  district: string;
  itemCode: string;
  thingId: string | null;
  phone: Buffer | null;
  phoneIndex: Buffer | null;
  lentMs: number;
  dueMs: number;
  accountId: string | null;
}

export async function insertLoan(tx: Tx, loan: NewLoan): Promise<void> {
  await tx.db
    .insertInto('loan')
    .values({
      id: loan.id,
      station_id: loan.stationId,
      district: loan.district,
      item_code: loan.itemCode,
      thing_id: loan.thingId,
      phone: loan.phone,
      phone_index: loan.phoneIndex,
      lent_at: new Date(loan.lentMs),
      due_at: new Date(loan.dueMs),
      state: 'out',
      account_id: loan.accountId,
    })
    .execute();
}

/** Ends a loan; the telephone number goes with it. */
export async function endLoanRow(
  tx: Tx,
  id: string,
  { state, atMs, stationId }: { state: Exclude<LoanState, 'out'>; atMs: number; stationId: string },
): Promise<void> {
  await sql`update loan set state = ${state}, ended_at = ${new Date(atMs).toISOString()}::timestamptz, ended_station_id = ${stationId},
    phone = null, phone_index = null, version = version + 1 where id = ${id}`.execute(tx.db);
}

/** Loans of a station: all that are out, or those that ended since; the one due first at the top. */
export async function listLoans(tx: Tx, stationId: string, sinceMs: number | null): Promise<LoanRow[]> {
  const which =
    sinceMs === null
      ? sql`l.state = 'out' order by l.due_at, l.id`
      : sql`l.ended_at >= ${new Date(sinceMs).toISOString()}::timestamptz order by l.ended_at desc, l.id`;
  const { rows } =
    await sql<LoanRow>`select ${columns} from ${tables} where l.station_id = ${stationId} and ${which} limit 300`.execute(
      tx.db,
    );
  return rows;
}

export interface OutRow {
  stationId: string;
  itemCode: string;
  out: number;
  overdue: number;
  since: Date;
}

/** How many are out, by station and kind. */
export async function countOut(tx: Tx, stationIds: readonly string[], nowMs: number): Promise<OutRow[]> {
  const { rows } = await sql<OutRow>`select station_id as "stationId", item_code as "itemCode", count(*)::int as out,
      (count(*) filter (where due_at < ${new Date(nowMs).toISOString()}::timestamptz))::int as overdue, min(due_at) as since
    from loan where state = 'out' and station_id = any(${[...stationIds]}::uuid[])
    group by station_id, item_code order by item_code`.execute(tx.db);
  return rows;
}

export interface ThingRow {
  id: string;
  stationId: string;
  itemCode: string;
  number: string;
  state: 'in' | 'out' | 'gone';
}

export async function lockThing(tx: Tx, number: string): Promise<ThingRow | undefined> {
  const { rows } = await sql<ThingRow>`select id, station_id as "stationId", item_code as "itemCode", number, state
    from loan_thing where number = ${number} for update`.execute(tx.db);
  return rows[0];
}

export async function findThing(tx: Tx, number: string): Promise<ThingRow | undefined> {
  const { rows } = await sql<ThingRow>`select id, station_id as "stationId", item_code as "itemCode", number, state
    from loan_thing where number = ${number}`.execute(tx.db);
  return rows[0];
}

export async function saveThing(
  tx: Tx,
  id: string,
  { state, stationId }: Pick<ThingRow, 'state' | 'stationId'>,
): Promise<void> {
  await sql`update loan_thing set state = ${state}, station_id = ${stationId}, version = version + 1 where id = ${id}`.execute(
    tx.db,
  );
}

export async function listThings(tx: Tx, stationId: string): Promise<ThingRow[]> {
  const { rows } = await sql<ThingRow>`select id, station_id as "stationId", item_code as "itemCode", number, state
    from loan_thing where station_id = ${stationId} order by item_code, number`.execute(tx.db);
  return rows;
}

/** Answers the numbers that were taken already. */
export async function insertThings(
  tx: Tx,
  things: readonly (Omit<ThingRow, 'state'> & { district: string })[],
  nowMs: number,
): Promise<string[]> {
  const { rows } = await sql<{ number: string }>`
    insert into loan_thing (id, station_id, district, item_code, number, created_at)
    select id, "stationId", district, "itemCode", number, ${new Date(nowMs).toISOString()}::timestamptz
    from jsonb_to_recordset(${JSON.stringify(things)}::jsonb) as n (id uuid, "stationId" uuid, district text, "itemCode" text, number text)
    on conflict (number) do nothing returning number`.execute(tx.db);
  const made = new Set(rows.map(({ number }) => number));
  return things.map(({ number }) => number).filter((number) => !made.has(number));
}

/** Loans overdue since before this moment of which the station was not told; by station and kind, told now. */
export async function tellOverdue(
  tx: Tx,
  dueBeforeMs: number,
  nowMs: number,
): Promise<{ stationId: string; itemCode: string }[]> {
  const { rows } = await sql<{ stationId: string; itemCode: string }>`
    update loan set reminded_at = ${new Date(nowMs).toISOString()}::timestamptz
    where state = 'out' and reminded_at is null and due_at < ${new Date(dueBeforeMs).toISOString()}::timestamptz
    returning station_id as "stationId", item_code as "itemCode"`.execute(tx.db);
  return rows;
}
