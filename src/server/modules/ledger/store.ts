import { sql } from 'kysely';
import type { Tx } from '#server/db/pool.ts';
import type { LedgerLine } from './append.ts';

/** One round trip: the line, its words, and its place in the sequencer's queue. */
export async function insertEntry(
  tx: Tx,
  entry: { id: string; tenant: string; line: LedgerLine; salt: Buffer | null; body: Record<string, unknown> | null; digest: Buffer | null },
): Promise<void> {
  const { line } = entry;
  await sql`
    with line as (
      insert into ledger_entry (id, tenant, district, at, actor_kind, actor_id, actor_unit_id, action, subject_type, subject_id, data, private_digest, audience, op_id)
      values (${entry.id}, ${entry.tenant}, ${line.district}, ${new Date(line.atMs)}, ${line.actor.kind}, ${line.actor.accountId}, ${line.actor.unitId ?? null},
              ${line.action}, ${line.subject.type}, ${line.subject.id}, ${JSON.stringify(line.data ?? {})}::jsonb, ${entry.digest},
              ${[...(line.audience ?? [])]}::text[], ${line.opId ?? null})
    ), words as (
      insert into ledger_private (entry_id, salt, body)
      select ${entry.id}::uuid, ${entry.salt}::bytea, ${entry.body === null ? null : JSON.stringify(entry.body)}::jsonb where ${entry.body !== null}::boolean
    )
    insert into ledger_pending (entry_id, tenant) values (${entry.id}, ${entry.tenant})`.execute(tx.db);
}

export async function findOp(tx: Tx, opId: string): Promise<{ actor: string; route: string; requestHash: Buffer; response: unknown } | undefined> {
  const row = await tx.db
    .selectFrom('op')
    .select(['actor', 'route', 'request_hash as requestHash', 'response'])
    .where('op_id', '=', opId)
    .executeTakeFirst();
  return row;
}

export async function insertOp(
  tx: Tx,
  op: { opId: string; actor: string; route: string; requestHash: Buffer; response: unknown },
): Promise<void> {
  await sql`insert into op (op_id, actor, route, request_hash, response)
    values (${op.opId}, ${op.actor}, ${op.route}, ${op.requestHash}, ${JSON.stringify(op.response)}::jsonb)`.execute(tx.db);
}
