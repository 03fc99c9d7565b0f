import { sql } from 'kysely';
import type { Tx } from '#server/db/pool.ts';

export interface AnswererRow {
  role: string;
  areaCode: string;
  unitId: string;
  unitName: string;
  count: number;
  names: string[];
}

/** Living appointments of open accounts over these areas, by role and unit. Reads identity's tables, changes nothing. */
export async function listAnswerers(tx: Tx, areaCodes: readonly string[], day: string): Promise<AnswererRow[]> {
  const { rows } = await sql<AnswererRow>`
    select p.role, p.area_code as "areaCode", u.id as "unitId", u.name as "unitName", count(*)::integer as count,
           array_agg(a.display_name order by p.is_primary desc, a.display_name) as names
    from appointment p join account a on a.id = p.account_id join unit u on u.id = p.unit_id
    where p.area_code = any (${[...areaCodes]}::text[]) and p.revoked_at is null and a.status = 'active'
      and p.since <= ${day}::date and (p.until is null or p.until >= ${day}::date)
    group by p.role, p.area_code, u.id, u.name
    order by length(p.area_code) desc, p.area_code, p.role, u.name`.execute(tx.db);
  return rows;
}
