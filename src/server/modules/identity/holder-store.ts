import { sql } from 'kysely';
import type { AdminKind } from '#contract/identity-views.ts';
import type { Tx } from '#server/db/pool.ts';
import type { Role } from './rules.ts';

/** Whom to find: a role counts where its appointment names one of the areas, or one of the units. */
export interface HolderWish {
  roles: readonly Role[];
  areas: readonly string[];
  units: readonly string[];
  /** People meant by themselves, whatever they hold. */
  accounts?: readonly string[];
  office?: AdminKind;
}

export interface Holder {
  id: string;
  /** 'zh-CN', 'en' */
  locale: string;
}

/** `today` is the day in Shanghai. Accounts that are disabled or held are left out. */
export async function listHolders(tx: Tx, wish: HolderWish, today: string): Promise<Holder[]> {
  const { rows } = await sql<Holder>`
    select a.id, a.locale from account a
    where a.kind = 'person' and a.status = 'active' and a.held_at is null and (
      a.admin_kind = ${wish.office ?? null}
      or a.id = any (${[...(wish.accounts ?? [])]}::uuid[])
      or (a.admin_kind is null and exists (
        select 1 from appointment p join unit u on u.id = p.unit_id
        where p.account_id = a.id and p.revoked_at is null and u.retired_at is null
          and p.since <= ${today}::date and (p.until is null or p.until >= ${today}::date)
          and p.role = any (${[...wish.roles]}::text[])
          and (p.area_code = any (${[...wish.areas]}::text[]) or p.unit_id = any (${[...wish.units]}::uuid[])))))
    order by a.id`.execute(tx.db);
  return rows;
}

/** Active people appointed in each of these units today; units without one are missing. */
export async function countHeads(tx: Tx, unitIds: readonly string[], today: string): Promise<Map<string, number>> {
  const { rows } = await sql<{ unitId: string; n: number }>`
    select p.unit_id as "unitId", count(distinct a.id)::int as n from appointment p join account a on a.id = p.account_id
    where p.unit_id = any (${[...unitIds]}::uuid[]) and a.kind = 'person' and a.status = 'active' and p.revoked_at is null
      and p.since <= ${today}::date and (p.until is null or p.until >= ${today}::date)
    group by 1`.execute(tx.db);
  return new Map(rows.map(({ unitId, n }) => [unitId, n]));
}
