import { sql } from 'kysely';
import type { CareFileField } from '#contract/care-words.ts';
import type { Tx } from '#server/db/pool.ts';
import type { Scope } from '#server/db/scope.ts';
import { columns, conditionsOf, type StoredCare } from './store.ts';

/** A file somebody asked for, as kept; purpose and reason are sealed. */
export interface StoredExport {
  id: string;
  number: string;
  areaCode: string;
  path: string[];
  district: string;
  tags: string[];
  fields: CareFileField[];
  people: number;
  purpose: Buffer;
  state: 'asked' | 'approved' | 'refused';
  askedBy: string;
  askedName: string;
  askedUnit: string | null;
  askedAt: Date;
  expiresAt: Date;
  decidedBy: string | null;
  decidedName: string | null;
  decidedAt: Date | null;
  reason: Buffer | null;
  takes: number;
  takenAt: Date | null;
  version: number;
}

const exportColumns = sql`x.id, x.number, x.area_code as "areaCode", x.path, x.district, x.tags, x.fields, x.people, x.purpose, x.state,
  x.asked_by as "askedBy", a.display_name as "askedName", u.name as "askedUnit", x.asked_at as "askedAt",
  x.expires_at as "expiresAt", x.decided_by as "decidedBy", d.display_name as "decidedName", x.decided_at as "decidedAt",
  x.reason, x.takes, x.taken_at as "takenAt", x.version`;
const from = sql`care_export x join account a on a.id = x.asked_by left join unit u on u.id = x.asked_unit_id
  left join account d on d.id = x.decided_by`;

/** The same words as the policy in 0010. */
function seenBy({ seeAll, areas, accountId }: Scope) {
  if (seeAll) return sql`true`;
  return sql`(x.path && ${[...areas]}::text[] or x.asked_by = ${accountId}::uuid)`;
}

/** The newest first. */
export async function listExports(tx: Tx, scope: Scope, limit: number): Promise<StoredExport[]> {
  const found = await sql<StoredExport>`select ${exportColumns} from ${from} where ${seenBy(scope)}
    order by x.asked_at desc, x.id desc limit ${limit}`.execute(tx.db);
  return found.rows;
}

export async function findExport(tx: Tx, scope: Scope, id: string, lock = false): Promise<StoredExport | undefined> {
  const found = await sql<StoredExport>`select ${exportColumns} from ${from} where x.id = ${id} and ${seenBy(scope)}
    ${lock ? sql`for update of x` : sql``}`.execute(tx.db);
  return found.rows[0];
}

export interface NewExport {
  id: string;
  areaCode: string;
  path: readonly string[];
  district: string;
  tags: readonly string[];
  fields: readonly CareFileField[];
  people: number;
  purpose: Buffer;
  askedBy: string;
  askedUnitId: string | null;
  atMs: number;
  expiresMs: number;
}

/** Keeps what was asked for; answers its number, which is printed in the file. `day` is the day in Shanghai, 'YYYYMMDD'. */
export async function insertExport(tx: Tx, wish: NewExport, day: string): Promise<string> {
  const found = await sql<{
    number: string;
  }>`insert into care_export (id, number, area_code, path, district, tags, fields,
      people, purpose, asked_by, asked_unit_id, asked_at, expires_at)
    values (${wish.id}, ${`MC${day}-`} || lpad(nextval('care_export_number_seq')::text, 4, '0'), ${wish.areaCode},
      ${[...wish.path]}, ${wish.district}, ${[...wish.tags]}, ${[...wish.fields]}, ${wish.people}, ${wish.purpose},
      ${wish.askedBy}, ${wish.askedUnitId}, ${new Date(wish.atMs)}, ${new Date(wish.expiresMs)})
    returning number`.execute(tx.db);
  return found.rows[0]?.number ?? '';
}

export async function decideExport(
  tx: Tx,
  id: string,
  decision: { state: 'approved' | 'refused'; by: string; atMs: number; expiresMs: number; reason: Buffer | null },
): Promise<void> {
  await sql`update care_export set state = ${decision.state}, decided_by = ${decision.by}, decided_at = ${new Date(decision.atMs)},
      expires_at = ${new Date(decision.expiresMs)}, reason = ${decision.reason}, version = version + 1
    where id = ${id}`.execute(tx.db);
}

/** Notes that the file was taken, and who is in it. */
export async function noteTaken(
  tx: Tx,
  row: Pick<StoredExport, 'id' | 'district'>,
  taken: { people: readonly string[]; sha256: Buffer; atMs: number },
): Promise<void> {
  await sql`update care_export set takes = takes + 1, taken_at = ${new Date(taken.atMs)}, sha256 = ${taken.sha256},
      version = version + 1 where id = ${row.id}`.execute(tx.db);
  await sql`insert into care_export_person (export_id, person_id, district)
    select ${row.id}::uuid, person, ${row.district} from unnest(${[...taken.people]}::uuid[]) person
    on conflict do nothing`.execute(tx.db);
}

export type FileRow = StoredCare & { responsibleName: string | null };

/** Which people a file names: those of the area with one of the tags, as far as the scope shows them; none that are restricted. */
export interface FileFilter {
  scope: Scope;
  area: string;
  tags: readonly string[];
}

const within = ({ scope, area, tags }: FileFilter) => conditionsOf({ ...scope, restricted: [] }, { area, tags });

export async function countFile(tx: Tx, filter: FileFilter): Promise<number> {
  const { rows } = await sql<{ n: number }>`select count(*)::int as n from care_person
    where ${within(filter)}`.execute(tx.db);
  return rows[0]?.n ?? 0;
}

/** In the order of grids and houses, which is how one walks. */
export async function listFile(tx: Tx, filter: FileFilter): Promise<FileRow[]> {
  const { rows } = await sql<FileRow>`select p.*, r.display_name as "responsibleName"
    from (select ${columns} from care_person where ${within(filter)}) p
    left join account r on r.id = p."responsibleId" order by p."areaCode", p.address, p.id`.execute(tx.db);
  return rows;
}

/** True when every appointment in force that gives this account one of the roles over the path was made by `maker`. */
export async function isMadeBy(
  tx: Tx,
  wish: { accountId: string; roles: readonly string[]; path: readonly string[]; maker: string; today: string },
): Promise<boolean> {
  const found = await sql<{ others: boolean }>`select exists (
      select from appointment p
      where p.account_id = ${wish.accountId} and p.revoked_at is null and p.role = any (${[...wish.roles]}::text[])
        and p.area_code = any (${[...wish.path]}::text[])
        and p.since <= ${wish.today}::date and (p.until is null or p.until >= ${wish.today}::date)
        and not exists (select from ledger_entry e where e.subject_id = p.id::text and e.subject_type = 'appointment'
          and e.action = 'appointment.begin' and e.actor_id = ${wish.maker})
    ) as others`.execute(tx.db);
  return found.rows[0]?.others !== true;
}
