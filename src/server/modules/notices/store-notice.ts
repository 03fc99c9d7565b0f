import { sql } from 'kysely';
import type { NoticeFacts, NoticeKind } from '#contract/notices-words.ts';
import type { Tx } from '#server/db/pool.ts';

/** The place in the ledger up to which notices were made; locked until the end of the transaction, undefined while another process holds it. */
export async function lockCursor(tx: Tx, tenant: string): Promise<{ seq: number; sinceMs: number } | undefined> {
  const row = await tx.db
    .selectFrom('notice_cursor')
    .select(['seq', 'since'])
    .where('tenant', '=', tenant)
    .forUpdate()
    .skipLocked()
    .executeTakeFirst();
  return row === undefined ? undefined : { seq: row.seq, sinceMs: row.since.getTime() };
}

/** Begins at `seq` if nothing was read yet: what lies before is history. */
export async function beginCursor(tx: Tx, tenant: string, seq: number, nowMs: number): Promise<void> {
  await tx.db
    .insertInto('notice_cursor')
    .values({ tenant, seq, since: new Date(nowMs) })
    .onConflict((on) => on.doNothing())
    .execute();
}

export async function moveCursor(tx: Tx, tenant: string, seq: number): Promise<void> {
  await tx.db.updateTable('notice_cursor').set({ seq }).where('tenant', '=', tenant).execute();
}

export interface NoticeRow {
  id: string;
  entryId: string;
  accountId: string;
  kind: NoticeKind;
  action: string;
  priority: number;
  district: string;
  subjectType: string;
  subjectId: string;
  facts: NoticeFacts;
  createdMs: number;
}

/** Adds notices; one that exists for the same line, account and kind stays as it is. */
export async function insertNotices(tx: Tx, rows: readonly NoticeRow[]): Promise<void> {
  if (rows.length === 0) return;
  await tx.db
    .insertInto('notice')
    .values(
      rows.map((row) => ({
        id: row.id,
        entry_id: row.entryId,
        account_id: row.accountId,
        kind: row.kind,
        action: row.action,
        priority: row.priority,
        district: row.district,
        subject_type: row.subjectType,
        subject_id: row.subjectId,
        facts: JSON.stringify(row.facts),
        created_at: new Date(row.createdMs),
      })),
    )
    .onConflict((on) => on.doNothing())
    .execute();
}

export interface InboxRow {
  id: string;
  kind: NoticeKind;
  action: string;
  priority: number;
  subjectType: string;
  subjectId: string;
  facts: NoticeFacts;
  createdAt: Date;
  readAt: Date | null;
}

/** Notices of one account, newest first, before the id `before`. */
export async function listInbox(
  tx: Tx,
  accountId: string,
  filter: { before: string | undefined; unread: boolean; limit: number },
): Promise<InboxRow[]> {
  let query = tx.db
    .selectFrom('notice')
    .select([
      'id',
      'kind',
      'action',
      'priority',
      'subject_type as subjectType',
      'subject_id as subjectId',
      'facts',
      'created_at as createdAt',
      'read_at as readAt',
    ])
    .where('account_id', '=', accountId)
    .orderBy('id', 'desc')
    .limit(filter.limit);
  if (filter.before !== undefined) query = query.where('id', '<', filter.before);
  if (filter.unread) query = query.where('read_at', 'is', null);
  return (await query.execute()) as InboxRow[];
}

export async function countUnread(tx: Tx, accountId: string): Promise<{ count: number; urgent: number }> {
  const { rows } = await sql<{ count: number; urgent: number }>`
    select count(*) as count, count(*) filter (where priority <= 1) as urgent
    from notice where account_id = ${accountId} and read_at is null`.execute(tx.db);
  return rows[0] ?? { count: 0, urgent: 0 };
}

/** Marks the named notices, or all made until `untilMs`, as read. */
export async function markRead(
  tx: Tx,
  accountId: string,
  which: { ids: readonly string[] } | { untilMs: number },
  nowMs: number,
): Promise<void> {
  const query = tx.db
    .updateTable('notice')
    .set({ read_at: new Date(nowMs) })
    .where('account_id', '=', accountId)
    .where('read_at', 'is', null);
  if ('untilMs' in which) await query.where('created_at', '<=', new Date(which.untilMs)).execute();
  else if (which.ids.length > 0) await query.where('id', 'in', [...which.ids]).execute();
}

/** Forgets notices and ended deliveries older than `beforeMs`; dead letters stay until `deadBeforeMs`. */
export async function forgetOld(tx: Tx, beforeMs: number, deadBeforeMs: number): Promise<void> {
  await tx.db.deleteFrom('notice').where('created_at', '<', new Date(beforeMs)).execute();
  await tx.db
    .deleteFrom('delivery')
    .where('created_at', '<', new Date(beforeMs))
    .where('state', 'in', ['sent', 'suppressed'])
    .execute();
  await tx.db
    .deleteFrom('delivery')
    .where('created_at', '<', new Date(deadBeforeMs))
    .where('state', '=', 'dead')
    .execute();
}
