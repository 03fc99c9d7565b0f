import { sql } from 'kysely';
import type { correctionFields } from '#contract/care-words.ts';
import type { Tx } from '#server/db/pool.ts';
import type { Scope } from '#server/db/scope.ts';

/** What somebody says is wrong about a person; the words are sealed, and emptied when settled. */
export interface StoredCorrection {
  id: string;
  personId: string;
  areaCode: string;
  path: string[];
  district: string;
  fields: (typeof correctionFields)[number][];
  said: Buffer | null;
  state: 'open' | 'done' | 'refused';
  askedAt: Date;
  settledAt: Date | null;
  version: number;
  restricted: boolean;
  /** When the person's entry was last changed. */
  personUpdatedAt: Date;
}

// Joined, so that whoever may not see the person sees no correction of theirs either.
const select = sql`select c.id, c.person_id as "personId", p.area_code as "areaCode", c.path, c.district, c.fields, c.said, c.state,
    c.asked_at as "askedAt", c.settled_at as "settledAt", c.version, p.restricted, p.updated_at as "personUpdatedAt"
  from care_correction c join care_person p on p.id = c.person_id`;

const seenBy = ({ seeAll, areas }: Scope) => sql`(${seeAll} or c.path && ${[...areas]}::text[])`;

/** Open ones first, the oldest of them first; then the settled, the newest first. */
export async function listCorrections(
  tx: Tx,
  scope: Scope,
  person: string | undefined,
  limit: number,
): Promise<StoredCorrection[]> {
  const { rows } = await sql<StoredCorrection>`${select} where ${seenBy(scope)}
    ${person === undefined ? sql`` : sql`and c.person_id = ${person}::uuid`}
    order by c.state <> 'open', case when c.state = 'open' then c.asked_at end, c.settled_at desc, c.id limit ${limit}`.execute(
    tx.db,
  );
  return rows;
}

export async function findCorrection(
  tx: Tx,
  scope: Scope,
  id: string,
  lock = false,
): Promise<StoredCorrection | undefined> {
  const { rows } = await sql<StoredCorrection>`${select} where c.id = ${id} and ${seenBy(scope)}
    ${lock ? sql`for update of c` : sql``}`.execute(tx.db);
  return rows[0];
}

export async function insertCorrection(
  tx: Tx,
  row: Pick<StoredCorrection, 'id' | 'personId' | 'path' | 'district' | 'fields' | 'said'>,
  by: { accountId: string | null; atMs: number },
): Promise<void> {
  await sql`insert into care_correction (id, person_id, path, district, fields, said, asked_at, recorded_by)
    values (${row.id}, ${row.personId}, ${row.path}, ${row.district}, ${row.fields}, ${row.said}, ${new Date(by.atMs)}, ${by.accountId})`.execute(
    tx.db,
  );
}

export async function settleCorrection(
  tx: Tx,
  id: string,
  { done, by, atMs }: { done: boolean; by: string | null; atMs: number },
): Promise<void> {
  await sql`update care_correction set state = ${done ? 'done' : 'refused'}, said = null, settled_at = ${new Date(atMs)},
      settled_by = ${by}, version = version + 1 where id = ${id}`.execute(tx.db);
}
