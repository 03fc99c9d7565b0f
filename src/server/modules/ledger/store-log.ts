import { sql } from 'kysely';
import type pg from 'pg';
import type { GetSubtree } from '#engine/merkle/proofs.ts';
import type { NodeId } from '#engine/merkle/ranges.ts';
import type { MerkleNode } from '#engine/merkle/frontier.ts';
import type { Tx } from '#server/db/pool.ts';
import { toNews, type LedgerNews, type StoredLine } from './line.ts';

const lockSpace = 8141; // any constant: the first half of the advisory lock's name

export const lineColumns = sql.raw<unknown>(`e.id, e.tenant, e.district, e.at, e.actor_kind as "actorKind",
  e.actor_id as "actorId", e.actor_unit_id as "actorUnitId", e.action, e.subject_type as "subjectType",
  e.subject_id as "subjectId", e.data, e.private_digest as "privateDigest", e.audience, e.op_id as "opId"`);

/** The log's row, once for every tenant. */
export async function ensureState(tx: Tx, tenant: string): Promise<void> {
  await sql`insert into ledger_state (tenant) values (${tenant}) on conflict do nothing`.execute(tx.db);
}

/** Is anything waiting, and how far is the log? One round trip, no transaction: asked several times a second. */
export async function readPulse(pool: pg.Pool, tenant: string): Promise<{ waiting: boolean; size: number }> {
  const { rows } = await pool.query<{ waiting: boolean; size: number }>(
    `select exists (select from ledger_pending where tenant = $1) as waiting,
            coalesce((select size from ledger_state where tenant = $1), 0)::bigint as size`,
    [tenant],
  );
  return rows[0] ?? { waiting: false, size: 0 };
}

/** Number of sequenced lines. */
export async function readSize(tx: Tx, tenant: string): Promise<number> {
  const row = await tx.db.selectFrom('ledger_state').select('size').where('tenant', '=', tenant).executeTakeFirst();
  return row?.size ?? 0;
}

/** True for one process at a time, until the end of its transaction. Does not wait. */
export async function tryLockLog(tx: Tx, tenant: string): Promise<boolean> {
  const { rows } = await sql<{ got: boolean }>`
    select pg_try_advisory_xact_lock(${lockSpace}, hashtext(${tenant})) as got`.execute(tx.db);
  return rows[0]?.got === true;
}

/** The size of the log, and the committed lines that wait for a number, lowest id first. Needs the lock. */
export async function readWaiting(
  tx: Tx,
  tenant: string,
  limit: number,
): Promise<{ size: number; lines: StoredLine[] }> {
  const { rows } = await sql<StoredLine & { size: number }>`
    select s.size, ${lineColumns}
    from ledger_state s
    cross join lateral (
      select entry_id from ledger_pending where tenant = s.tenant order by entry_id limit ${limit}
    ) p
    join ledger_entry e on e.id = p.entry_id
    where s.tenant = ${tenant}
    order by e.id`.execute(tx.db);
  return { size: rows[0]?.size ?? 0, lines: rows };
}

export interface Batch {
  tenant: string;
  /** Size of the log before it. */
  size: number;
  lines: readonly { entryId: string; leaf: Uint8Array }[];
  /** Subtrees of level ≥ 1 that became complete. */
  nodes: readonly MerkleNode[];
}

/**
 * Gives the lines their numbers, stores what became complete, empties the queue: one statement.
 * @throws Error when the log is not as long as expected or a line was no longer waiting; nothing is kept then.
 */
