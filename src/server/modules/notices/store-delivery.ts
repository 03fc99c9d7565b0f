import { sql } from 'kysely';
import type { DeliveryChannel, DeliveryState } from '#contract/notices-words.ts';
import type { Tx } from '#server/db/pool.ts';

export interface DeliveryRow {
  id: string;
  entryId: string | null;
  kind: string;
  action: string;
  priority: number;
  subjectType: string;
  subjectId: string;
  facts: Record<string, unknown>;
  atMs: number;
  channel: DeliveryChannel;
  targetId: string;
  state: DeliveryState;
  tries: number;
  batchId: string | null;
}

export interface NewDelivery extends Omit<DeliveryRow, 'tries' | 'batchId'> {
  nextMs: number | null;
  createdMs: number;
  lastError: string | null;
}

/** Adds deliveries; one that exists for the same line, kind, channel and target stays as it is. */
export async function insertDeliveries(tx: Tx, rows: readonly NewDelivery[]): Promise<void> {
  if (rows.length === 0) return;
  await tx.db
    .insertInto('delivery')
    .values(
      rows.map((row) => ({
        id: row.id,
        entry_id: row.entryId,
        kind: row.kind,
        action: row.action,
        priority: row.priority,
        subject_type: row.subjectType,
        subject_id: row.subjectId,
        facts: JSON.stringify(row.facts),
        at: new Date(row.atMs),
        channel: row.channel,
        target_id: row.targetId,
        state: row.state,
        next_at: row.nextMs === null ? null : new Date(row.nextMs),
        last_error: row.lastError,
        created_at: new Date(row.createdMs),
      })),
    )
    .onConflict((on) => on.doNothing())
    .execute();
}

/**
 * Deliveries whose time has come on these channels, locked: most urgent first, of each target at most `perTarget`, all
 * together at most `limit`.
 */
export async function lockDue(
  tx: Tx,
  channels: readonly DeliveryChannel[],
  nowMs: number,
  { perTarget, limit }: { perTarget: number; limit: number },
): Promise<DeliveryRow[]> {
  const { rows } = await sql<Omit<DeliveryRow, 'atMs'> & { at: Date }>`
    select id, entry_id as "entryId", kind, action, priority, subject_type as "subjectType", subject_id as "subjectId",
      facts, at, channel, target_id as "targetId", state, tries, batch_id as "batchId"
    from delivery
    where id in (
        select d.id from (
          select id, row_number() over (partition by channel, target_id order by priority, next_at, id) as place, priority, next_at
          from delivery where state in ('waiting', 'failed') and next_at <= ${new Date(nowMs)} and channel = any (${[...channels]}::text[])
        ) d where d.place <= ${perTarget} order by d.priority, d.next_at, d.id limit ${limit})
      and state in ('waiting', 'failed') and next_at <= ${new Date(nowMs)}
    order by priority, next_at, id
    for update skip locked`.execute(tx.db);
  return rows.map(({ at, ...row }) => ({ ...row, atMs: at.getTime() }));
}

/** They are being sent: another process may take them up again at `leaseMs`, should this one die. */
export async function lease(tx: Tx, ids: readonly string[], batchId: string, leaseMs: number): Promise<void> {
  await tx.db
    .updateTable('delivery')
    .set((eb) => ({ tries: eb('tries', '+', 1), batch_id: batchId, next_at: new Date(leaseMs) }))
    .where('id', 'in', [...ids])
    .execute();
}

export async function postpone(tx: Tx, ids: readonly string[], untilMs: number): Promise<void> {
  await tx.db
    .updateTable('delivery')
    .set({ next_at: new Date(untilMs) })
    .where('id', 'in', [...ids])
    .execute();
}

export interface Outcome {
  state: DeliveryState;
  nextMs: number | null;
  lastError: string | null;
  sentMs: number | null;
}

export async function settle(tx: Tx, ids: readonly string[], outcome: Outcome): Promise<void> {
  await tx.db
    .updateTable('delivery')
    .set({
      state: outcome.state,
      next_at: outcome.nextMs === null ? null : new Date(outcome.nextMs),
      last_error: outcome.lastError,
      sent_at: outcome.sentMs === null ? null : new Date(outcome.sentMs),
    })
    .where('id', 'in', [...ids])
    .execute();
}

