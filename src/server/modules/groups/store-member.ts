/** Members: one person (a browser) may be a member of many groups. */
import { sql } from 'kysely';
import type { Tx } from '#server/db/pool.ts';

export interface MemberRow {
  id: string;
  groupId: string;
  personId: string;
  /** Sealed. */
  name: Buffer;
  gridCode: string;
  hasPhone: boolean;
}

const columns = sql`m.id, m.group_id as "groupId", m.person_id as "personId", m.name, m.grid_code as "gridCode", p.phone is not null as "hasPhone"`;

export async function findPerson(tx: Tx, keyHash: Buffer): Promise<{ id: string } | undefined> {
  return tx.db.selectFrom('group_person').select('id').where('key_hash', '=', keyHash).executeTakeFirst();
}

/** Inserts, or answers the person of this key who is there already. */
export async function keepPerson(
  tx: Tx,
  person: { id: string; keyHash: Buffer; phone: Buffer | null; phoneIndex: Buffer | null; at: Date },
): Promise<void> {
  await sql`insert into group_person (id, key_hash, phone, phone_index, created_at)
    values (${person.id}, ${person.keyHash}, ${person.phone}, ${person.phoneIndex}, ${person.at})
    on conflict (id) do update set phone = coalesce(excluded.phone, group_person.phone), phone_index = coalesce(excluded.phone_index, group_person.phone_index)`.execute(
    tx.db,
  );
}

/** False when this person is a member already. */
export async function insertMember(
  tx: Tx,
  member: { id: string; groupId: string; personId: string; name: Buffer; gridCode: string; district: string; at: Date },
): Promise<boolean> {
  const { rows } = await sql<{
    id: string;
  }>`insert into group_member (id, group_id, person_id, name, grid_code, district, joined_at)
    values (${member.id}, ${member.groupId}, ${member.personId}, ${member.name}, ${member.gridCode}, ${member.district}, ${member.at})
    on conflict on constraint group_member_once do nothing returning id`.execute(tx.db);
  return rows.length === 1;
}

export async function findMember(tx: Tx, groupId: string, keyHash: Buffer): Promise<MemberRow | undefined> {
  const { rows } = await sql<MemberRow>`select ${columns} from group_member m join group_person p on p.id = m.person_id
    where m.group_id = ${groupId} and p.key_hash = ${keyHash}`.execute(tx.db);
  return rows[0];
}

export async function listMemberships(tx: Tx, keyHash: Buffer): Promise<string[]> {
  const { rows } = await sql<{
    groupId: string;
  }>`select m.group_id as "groupId" from group_member m join group_person p on p.id = m.person_id
    where p.key_hash = ${keyHash}`.execute(tx.db);
  return rows.map(({ groupId }) => groupId);
}

export async function countMembers(tx: Tx, groupIds: readonly string[]): Promise<Map<string, number>> {
  const { rows } = await sql<{
    groupId: string;
    n: number;
  }>`select group_id as "groupId", count(*)::int as n from group_member
    where group_id = any(${[...groupIds]}::uuid[]) group by group_id`.execute(tx.db);
  return new Map(rows.map(({ groupId, n }) => [groupId, n]));
}

export async function countJoined(tx: Tx, groupId: string, since: Date): Promise<number> {
  const { rows } = await sql<{
    n: number;
  }>`select count(*)::int as n from group_member where group_id = ${groupId} and joined_at > ${since}`.execute(tx.db);
  return rows[0]?.n ?? 0;
}

/** Which of these members left a number. */
export async function withPhone(tx: Tx, memberIds: readonly string[]): Promise<Set<string>> {
  const { rows } = await sql<{ id: string }>`select m.id from group_member m join group_person p on p.id = m.person_id
    where m.id = any(${[...memberIds]}::uuid[]) and p.phone is not null`.execute(tx.db);
  return new Set(rows.map(({ id }) => id));
}

export async function findPhone(tx: Tx, memberId: string): Promise<Buffer | null> {
  const { rows } = await sql<{
    phone: Buffer | null;
  }>`select p.phone from group_member m join group_person p on p.id = m.person_id where m.id = ${memberId}`.execute(
    tx.db,
  );
  return rows[0]?.phone ?? null;
}

/** The membership goes, with votes in open polls and marks of reading; the person too when it was the last. */
export async function deleteMember(tx: Tx, member: Pick<MemberRow, 'id' | 'personId'>): Promise<void> {
  await sql`delete from group_member where id = ${member.id}`.execute(tx.db);
  await sql`delete from group_person p where p.id = ${member.personId} and not exists (select from group_member m where m.person_id = p.id)`.execute(
    tx.db,
  );
}

export interface GridMembers {
  gridCode: string;
  members: number;
}

/**
 * Distinct people by grid: a number left in two browsers is one person, and a person is counted once, in the grid of the
 * group they joined first. So the sum over grids is the number of people.
 */
export async function countByGrid(tx: Tx, areas: readonly string[]): Promise<GridMembers[]> {
  const { rows } = await sql<GridMembers>`
    with one as (
      select distinct on (coalesce(p.phone_index, p.key_hash)) m.grid_code
      from group_member m join group_person p on p.id = m.person_id join online_group g on g.id = m.group_id and g.retired_at is null
      order by coalesce(p.phone_index, p.key_hash), m.joined_at, m.id
    )
    select one.grid_code as "gridCode", count(*)::int as members from one join area a on a.code = one.grid_code
    where a.path && ${[...areas]}::text[] group by one.grid_code`.execute(tx.db);
  return rows;
}

/** Headcounts of groups on platforms we do not see into, with the grids they serve. */
export async function listHeadcounts(tx: Tx, areas: readonly string[]): Promise<{ count: number; grids: string[] }[]> {
  const { rows } = await sql<{ count: number; grids: string[] }>`
    select g.headcount as count, array_agg(l.grid_code order by l.grid_code) as grids
    from online_group g join group_grid l on l.group_id = g.id
    where g.retired_at is null and g.platform <> 'in_app' and g.headcount > 0 and g.areas && ${[...areas]}::text[]
    group by g.id`.execute(tx.db);
  return rows;
}