export async function writeBatch(tx: Tx, { tenant, size, lines, nodes }: Batch): Promise<void> {
  const ids = lines.map((line) => line.entryId);
  const after = size + lines.length;
  const { rows } = await sql<{ gone: number; size: number | null }>`
    with numbered as (
      insert into ledger_seq (tenant, seq, entry_id, leaf_hash)
      select ${tenant}, n.seq, n.entry_id, n.leaf
      from unnest(${lines.map((_, i) => size + i + 1)}::bigint[], ${ids}::uuid[],
                  ${lines.map((line) => Buffer.from(line.leaf))}::bytea[]) as n (seq, entry_id, leaf)
    ), grown as (
      insert into ledger_node (tenant, level, idx, hash)
      select ${tenant}, n.level, n.idx, n.hash
      from unnest(${nodes.map((n) => n.level)}::smallint[], ${nodes.map((n) => n.index)}::bigint[],
                  ${nodes.map((n) => Buffer.from(n.hash))}::bytea[]) as n (level, idx, hash)
    ), gone as (
      delete from ledger_pending where entry_id = any(${ids}::uuid[]) returning entry_id
    ), state as (
      update ledger_state set size = ${after} where tenant = ${tenant} and size = ${size} returning size
    )
    select (select count(*) from gone) as gone, (select size from state) as size`.execute(tx.db);
  const [row] = rows;
  if (row?.size !== after || row.gone !== lines.length) {
    throw new Error(
      `The ledger's cursor does not fit: expected size ${size} and ${lines.length} waiting lines, found ${row?.gone ?? 0} of them and ${row?.size === after ? 'the size' : 'another size'}. The batch was undone.`,
    );
  }
}

/** Fetches complete subtrees with one query; the answer serves the engine. A hole is found by the engine. */
export async function readSubtrees(tx: Tx, tenant: string, wanted: readonly NodeId[]): Promise<GetSubtree> {
  const { rows } = await sql<{ level: number; idx: number; hash: Buffer | null }>`
    select n.level, n.idx, coalesce(s.leaf_hash, k.hash) as hash
    from unnest(${wanted.map((n) => n.level)}::smallint[], ${wanted.map((n) => n.index)}::bigint[]) as n (level, idx)
    left join ledger_seq s on n.level = 0 and s.tenant = ${tenant} and s.seq = n.idx + 1
    left join ledger_node k on n.level > 0 and k.tenant = ${tenant} and k.level = n.level and k.idx = n.idx`.execute(
    tx.db,
  );
  const found = new Map(rows.map((row) => [`${row.level}/${row.idx}`, row.hash]));
  // An empty hash is what the engine reports as a hole, with its place.
  return (level, index) => found.get(`${level}/${index}`) ?? new Uint8Array(0);
}

/** Sequenced lines after `after`, in order and without gaps. */
export async function readNews(tx: Tx, tenant: string, after: number, limit: number): Promise<LedgerNews[]> {
  return (await readLines(tx, tenant, after, limit)).map(({ seq, line }) => toNews(seq, line));
}

export interface SequencedLine {
  seq: number;
  leaf: Buffer;
  line: StoredLine;
}

/** As `readNews`, whole. */
export async function readLines(tx: Tx, tenant: string, after: number, limit: number): Promise<SequencedLine[]> {
  const { rows } = await sql<StoredLine & { seq: number; leaf: Buffer }>`
    select s.seq, s.leaf_hash as leaf, ${lineColumns}
    from ledger_seq s join ledger_entry e on e.id = s.entry_id
    where s.tenant = ${tenant} and s.seq > ${after}
    order by s.seq limit ${limit}`.execute(tx.db);
  return rows.map(({ seq, leaf, ...line }) => ({ seq, leaf, line }));
}

export interface Place {
  seq: number;
  entryId: string;
  leaf: Buffer;
}

/** Where a line stands in the log. */
export async function findPlace(
  tx: Tx,
  tenant: string,
  line: { entryId: string } | { seq: number },
): Promise<Place | undefined> {
  const query = tx.db
    .selectFrom('ledger_seq')
    .select(['seq', 'entry_id as entryId', 'leaf_hash as leaf'])
    .where('tenant', '=', tenant);
  const named = 'seq' in line ? query.where('seq', '=', line.seq) : query.where('entry_id', '=', line.entryId);
  return named.executeTakeFirst();
}
