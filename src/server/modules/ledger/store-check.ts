import { sql } from 'kysely';
import type { Tx } from '#server/db/pool.ts';
import type { StoredLine } from './line.ts';
import { lineColumns } from './store-log.ts';

/** A place in the log with whatever is still there of its line. */
export interface CheckedRow {
  seq: number;
  entryId: string;
  leaf: Buffer;
  line: StoredLine | null;
  salt: Buffer | null;
  body: unknown;
}

/** Places after `after`, in order, with line and words where they exist. */
export async function readForCheck(tx: Tx, tenant: string, after: number, limit: number): Promise<CheckedRow[]> {
  const { rows } = await sql<
    StoredLine & { seq: number; entryId: string; leaf: Buffer; salt: Buffer | null; body: unknown }
  >`
    select s.seq, s.entry_id as "entryId", s.leaf_hash as leaf, p.salt, p.body, ${lineColumns}
    from ledger_seq s
    left join ledger_entry e on e.id = s.entry_id
    left join ledger_private p on p.entry_id = s.entry_id
    where s.tenant = ${tenant} and s.seq > ${after}
    order by s.seq limit ${limit}`.execute(tx.db);
  return rows.map(({ seq, entryId, leaf, salt, body, ...line }) => ({
    seq,
    entryId,
    leaf,
    salt,
    body,
    line: (line.id as string | null) === null ? null : line,
  }));
}

/** The lengths the tables claim, all of one moment. */
export async function readLengths(
  tx: Tx,
  tenant: string,
): Promise<{ size: number; lastSeq: number; headSize: number; nodes: number; lost: string | null }> {
  const { rows } = await sql<{ size: number; lastSeq: number; headSize: number; nodes: number; lost: string | null }>`
    select coalesce((select size from ledger_state where tenant = ${tenant}), 0)::bigint as size,
           coalesce((select max(seq) from ledger_seq where tenant = ${tenant}), 0)::bigint as "lastSeq",
           coalesce((select max(size) from ledger_head where tenant = ${tenant}), 0)::bigint as "headSize",
           (select count(*) from ledger_node where tenant = ${tenant}) as nodes,
           (select e.id from ledger_entry e where e.tenant = ${tenant}
              and not exists (select from ledger_seq s where s.entry_id = e.id)
              and not exists (select from ledger_pending p where p.entry_id = e.id) limit 1) as lost`.execute(tx.db);
  return rows[0] ?? { size: 0, lastSeq: 0, headSize: 0, nodes: 0, lost: null };
}

/** Which of these the current role may do; empty for a role that can only add. */
export async function listForbiddenPowers(
  tx: Tx,
  tables: readonly string[],
): Promise<{ role: string; table: string; power: string }[]> {
  const { rows } = await sql<{ role: string; table: string; power: string }>`
    select current_user as role, t as "table", p as power
    from unnest(${[...tables]}::text[]) as t cross join unnest(array['UPDATE', 'DELETE', 'TRUNCATE']) as p
    where has_table_privilege(t, p) or (p = 'UPDATE' and has_any_column_privilege(t, p))
    order by 2, 3`.execute(tx.db);
  return rows;
}
