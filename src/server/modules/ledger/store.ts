import { sql } from 'kysely';
import { keptMark, laterMark } from '#server/db/pipeline.ts';
import type { Tx } from '#server/db/pool.ts';
import type { LedgerLine } from './append.ts';

interface NewEntry {
  id: string;
  tenant: string;
  line: LedgerLine;
  salt: Buffer | null;
  body: Record<string, unknown> | null;
  digest: Buffer | null;
}

const kept = sql.raw(keptMark);
const keptLater = sql.raw(`${keptMark}${laterMark}`);

/** The line, its words, and its place in the sequencer's queue: one statement, sent with the one that follows. */
export async function insertEntry(tx: Tx, { id, tenant, line, salt, body, digest }: NewEntry): Promise<void> {
  await sql`${keptLater}
    with line as (
      insert into ledger_entry (id, tenant, district, at, actor_kind, actor_id, actor_unit_id, action, subject_type,
                                subject_id, data, private_digest, audience, op_id)
      values (${id}, ${tenant}, ${line.district}, ${new Date(line.atMs)}, ${line.actor.kind}, ${line.actor.accountId},
              ${line.actor.unitId ?? null}, ${line.action}, ${line.subject.type}, ${line.subject.id},
              ${JSON.stringify(line.data ?? {})}::jsonb, ${digest}, ${[...(line.audience ?? [])]}::text[], ${line.opId ?? null})
    ), words as (
      insert into ledger_private (entry_id, salt, body)
      select ${id}::uuid, ${salt}::bytea, ${body === null ? null : JSON.stringify(body)}::jsonb where ${body !== null}::boolean
    )
    insert into ledger_pending (entry_id, tenant) values (${id}, ${tenant})`.execute(tx.db);
}

export interface StoredOp {
  actor: string;
  route: string;
  requestHash: Buffer;
  response: unknown;
}

/** True for the first; false when the id is taken (waits for whoever is just using it). */
export async function claimOp(
  tx: Tx,
  op: { opId: string; actor: string; route: string; requestHash: Buffer },
): Promise<boolean> {
  const done = await sql`${kept}
    insert into op (op_id, actor, route, request_hash, response)
    values (${op.opId}, ${op.actor}, ${op.route}, ${op.requestHash}, 'null'::jsonb)
    on conflict (op_id) do nothing`.execute(tx.db);
  return done.numAffectedRows === 1n;
}

export async function findOp(tx: Tx, opId: string): Promise<StoredOp | undefined> {
  return tx.db
    .selectFrom('op')
    .select(['actor', 'route', 'request_hash as requestHash', 'response'])
    .where('op_id', '=', opId)
    .executeTakeFirst();
}

/** `answer` is JSON text; the claim and its answer become visible together. */
export async function saveAnswer(tx: Tx, opId: string, answer: string): Promise<void> {
  await sql`${keptLater} update op set response = ${answer}::jsonb where op_id = ${opId}`.execute(tx.db);
}
