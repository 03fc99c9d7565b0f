import { sql } from 'kysely';
import type { Tx } from '#server/db/pool.ts';
import { toIso } from '#kit/clock.ts';
import type { SignedHead } from './signer.ts';

interface HeadRow {
  tenant: string;
  size: number;
  root: Buffer;
  at: Date;
  keyId: string;
  signature: Buffer;
}

const columns = sql.raw<unknown>('tenant, size, root, at, key_id as "keyId", signature');

function toHead(row: HeadRow): SignedHead {
  return {
    ...row,
    root: row.root.toString('hex'),
    at: toIso(row.at.getTime()),
    signature: row.signature.toString('hex'),
  };
}

/** Two processes may sign the same size: the first stays. */
export async function insertHead(tx: Tx, head: SignedHead): Promise<void> {
  await sql`
    insert into ledger_head (tenant, size, root, at, key_id, signature)
    values (${head.tenant}, ${head.size}, ${Buffer.from(head.root, 'hex')}, ${head.at}, ${head.keyId}, ${Buffer.from(head.signature, 'hex')})
    on conflict do nothing`.execute(tx.db);
}

/** The signed head of the greatest size. */
export async function findLatestHead(tx: Tx, tenant: string): Promise<SignedHead | undefined> {
  const { rows } = await sql<HeadRow>`
    select ${columns} from ledger_head where tenant = ${tenant} order by size desc limit 1`.execute(tx.db);
  return rows[0] && toHead(rows[0]);
}

/** Signed heads with from ≤ size ≤ to, smallest first; about `most` of them, evenly chosen, when there are more. */
export async function listHeads(tx: Tx, tenant: string, from: number, to: number, most: number): Promise<SignedHead[]> {
  const { rows } = await sql<HeadRow>`
    with chosen as (
      select *, row_number() over (order by size desc) as n, count(*) over () as total
      from ledger_head where tenant = ${tenant} and size between ${from} and ${to}
    )
    select ${columns} from chosen where (n - 1) % greatest(1, ceil(total::numeric / ${most})::bigint) = 0 order by size`.execute(
    tx.db,
  );
  return rows.map(toHead);
}

export interface StoredKey {
  keyId: string;
  publicKey: Buffer;
  since: Date;
}

/** Makes a public key known for ever. */
export async function insertKey(tx: Tx, tenant: string, key: StoredKey): Promise<void> {
  await sql`
    insert into ledger_key (tenant, key_id, public_key, since)
    values (${tenant}, ${key.keyId}, ${key.publicKey}, ${key.since}) on conflict do nothing`.execute(tx.db);
}

/** Newest first. */
export async function listKeys(tx: Tx, tenant: string): Promise<StoredKey[]> {
  const { rows } = await sql<StoredKey>`
    select key_id as "keyId", public_key as "publicKey", since from ledger_key
    where tenant = ${tenant} order by since desc, key_id`.execute(tx.db);
  return rows;
}
