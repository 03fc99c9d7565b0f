import { sql, type RawBuilder } from 'kysely';
import type { AdminKind } from '#contract/identity-views.ts';
import type { Tx } from '#server/db/pool.ts';

export interface PersonRow {
  id: string;
  login: string;
  displayName: string;
  email: string | null;
  kind: 'person' | 'service';
  adminKind: AdminKind | null;
  status: 'active' | 'disabled';
  mustChangePassword: boolean;
}

export interface PeopleFilter {
  /** Whom the viewer may see: null everybody, else people appointed in these areas or units. */
  within: { areas: readonly string[]; units: readonly string[] } | null;
  /** The viewer may search and see logins. */
  byLogin: boolean;
  q?: string;
  areaCode?: string;
  unitId?: string;
  role?: string;
  status?: string;
  id?: string;
}

const columns = sql`a.id, a.login, a.display_name as "displayName", a.email, a.kind, a.admin_kind as "adminKind", a.status,
  a.must_change_password as "mustChangePassword"`;

function like(text: string): string {
  return `%${text.replace(/[\\%_]/g, '\\$&')}%`;
}

function conditions(filter: PeopleFilter, today: string): RawBuilder<unknown> {
  const all: RawBuilder<unknown>[] = [sql`true`];
  if (filter.id !== undefined) all.push(sql`a.id = ${filter.id}`);
  if (filter.status !== undefined) all.push(sql`a.status = ${filter.status}`);
  if (filter.q !== undefined && filter.q !== '') {
    const found = sql`a.display_name ilike ${like(filter.q)}`;
    all.push(filter.byLogin ? sql`(${found} or a.login ilike ${like(filter.q)})` : found);
  }
  if (filter.within !== null)
    all.push(
      appointed(
        sql`(r.path && ${[...filter.within.areas]}::text[] or p.unit_id = any (${[...filter.within.units]}::uuid[]))`,
        today,
      ),
    );
  if (filter.areaCode !== undefined) all.push(appointed(sql`${filter.areaCode} = any (r.path)`, today));
  if (filter.unitId !== undefined) all.push(appointed(sql`p.unit_id = ${filter.unitId}`, today));
  if (filter.role !== undefined) all.push(appointed(sql`p.role = ${filter.role}`, today));
  return sql.join(all, sql` and `);
}

/** A living appointment lies in its own area, or where its unit stands. */
function appointed(where: RawBuilder<unknown>, today: string): RawBuilder<unknown> {
  return sql`exists (select 1 from appointment p join unit u on u.id = p.unit_id join area r on r.code = coalesce(p.area_code, u.area_code)
    where p.account_id = a.id and p.revoked_at is null and (p.until is null or p.until >= ${today}::date) and ${where})`;
}

/** A page of people by name; `after` is the id of the last row seen. */
export async function listPeopleRows(
  tx: Tx,
  filter: PeopleFilter,
  today: string,
  page: { after: string | null; limit: number },
): Promise<PersonRow[]> {
  const from =
    page.after === null
      ? sql`true`
      : sql`(a.display_name, a.id) > (select display_name, id from account where id = ${page.after}::uuid)`;
  const found = await sql<PersonRow>`select ${columns} from account a where ${conditions(filter, today)} and ${from}
    order by a.display_name, a.id limit ${page.limit}`.execute(tx.db);
  return found.rows;
}

export async function countPeopleRows(tx: Tx, filter: PeopleFilter, today: string): Promise<number> {
  const found = await sql<{
    n: number;
  }>`select count(*) as n from account a where ${conditions(filter, today)}`.execute(tx.db);
  return found.rows[0]?.n ?? 0;
}

export async function listNames(tx: Tx, ids: readonly string[]): Promise<{ id: string; displayName: string }[]> {
  if (ids.length === 0) return [];
  return await tx.db
    .selectFrom('account')
    .select(['id', 'display_name as displayName'])
    .where('id', 'in', [...ids])
    .execute();
}
