import { sql } from 'kysely';
import type { Tx } from '#server/db/pool.ts';

export interface RatingRow {
  id: string;
  partnerId: string;
  stationId: string;
  source: 'station' | 'resident';
  stars: number;
  words: string;
  hiddenAt: Date | null;
  quarter: string | null;
  day: string;
}

const columns = sql`r.id, r.partner_id as "partnerId", r.station_id as "stationId", r.source, r.stars, r.words,
  r.hidden_at as "hiddenAt", r.quarter, r.day`;

/** The latest ones of a partner. */
export async function listRatings(tx: Tx, partnerId: string, limit: number): Promise<RatingRow[]> {
  const { rows } = await sql<RatingRow>`select ${columns} from partner_rating r where r.partner_id = ${partnerId}
    order by r.at desc, r.id desc limit ${limit}`.execute(tx.db);
  return rows;
}

export interface Rated {
  n: number;
  sum: number;
}

/** How many stars from how many, by partner and by who rated: `<partner id> station` and `<partner id> resident`. */
export async function sumRatings(tx: Tx, partnerIds: readonly string[]): Promise<Map<string, Rated>> {
  if (partnerIds.length === 0) return new Map();
  const { rows } = await sql<Rated & { key: string }>`
    select partner_id || ' ' || source as key, count(*)::int as n, sum(stars)::int as sum from partner_rating
    where partner_id = any (${[...partnerIds]}::uuid[]) group by partner_id, source`.execute(tx.db);
  return new Map(rows.map((row) => [row.key, row]));
}

/** What a station said of these partners in a quarter, by partner. */
export async function listOfStation(tx: Tx, stationId: string, quarter: string): Promise<Map<string, RatingRow>> {
  const { rows } = await sql<RatingRow>`select ${columns} from partner_rating r
    where r.station_id = ${stationId} and r.quarter = ${quarter}`.execute(tx.db);
  return new Map(rows.map((row) => [row.partnerId, row]));
}

export interface NewRating {
  id: string;
  partnerId: string;
  stationId: string;
  district: string;
  stars: number;
  words: string;
  day: string;
  nowMs: number;
}

/** One each quarter: a second one of the same quarter takes the place of the first. */
export async function saveStationRating(
  tx: Tx,
  one: NewRating & { quarter: string; accountId: string | null },
): Promise<void> {
  await sql`insert into partner_rating (id, partner_id, station_id, district, source, stars, words, quarter, day, at, account_id)
    values (${one.id}, ${one.partnerId}, ${one.stationId}, ${one.district}, 'station', ${one.stars}, ${one.words},
      ${one.quarter}, ${one.day}, ${new Date(one.nowMs)}, ${one.accountId})
    on conflict (partner_id, station_id, quarter) do update set stars = excluded.stars, words = excluded.words,
      day = excluded.day, at = excluded.at, account_id = excluded.account_id, hidden_at = null,
      version = partner_rating.version + 1`.execute(tx.db);
}

/** False when this browser rated this partner today. */
export async function insertResidentRating(tx: Tx, one: NewRating & { browserHash: Buffer }): Promise<boolean> {
  const { numAffectedRows } = await sql`
    insert into partner_rating (id, partner_id, station_id, district, source, stars, words, day, browser_hash, at)
    values (${one.id}, ${one.partnerId}, ${one.stationId}, ${one.district}, 'resident', ${one.stars}, ${one.words},
      ${one.day}, ${one.browserHash}, ${new Date(one.nowMs)})
    on conflict (partner_id, browser_hash) do nothing`.execute(tx.db);
  return numAffectedRows === 1n;
}

export async function lockRating(tx: Tx, id: string): Promise<(RatingRow & { district: string }) | undefined> {
  const { rows } = await sql<RatingRow & { district: string }>`select ${columns}, r.district from partner_rating r
    where r.id = ${id} for update of r`.execute(tx.db);
  return rows[0];
}

export async function saveHidden(tx: Tx, id: string, nowMs: number): Promise<void> {
  await tx.db
    .updateTable('partner_rating')
    .set((eb) => ({ words: '', hidden_at: new Date(nowMs), version: eb('version', '+', 1) }))
    .where('id', '=', id)
    .execute();
}
