import { sql } from 'kysely';
import type { Tx } from '#server/db/pool.ts';

/** What a report said, for modules that listen for something else in it. */
export interface SaidReport {
  id: string;
  categoryCode: string;
  text: string;
  areaCode: string;
  lon: number | null;
  lat: number | null;
  reports: number;
  atMs: number;
}

/** Reports of these categories since a moment, the latest first, but for those declined or cancelled. */
export async function listSaid(
  tx: Tx,
  wanted: { categories: readonly string[]; sinceMs: number; limit: number },
): Promise<SaidReport[]> {
  const { rows } = await sql<Omit<SaidReport, 'atMs'> & { at: Date }>`
    select e.id, e.category_code as "categoryCode", concat_ws('，', nullif(e.title, ''), nullif(e.description, '')) as text,
      coalesce(e.grid, e.community, e.street, e.district) as "areaCode", e.lon, e.lat,
      greatest(e.report_count, 1)::int as reports, e.reported_at as at
    from event e
    where e.category_code = any (${[...wanted.categories]}::text[]) and e.reported_at >= ${new Date(wanted.sinceMs)}
      and e.status not in ('declined', 'cancelled')
    order by e.reported_at desc, e.id limit ${wanted.limit}`.execute(tx.db);
  return rows.map(({ at, ...row }) => ({ ...row, atMs: at.getTime() }));
}
