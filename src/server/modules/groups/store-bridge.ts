/** Groups on other platforms: how they are named there, and what is still to be said there. */
import { sql } from 'kysely';
import type { Tx } from '#server/db/pool.ts';

export interface BridgeRow {
  groupId: string;
  kind: 'wecom';
  target: string;
  /** Sealed JSON object of texts. */
  secrets: Buffer;
  enabled: boolean;
  version: number;
  lastAt: Date | null;
  lastError: string;
}

const columns = sql`b.group_id as "groupId", b.kind, b.target, b.secrets, b.enabled, b.version, b.last_at as "lastAt", b.last_error as "lastError"`;

export async function findBridge(
  tx: Tx,
  wanted: { groupId: string } | { kind: 'wecom'; target: string },
): Promise<BridgeRow | undefined> {
  const which =
    'groupId' in wanted
      ? sql`b.group_id = ${wanted.groupId}`
      : sql`b.kind = ${wanted.kind} and b.target = ${wanted.target}`;
  const { rows } = await sql<BridgeRow>`select ${columns} from group_bridge b where ${which}`.execute(tx.db);
  return rows[0];
}

export async function saveBridge(
  tx: Tx,
  made: { groupId: string; kind: 'wecom'; target: string; secrets: Buffer; enabled: boolean; at: Date },
): Promise<void> {
  await sql`insert into group_bridge (group_id, kind, target, secrets, enabled, created_at, updated_at)
    values (${made.groupId}, ${made.kind}, ${made.target}, ${made.secrets}, ${made.enabled}, ${made.at}, ${made.at})
    on conflict (group_id) do update set kind = excluded.kind, target = excluded.target, secrets = excluded.secrets, enabled = excluded.enabled,
      updated_at = excluded.updated_at, version = group_bridge.version + 1`.execute(tx.db);
}

/** Something came over it; within an act that has a ledger line. */
export async function noteBridge(tx: Tx, groupId: string, at: Date): Promise<void> {
  await sql`update group_bridge set last_at = ${at}, last_error = '' where group_id = ${groupId}`.execute(tx.db);
}

/** Queued for those of the groups that have a bridge in use. */
export async function queueOutgoing(
  tx: Tx,
  groupIds: readonly string[],
  made: { text: string; at: Date; idOf: () => string },
): Promise<void> {
  const { rows } = await sql<{
    groupId: string;
  }>`select group_id as "groupId" from group_bridge where enabled and group_id = any(${[...groupIds]}::uuid[])`.execute(
    tx.db,
  );
  if (rows.length === 0) return;
  await tx.db
    .insertInto('group_outgoing')
    .values(
      rows.map(({ groupId }) => ({
        id: made.idOf(),
        group_id: groupId,
        text: made.text,
        created_at: made.at,
        next_at: made.at,
      })),
    )
    .execute();
}

export interface DueOutgoing extends BridgeRow {
  id: string;
  text: string;
  tries: number;
}

/** Due ones, held for this transaction, oldest first; put off at once, so that a crash while sending tries again later. */
export async function takeDue(tx: Tx, at: Date, putOffTo: Date, limit: number): Promise<DueOutgoing[]> {
  const { rows } = await sql<DueOutgoing>`
    with due as (select id from group_outgoing where sent_at is null and failed_at is null and next_at <= ${at} order by next_at, id limit ${limit} for update skip locked),
    put_off as (update group_outgoing o set next_at = ${putOffTo}, tries = tries + 1 from due where o.id = due.id returning o.id, o.group_id, o.text, o.tries)
    select p.id, p.text, p.tries, ${columns} from put_off p join group_bridge b on b.group_id = p.group_id where b.enabled`.execute(
    tx.db,
  );
  return rows;
}

export async function saveOutgoing(
  tx: Tx,
  id: string,
  outcome: { sentAt?: Date; nextAt?: Date; failedAt?: Date; error?: string },
): Promise<void> {
  await tx.db
    .updateTable('group_outgoing')
    .set({
      ...(outcome.sentAt === undefined ? {} : { sent_at: outcome.sentAt }),
      ...(outcome.nextAt === undefined ? {} : { next_at: outcome.nextAt }),
      ...(outcome.failedAt === undefined ? {} : { failed_at: outcome.failedAt }),
      error: outcome.error ?? '',
    })
    .where('id', '=', id)
    .execute();
}
