import { sql } from 'kysely';
import type { Tx } from '#server/db/pool.ts';
import type { Scope } from '#server/db/scope.ts';

export interface EraseTarget {
  id: string;
  areaCode: string;
  path: string[];
  district: string;
  version: number;
  restricted: boolean;
  erasedAt: Date | null;
}

const columns = sql`id, area_code as "areaCode", path, district, restricted, version, erased_at as "erasedAt"`;

/** A person within the areas of a scope; no other way leads to one here. */
export async function findTarget(tx: Tx, scope: Scope, id: string, lock = false): Promise<EraseTarget | undefined> {
  const { rows } = await sql<EraseTarget>`select ${columns} from care_person
    where id = ${id} and (${scope.seeAll} or path && ${[...scope.areas]}::text[])
    ${lock ? sql`for update` : sql``}`.execute(tx.db);
  return rows[0];
}

/** Something kept about a person: what, and how many. */
export interface ErasablePart {
  kind: string;
  rows: number;
}

/** What this module keeps that an erasure takes. */
export async function countOwn(tx: Tx, id: string): Promise<ErasablePart[]> {
  const { rows } = await sql<Record<string, number>>`
    select num_nonnulls(name, phone, id_number, address_detail, contact, guardian, health, birth_year)::int as sealed,
      num_nonnulls(name_index, phone_index, id_number_index)::int as indexes,
      1 as place, cardinality(tags) as tags,
      (select count(*)::int from care_correction where person_id = p.id and said is not null) as corrections,
      (select count(*)::int from op where route like 'care.%' and response #>> '{person,id}' = p.id::text) as answers,
      (select count(*)::int from ledger_entry e join ledger_private w on w.entry_id = e.id
        where e.subject_id = p.id::text and e.subject_type = 'care_person'
          and e.action not in ('care.erase', 'care.reveal', 'care.review')) as words
    from care_person p where id = ${id}`.execute(tx.db);
  return toParts(rows[0]);
}

/** What stays, because it names nobody: lines of the ledger, purposes of those who looked, memberships of files. */
export async function countKept(tx: Tx, id: string): Promise<ErasablePart[]> {
  const { rows } = await sql<Record<string, number>>`
    select (select count(*)::int from ledger_entry where subject_id = ${id} and subject_type = 'care_person') as lines,
      (select count(*)::int from ledger_entry e join ledger_private w on w.entry_id = e.id
        where e.subject_id = ${id} and e.subject_type = 'care_person' and e.action in ('care.reveal', 'care.review')) as purposes,
      (select count(*)::int from care_export_person where person_id = ${id}::uuid) as files`.execute(tx.db);
  return toParts(rows[0]);
}

function toParts(row: Record<string, number> | undefined): ErasablePart[] {
  return Object.entries(row ?? {})
    .map(([kind, rows]) => ({ kind, rows }))
    .filter(({ rows }) => rows > 0);
}

/**
 * Takes out of the row whatever tells who it was; the id stays for the ledger, the area for those who answer. `empty` is
 * the sealed empty name.
 */
export async function emptyPerson(tx: Tx, id: string, empty: Buffer, atMs: number): Promise<void> {
  const at = new Date(atMs);
  await sql`update care_person set name = ${empty}, phone = null, id_number = null, address_detail = null, contact = null,
      guardian = null, health = null, birth_year = null,
      name_index = '\\x', phone_index = null, id_number_index = null, tags = '{}', address = '', lon = 0, lat = 0,
      responsible_id = null, retired_at = coalesce(retired_at, ${at}), erased_at = ${at}, updated_at = ${at}, version = version + 1
    where id = ${id}`.execute(tx.db);
  await sql`update care_correction set said = null, state = case when state = 'open' then 'done' else state end,
      settled_at = coalesce(settled_at, ${at}), version = version + 1 where person_id = ${id}`.execute(tx.db);
  // A repeat of such an operation is refused from now on: neither its request nor its answer is known any more.
  await sql`update op set response = '{}', request_hash = '\\x' where route like 'care.%'
    and response #>> '{person,id}' = ${id}`.execute(tx.db);
}

/** Words beside the ledger's lines; call it after the line care.erase was written. */
export async function eraseWords(tx: Tx, id: string): Promise<void> {
  await sql`select huangge_erase_care_words(${id}::uuid)`.execute(tx.db);
}

/** People retired before `beforeMs` and not erased, the oldest first, and how many in all. */
export async function listDue(
  tx: Tx,
  scope: Scope,
  beforeMs: number,
  limit: number,
): Promise<{ rows: { id: string; areaCode: string; retiredAt: Date }[]; total: number }> {
  const due = sql`retired_at < ${new Date(beforeMs)} and erased_at is null
    and (${scope.seeAll} or path && ${[...scope.areas]}::text[])`;
  const { rows } = await sql<{ id: string; areaCode: string; retiredAt: Date; total: number }>`
    select id, area_code as "areaCode", retired_at as "retiredAt", count(*) over ()::int as total
    from care_person where ${due} order by retired_at, id limit ${limit}`.execute(tx.db);
  return { rows, total: rows[0]?.total ?? 0 };
}
