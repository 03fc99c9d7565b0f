import { sql } from 'kysely';
import { uuidV7 } from '#kit/ids.ts';
import type { Tx } from '#server/db/pool.ts';

/** People who came to an activity and were not counted one by one. */
export interface HeadsWish {
  activityId: string;
  stationId: string;
  district: string;
  partnerId: string | null;
  persons: number;
  /** Code of db/data/service-kinds.csv. */
  kind: string;
  /** kind.colour of the warning that ran there then; null: none. */
  weather: string | null;
  atMs: number;
  nowMs: number;
  accountId: string | null;
}

/** One service record for those who came to an activity, in the caller's transaction and under its ledger line. */
export async function recordHeads(tx: Tx, wish: HeadsWish): Promise<string> {
  const id = uuidV7(wish.nowMs);
  await sql`insert into service_record (id, station_id, district, activity_id, partner_id, kind, persons, at, recorded_at,
      weather, account_id)
    values (${id}, ${wish.stationId}, ${wish.district}, ${wish.activityId}, ${wish.partnerId}, ${wish.kind}, ${wish.persons},
      ${new Date(wish.atMs)}, ${new Date(wish.nowMs)}, ${wish.weather}, ${wish.accountId})`.execute(tx.db);
  return id;
}
