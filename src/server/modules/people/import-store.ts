import { sql } from 'kysely';
import type { Tx } from '#server/db/pool.ts';
import type { KeptCare } from './store.ts';

/** How a person is recognised: blind indexes as hexadecimal text. */
export interface Known {
  /** 'i' and the index of the identity number, or 'n' and those of name and phone. */
  key: string;
  path: string[];
}

export function keysOf({
  nameIndex,
  phoneIndex,
  idNumberIndex,
}: Pick<KeptCare, 'nameIndex' | 'phoneIndex' | 'idNumberIndex'>) {
  return [
    ...(idNumberIndex === null ? [] : [`i${idNumberIndex.toString('hex')}`]),
    ...(phoneIndex === null ? [] : [`n${nameIndex.toString('hex')}${phoneIndex.toString('hex')}`]),
  ];
}

/** Which of these people are in care already, wherever they live; none that are restricted. */
export async function listKnown(tx: Tx, rows: readonly KeptCare[]): Promise<Known[]> {
  const hex = (bytes: Buffer | null) => (bytes === null ? [] : [bytes.toString('hex')]);
  const numbers = JSON.stringify(rows.flatMap(({ idNumberIndex }) => hex(idNumberIndex)));
  const names = JSON.stringify(rows.flatMap(({ nameIndex }) => hex(nameIndex)));
  const found = await sql<Known>`
    select 'i' || encode(id_number_index, 'hex') as key, path from care_person
      where retired_at is null and not restricted
        and id_number_index in (select decode(t, 'hex') from jsonb_array_elements_text(${numbers}::jsonb) t)
    union all
    select 'n' || encode(name_index, 'hex') || encode(phone_index, 'hex'), path from care_person
      where retired_at is null and not restricted and phone_index is not null
        and name_index in (select decode(t, 'hex') from jsonb_array_elements_text(${names}::jsonb) t)`.execute(tx.db);
  return found.rows;
}

/** Accounts of people in service by login. */
export async function listAccounts(tx: Tx, logins: readonly string[]): Promise<Map<string, string>> {
  const { rows } = await sql<{ id: string; login: string }>`select id, login from account
    where login = any (${[...logins]}::text[]) and status = 'active' and kind = 'person'`.execute(tx.db);
  return new Map(rows.map(({ id, login }) => [login, id]));
}

export interface NewImport {
  id: string;
  district: string;
  sha256: Buffer;
  read: number;
  created: number;
  known: number;
  wrong: number;
  atMs: number;
  by: string | null;
}

export async function insertImport(tx: Tx, row: NewImport): Promise<void> {
  await sql`insert into care_import (id, district, sha256, read, created, known, wrong, imported_at, imported_by)
    values (${row.id}, ${row.district}, ${row.sha256}, ${row.read}, ${row.created}, ${row.known}, ${row.wrong},
      ${new Date(row.atMs)}, ${row.by})`.execute(tx.db);
}

/**
 * Adds people of one import in one statement.
 * @throws the database's unique_violation when somebody registered one of them meanwhile
 */
export async function insertMany(tx: Tx, rows: readonly KeptCare[], importId: string, atMs: number): Promise<void> {
  const hex = (bytes: Buffer | null) => bytes?.toString('hex') ?? null;
  const json = JSON.stringify(
    rows.map((row) => ({
      ...row,
      name: hex(row.name),
      phone: hex(row.phone),
      idNumber: hex(row.idNumber),
      addressDetail: hex(row.addressDetail),
      contact: hex(row.contact),
      guardian: hex(row.guardian),
      health: hex(row.health),
      birthYear: hex(row.birthYear),
      nameIndex: hex(row.nameIndex),
      phoneIndex: hex(row.phoneIndex),
      idNumberIndex: hex(row.idNumberIndex),
    })),
  );
  const at = new Date(atMs);
  await sql`insert into care_person (id, name, phone, id_number, address_detail, contact, guardian, health, birth_year,
      name_index, phone_index, id_number_index, restricted, tags, address, lon, lat, area_code, path, district, responsible_id,
      import_id, created_at, updated_at)
    select id, decode(name, 'hex'), decode(phone, 'hex'), decode("idNumber", 'hex'), decode("addressDetail", 'hex'),
      decode(contact, 'hex'), decode(guardian, 'hex'), decode(health, 'hex'), decode("birthYear", 'hex'), decode("nameIndex", 'hex'),
      decode("phoneIndex", 'hex'), decode("idNumberIndex", 'hex'), false, tags, address, lon, lat, "areaCode", path, district,
      "responsibleId", ${importId}::uuid, ${at}, ${at}
    from jsonb_to_recordset(${json}::jsonb) as one (id uuid, name text, phone text, "idNumber" text, "addressDetail" text,
      contact text, guardian text, health text, "birthYear" text, "nameIndex" text, "phoneIndex" text, "idNumberIndex" text,
      tags text[], address text, lon double precision, lat double precision, "areaCode" text, path text[], district text,
      "responsibleId" uuid)`.execute(tx.db);
}