/** What was given up or held back waits again, with new patience. Returns how many. */
export async function wakeDeliveries(
  tx: Tx,
  which: { ids: readonly string[] } | { targetId: string },
  nowMs: number,
): Promise<number> {
  const query = tx.db
    .updateTable('delivery')
    .set({ state: 'waiting', tries: 0, next_at: new Date(nowMs), last_error: null })
    .where('state', 'in', ['dead', 'failed', 'suppressed', 'waiting']);
  const found =
    'ids' in which
      ? await query.where('id', 'in', [...which.ids]).executeTakeFirst()
      : await query.where('target_id', '=', which.targetId).executeTakeFirst();
  return Number(found.numUpdatedRows);
}

/** What waits for a target that is no longer there will not be sent. */
export async function suppressFor(tx: Tx, targetId: string, reason: string): Promise<void> {
  await tx.db
    .updateTable('delivery')
    .set({ state: 'suppressed', next_at: null, last_error: reason })
    .where('target_id', '=', targetId)
    .where('state', 'in', ['waiting', 'failed'])
    .execute();
}

export interface QueueRow extends Omit<DeliveryRow, 'entryId' | 'batchId'> {
  target: string;
  nextAt: Date | null;
  lastError: string | null;
  createdAt: Date;
  sentAt: Date | null;
}

export interface QueueFilter {
  before: string | undefined;
  states: readonly DeliveryState[] | undefined;
  channel: DeliveryChannel | undefined;
  target: string | undefined;
  limit: number;
}

/** The queue, newest first, with the name of each target (a login for people). */
export async function listQueue(tx: Tx, filter: QueueFilter): Promise<QueueRow[]> {
  const conditions = [sql`true`];
  if (filter.before !== undefined) conditions.push(sql`d.id < ${filter.before}`);
  if (filter.states !== undefined) conditions.push(sql`d.state = any (${[...filter.states]}::text[])`);
  if (filter.channel !== undefined) conditions.push(sql`d.channel = ${filter.channel}`);
  if (filter.target !== undefined) conditions.push(sql`d.target_id = ${filter.target}`);
  const { rows } = await sql<Omit<QueueRow, 'atMs'> & { at: Date }>`
    select d.id, d.kind, d.action, d.priority, d.subject_type as "subjectType", d.subject_id as "subjectId", d.facts, d.at,
      d.channel, d.target_id as "targetId", d.state, d.tries, d.next_at as "nextAt", d.last_error as "lastError",
      d.created_at as "createdAt", d.sent_at as "sentAt",
      coalesce(c.name, e.name, a.login, '') as target
    from delivery d
    left join notice_channel c on c.id = d.target_id
    left join webhook_endpoint e on e.id = d.target_id
    left join account a on a.id = d.target_id
    where ${sql.join(conditions, sql` and `)}
    order by d.id desc limit ${filter.limit}`.execute(tx.db);
  return rows.map(({ at, ...row }) => ({ ...row, atMs: at.getTime() }));
}

export async function countStates(tx: Tx): Promise<{ state: DeliveryState; count: number }[]> {
  const { rows } = await sql<{ state: DeliveryState; count: number }>`
    select state, count(*) as count from delivery group by state`.execute(tx.db);
  return rows;
}

export interface StoredBucket {
  tokens: number;
  atMs: number;
}

/** The bucket of a target, locked; a new one is full. */
export async function lockBucket(tx: Tx, targetId: string, full: StoredBucket): Promise<StoredBucket> {
  const { rows } = await sql<{ tokens: number; at: Date }>`
    insert into notice_bucket (target_id, tokens, at) values (${targetId}, ${full.tokens}, ${new Date(full.atMs)})
    on conflict (target_id) do update set tokens = notice_bucket.tokens returning tokens, at`.execute(tx.db);
  const [row] = rows;
  return row === undefined ? full : { tokens: row.tokens, atMs: row.at.getTime() };
}

export async function saveBucket(tx: Tx, targetId: string, bucket: StoredBucket): Promise<void> {
  await tx.db
    .updateTable('notice_bucket')
    .set({ tokens: bucket.tokens, at: new Date(bucket.atMs) })
    .where('target_id', '=', targetId)
    .execute();
}
