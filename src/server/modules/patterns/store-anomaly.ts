import { sql } from 'kysely';
import type { anomalyAnswers, anomalyStates } from '#contract/patterns-views.ts';
import type { Tx } from '#server/db/pool.ts';

export interface AnomalyRow {
  id: string;
  areaCode: string;
  path: readonly string[];
  district: string;
  category: string;
  day: string;
  untilHour: number;
  side: 'more' | 'fewer';
  seen: number;
  expected: number;
  low: number;
  high: number;
  p: number;
  q: number;
  series: number;
  inputHash: string;
  method: string;
  state: (typeof anomalyStates)[number];
  foundAt: Date;
  answer: (typeof anomalyAnswers)[number] | null;
  reason: string;
  quietUntil: string | null;
  answeredBy: string | null;
  answeredAt: Date | null;
  version: number;
}

const members = sql`id, area_code as "areaCode", path, district, category_code as category, day, until_hour as "untilHour",
  side, seen, expected, low, high, p, q, series, input_hash as "inputHash", method, state, found_at as "foundAt", answer,
  reason, quiet_until as "quietUntil", answered_by as "answeredBy", answered_at as "answeredAt", version`;

/**
 * Keeps an anomaly unless the same is open, was told for this day before, or is to be quiet. Answers whether it is new:
 * whoever comes second, also in another process, gets false.
 */
export async function insertAnomaly(tx: Tx, row: AnomalyRow): Promise<boolean> {
  const { numAffectedRows } = await sql`
    insert into anomaly (id, area_code, path, district, category_code, day, until_hour, side, seen, expected, low, high, p, q,
      series, input_hash, method, found_at)
    select ${row.id}::uuid, ${row.areaCode}, ${[...row.path]}::text[], ${row.district}, ${row.category}, ${row.day}::date,
      ${row.untilHour}::int, ${row.side}, ${row.seen}::int, ${row.expected}::float8, ${row.low}::int, ${row.high}::int,
      ${row.p}::float8, ${row.q}::float8, ${row.series}::int, ${row.inputHash}, ${row.method}, ${row.foundAt}::timestamptz
    where not exists (
      select 1 from anomaly a where a.area_code = ${row.areaCode} and a.category_code = ${row.category} and a.side = ${row.side}
        and a.quiet_until >= ${row.day}::date
    )
    on conflict do nothing`.execute(tx.db);
  return (numAffectedRows ?? 0n) > 0n;
}

export async function findAnomaly(tx: Tx, id: string, lock = false): Promise<AnomalyRow | undefined> {
  const { rows } = await sql<AnomalyRow>`
    select ${members} from anomaly where id = ${id}::uuid ${lock ? sql`for update` : sql``}`.execute(tx.db);
  return rows[0];
}

export interface AnomalyWish {
  areaCode: string;
  states: readonly AnomalyRow['state'][];
  from?: string | undefined;
  to?: string | undefined;
  after?: { day: string; id: string } | undefined;
  limit: number;
}

/** Anomalies of an area and what lies in it, the latest day first. */
export async function listAnomalies(
  tx: Tx,
  { areaCode, states, from, to, after, limit }: AnomalyWish,
): Promise<AnomalyRow[]> {
  const { rows } = await sql<AnomalyRow>`
    select ${members} from anomaly
    where path @> array[${areaCode}] and state = any (${[...states]}::text[])
      ${from === undefined ? sql`` : sql`and day >= ${from}::date`} ${to === undefined ? sql`` : sql`and day <= ${to}::date`}
      ${after === undefined ? sql`` : sql`and (day, id) < (${after.day}::date, ${after.id}::uuid)`}
    order by day desc, id desc limit ${limit}`.execute(tx.db);
  return rows;
}

export async function countOpen(tx: Tx, areaCode: string): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    select count(*)::int as n from anomaly where path @> array[${areaCode}] and state = 'open'`.execute(tx.db);
  return rows[0]?.n ?? 0;
}

/** Open ones of days before, locked. */
export async function lockStale(tx: Tx, before: string): Promise<AnomalyRow[]> {
  const { rows } = await sql<AnomalyRow>`
    select ${members} from anomaly where state = 'open' and day < ${before}::date order by id for update skip locked`.execute(
    tx.db,
  );
  return rows;
}

/** State and answer of a locked row; its version grows. */
export async function saveState(tx: Tx, row: AnomalyRow): Promise<void> {
  await sql`
    update anomaly set state = ${row.state}, answer = ${row.answer}, reason = ${row.reason}, quiet_until = ${row.quietUntil}::date,
      answered_by = ${row.answeredBy}::uuid, answered_at = ${row.answeredAt}, version = version + 1
    where id = ${row.id}::uuid`.execute(tx.db);
}
