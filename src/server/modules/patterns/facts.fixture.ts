import type pg from 'pg';
import { uuidV7 } from '#kit/ids.ts';
import { dayOf } from '#kit/shanghai-days.ts';

/** What a test says of a case; the rest is a case of 两江街道 that is closed a day after it was reported. */
export interface FactWish {
  atMs: number;
  lon: number;
  lat: number;
  category: string;
  community: string;
  grid?: string;
  ownerUnitId: string;
  leadUnitId?: string | null;
  status?: string;
  closedMs?: number | null;
}

const dayMs = 86_400_000;

/** Puts facts where the analytics module would, without the events they tell of. Answers their ids. */
export async function putFacts(owner: pg.Client, wishes: readonly FactWish[]): Promise<string[]> {
  await owner.query('set session_replication_role = replica'); // the events themselves are not needed
  const rows = wishes.map((wish, k) => {
    const { atMs, lon, lat, category, community, ownerUnitId, leadUnitId = null, status = 'closed' } = wish;
    const closed = wish.closedMs === undefined ? atMs + dayMs : wish.closedMs;
    const at = (ms: number | null) => (ms === null ? null : new Date(ms).toISOString());
    return {
      event_id: uuidV7(atMs), number: `T${atMs}-${k}`, path: ['500000', '500103', '500103004', community], district: '500103',
      street: '500103004', community, grid: wish.grid ?? null, category_code: category, priority: 3, channel: 'patrol', status,
      tier: 'street', owner_unit_id: ownerUnitId, lead_unit_id: leadUnitId, lon, lat, reported_at: at(atMs),
      reported_day: dayOf(atMs), verified_at: at(atMs + 600_000), filed_at: at(atMs + 1_200_000),
      dispatched_at: at(atMs + 1_800_000), accepted_at: at(atMs + 5_400_000), finished_at: at(closed), closed_at: at(closed),
      late: false, hops: 1, returns: 0, reworks: 0, reopens: 0, urges: 0, extensions: 0, shelved: false, supervised: false,
      report_count: 1, as_of: at(atMs),
    }; // prettier-ignore
  });
  const members = Object.keys(rows[0] ?? {}).join(', ');
  await owner.query(
    `insert into event_fact (${members}) select ${members} from jsonb_populate_recordset(null::event_fact, $1::jsonb)`,
    [JSON.stringify(rows)],
  );
  await owner.query('set session_replication_role = default');
  return rows.map(({ event_id }) => event_id);
}
