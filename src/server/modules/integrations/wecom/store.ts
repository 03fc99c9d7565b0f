import { sql } from 'kysely';
import type { Tx } from '#server/db/pool.ts';
import type { Fault } from './callback.ts';

export interface Letter {
  id: string;
  groupId: string;
  messageId: string;
  body: Buffer;
  tries: number;
  receivedAt: Date;
}

export interface BridgeState {
  groupId: string;
  verifiedAt: Date | null;
  lastAt: Date | null;
  lastFault: Fault | '';
  lastFaultAt: Date | null;
  /** Messages that came and could not be read yet. */
  waiting: number;
}

/** False when this message is kept already. */
export async function keepLetter(
  tx: Tx,
  made: { id: string; groupId: string; messageId: string; body: Buffer; at: Date },
): Promise<boolean> {
  const { id, groupId, messageId, body, at } = made;
  const { rows } = await sql`insert into wecom_letter (id, group_id, message_id, body, received_at, next_at)
    values (${id}, ${groupId}, ${messageId}, ${body}, ${at}, ${at})
    on conflict (group_id, message_id) do nothing returning id`.execute(tx.db);
  return rows.length > 0;
}

/** Due letters, oldest first; put off at once, so that a crash while reading tries again later. */
export async function takeLetters(tx: Tx, at: Date, putOffTo: Date, limit: number): Promise<Letter[]> {
  const { rows } = await sql<Letter>`
    with due as (select id from wecom_letter where done_at is null and next_at <= ${at}
      order by next_at, id limit ${limit} for update skip locked)
    update wecom_letter l set next_at = ${putOffTo}, tries = tries + 1 from due where l.id = due.id
    returning l.id, l.group_id as "groupId", l.message_id as "messageId", l.body, l.tries, l.received_at as "receivedAt"`.execute(
    tx.db,
  );
  return rows.toSorted((a, b) => a.receivedAt.getTime() - b.receivedAt.getTime());
}

export async function putOff(tx: Tx, id: string, nextAt: Date): Promise<void> {
  await sql`update wecom_letter set next_at = ${nextAt} where id = ${id}`.execute(tx.db);
}

/** Read: nothing of it is kept but that it came. */
export async function settleLetter(tx: Tx, id: string, at: Date): Promise<void> {
  await sql`update wecom_letter set done_at = ${at}, body = null where id = ${id}`.execute(tx.db);
}

export async function forgetLetters(tx: Tx, before: Date): Promise<void> {
  await sql`delete from wecom_letter where done_at < ${before}`.execute(tx.db);
}

export async function noteVerified(tx: Tx, groupId: string, at: Date): Promise<void> {
  await sql`insert into wecom_state (group_id, verified_at) values (${groupId}, ${at})
    on conflict (group_id) do update set verified_at = excluded.verified_at, last_fault = '', last_fault_at = null`.execute(
    tx.db,
  );
}

/** A message came, so all is well. */
export async function noteMessage(tx: Tx, groupId: string, at: Date): Promise<void> {
  await sql`insert into wecom_state (group_id, last_at) values (${groupId}, ${at})
    on conflict (group_id) do update set last_at = excluded.last_at, last_fault = '', last_fault_at = null`.execute(
    tx.db,
  );
}

/** At most once in ten seconds, so that somebody who knocks without end writes little. */
export async function noteFault(tx: Tx, groupId: string, fault: Fault, at: Date): Promise<void> {
  await sql`insert into wecom_state (group_id, last_fault, last_fault_at) values (${groupId}, ${fault}, ${at})
    on conflict (group_id) do update set last_fault = excluded.last_fault, last_fault_at = excluded.last_fault_at
    where wecom_state.last_fault_at is null or wecom_state.last_fault_at < ${new Date(at.getTime() - 10_000)}`.execute(
    tx.db,
  );
}

export async function listStates(tx: Tx, groupIds: readonly string[]): Promise<BridgeState[]> {
  const { rows } = await sql<BridgeState>`
    select group_id as "groupId", verified_at as "verifiedAt", last_at as "lastAt", last_fault as "lastFault",
      last_fault_at as "lastFaultAt", (select count(*)::int from wecom_letter l where l.group_id = s.group_id and l.done_at is null) as waiting
    from wecom_state s where group_id = any(${[...groupIds]}::uuid[])`.execute(tx.db);
  return rows;
}
