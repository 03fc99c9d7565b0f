/** What is said in groups. */
import { sql } from 'kysely';
import type { EventStatus } from '#contract/events-words.ts';
import type { messageKinds } from '#contract/groups-views.ts';
import type { Tx } from '#server/db/pool.ts';

export interface MessageRow {
  id: string;
  groupId: string;
  kind: (typeof messageKinds)[number];
  memberId: string | null;
  accountId: string | null;
  /** Sealed: of the member, or of the author on another platform. */
  memberName: Buffer | null;
  outsideName: Buffer | null;
  text: string;
  pollId: string | null;
  aboutId: string | null;
  at: Date;
  settledAt: Date | null;
  hiddenAt: Date | null;
  hiddenReason: string;
  erasedAt: Date | null;
  eventId: string | null;
  eventNumber: string | null;
  eventStatus: EventStatus | null;
  receipt: Buffer | null;
}

const columns = sql`m.id, m.group_id as "groupId", m.kind, m.member_id as "memberId", m.account_id as "accountId", b.name as "memberName",
  m.outside_name as "outsideName", m.text, m.poll_id as "pollId", m.about_id as "aboutId", m.at, m.settled_at as "settledAt", m.hidden_at as "hiddenAt",
  m.hidden_reason as "hiddenReason", m.erased_at as "erasedAt", m.event_id as "eventId", m.event_number as "eventNumber", m.event_status as "eventStatus", m.receipt`;
const source = sql`group_message m left join group_member b on b.id = m.member_id`;

/** A page in the order it was said, of all or of what was said under a poll; `more` is true when older ones exist. @param before id of the oldest one shown */
export async function listMessages(
  tx: Tx,
  groupId: string,
  page: { before: string | null; limit: number; poll?: string | undefined },
): Promise<{ rows: MessageRow[]; more: boolean }> {
  const { before, limit, poll } = page;
  const { rows } = await sql<MessageRow>`select ${columns} from ${source} where m.group_id = ${groupId}
    ${poll === undefined ? sql`` : sql`and m.poll_id = ${poll}`}
    ${before === null ? sql`` : sql`and (m.at, m.id) < (select at, id from group_message where id = ${before} and group_id = ${groupId})`}
    order by m.at desc, m.id desc limit ${limit + 1}`.execute(tx.db);
  return { rows: rows.slice(0, limit).toReversed(), more: rows.length > limit };
}

export async function findMessage(tx: Tx, groupId: string, id: string): Promise<MessageRow | undefined> {
  const { rows } =
    await sql<MessageRow>`select ${columns} from ${source} where m.group_id = ${groupId} and m.id = ${id}`.execute(
      tx.db,
    );
  return rows[0];
}

/** Holds the message until the transaction ends. */
export async function lockMessage(tx: Tx, groupId: string, id: string): Promise<MessageRow | undefined> {
  await sql`select 1 from group_message where group_id = ${groupId} and id = ${id} for update`.execute(tx.db);
  return findMessage(tx, groupId, id);
}

export interface NewMessage {
  id: string;
  groupId: string;
  district: string;
  kind: MessageRow['kind'];
  memberId?: string | null;
  accountId?: string | null;
  outsideName?: Buffer | null;
  outsideKey?: Buffer | null;
  text: string;
  pollId?: string | null;
  aboutId?: string | null;
  sourceRef?: string | null;
  at: Date;
}

/** False when a message of this source reference is there already. */
export async function insertMessage(tx: Tx, made: NewMessage): Promise<boolean> {
  const { rows } = await sql<{ id: string }>`
    insert into group_message (id, group_id, district, kind, member_id, account_id, outside_name, outside_key, text, poll_id, about_id, source_ref, at)
    values (${made.id}, ${made.groupId}, ${made.district}, ${made.kind}, ${made.memberId ?? null}, ${made.accountId ?? null}, ${made.outsideName ?? null},
      ${made.outsideKey ?? null}, ${made.text}, ${made.pollId ?? null}, ${made.aboutId ?? null}, ${made.sourceRef ?? null}, ${made.at})
    on conflict on constraint group_message_source_once do nothing returning id`.execute(tx.db);
  return rows.length === 1;
}

export async function findBySource(tx: Tx, groupId: string, sourceRef: string): Promise<string | undefined> {
  const row = await tx.db
    .selectFrom('group_message')
    .select('id')
    .where('group_id', '=', groupId)
    .where('source_ref', '=', sourceRef)
    .executeTakeFirst();
  return row?.id;
}

export async function countSaid(tx: Tx, memberId: string, since: Date): Promise<number> {
  const { rows } = await sql<{
    n: number;
  }>`select count(*)::int as n from group_message where member_id = ${memberId} and at > ${since}`.execute(tx.db);
  return rows[0]?.n ?? 0;
}

/** Members' messages that nobody answered count as answered from now on: all of the group, or those under a poll. */
export async function settleMessages(tx: Tx, groupId: string, at: Date, pollId: string | null = null): Promise<void> {
  await sql`update group_message set settled_at = ${at} where group_id = ${groupId} and settled_at is null and kind = 'member'
    ${pollId === null ? sql`` : sql`and poll_id = ${pollId}`}`.execute(tx.db);
}

export async function hideMessage(
  tx: Tx,
  id: string,
  hidden: { at: Date; by: string | null; reason: string },
): Promise<void> {
  await tx.db
    .updateTable('group_message')
    .set((eb) => ({
      hidden_at: hidden.at,
      hidden_by: hidden.by,
      hidden_reason: hidden.reason,
      settled_at: eb.fn.coalesce('settled_at', eb.val(hidden.at)),
    }))
    .where('id', '=', id)
    .execute();
}

export async function linkEvent(
  tx: Tx,
  id: string,
  event: { id: string; number: string; status: string; receipt: Buffer; at: Date },
): Promise<void> {
  await tx.db
    .updateTable('group_message')
    .set((eb) => ({
      event_id: event.id,
      event_number: event.number,
      event_status: event.status,
      event_open: true,
      receipt: event.receipt,
      settled_at: eb.fn.coalesce('settled_at', eb.val(event.at)),
    }))
    .where('id', '=', id)
    .execute();
}

export interface FollowedMessage {
  id: string;
  groupId: string;
  eventId: string;
  eventNumber: string;
  eventStatus: EventStatus;
}

/** Messages whose event the group still waits for. */
export async function listFollowed(tx: Tx): Promise<FollowedMessage[]> {
  const { rows } =
    await sql<FollowedMessage>`select id, group_id as "groupId", event_id as "eventId", event_number as "eventNumber", event_status as "eventStatus"
    from group_message where event_open order by event_id`.execute(tx.db);
  return rows;
}

/** False when somebody else told of this change already. */
export async function saveEventStatus(
  tx: Tx,
  id: string,
  change: { from: EventStatus; to: EventStatus; open: boolean },
): Promise<boolean> {
  const { rows } = await sql<{
    id: string;
  }>`update group_message set event_status = ${change.to}, event_open = ${change.open}
    where id = ${id} and event_status = ${change.from} and event_open returning id`.execute(tx.db);
  return rows.length === 1;
}

/** Empties messages: of one author, or said before a time. Answers their ids. */
export async function eraseMessages(
  tx: Tx,
  which: { memberId: string } | { before: Date; limit: number },
  at: Date,
): Promise<string[]> {
  const chosen =
    'memberId' in which
      ? sql`member_id = ${which.memberId}`
      : sql`id in (select id from group_message where erased_at is null and at < ${which.before} order by at limit ${which.limit} for update skip locked)`;
  const { rows } = await sql<{ id: string }>`
    update group_message set text = '', erased_at = ${at}, member_id = null, outside_name = null, receipt = null, settled_at = coalesce(settled_at, ${at}),
      event_open = event_open and ${'memberId' in which}
    where ${chosen} and erased_at is null returning id`.execute(tx.db);
  return rows.map(({ id }) => id);
}

export interface PhotoRow {
  id: string;
  messageId: string;
  width: number;
  height: number;
  /** Sealed. */
  token: Buffer;
}

export async function insertPhotos(
  tx: Tx,
  messageId: string,
  photos: readonly { id: string; token: Buffer }[],
): Promise<void> {
  if (photos.length === 0) return;
  await tx.db
    .insertInto('group_photo')
    .values(photos.map(({ id, token }, position) => ({ attachment_id: id, message_id: messageId, position, token })))
    .execute();
}

export async function listPhotos(tx: Tx, messageIds: readonly string[]): Promise<PhotoRow[]> {
  if (messageIds.length === 0) return [];
  const { rows } =
    await sql<PhotoRow>`select p.attachment_id as id, p.message_id as "messageId", a.width, a.height, p.token
    from group_photo p join attachment a on a.id = p.attachment_id where p.message_id = any(${[...messageIds]}::uuid[]) order by p.message_id, p.position`.execute(
      tx.db,
    );
  return rows;
}

/** Message of a photo shown in this group; hidden and erased ones show none. */
export async function messageOfPhoto(
  tx: Tx,
  groupId: string,
  photoId: string,
): Promise<{ id: string; hidden: boolean } | undefined> {
  const { rows } = await sql<{
    id: string;
    hidden: boolean;
  }>`select m.id, m.hidden_at is not null as hidden from group_photo p join group_message m on m.id = p.message_id
    where p.attachment_id = ${photoId} and m.group_id = ${groupId} and m.erased_at is null`.execute(tx.db);
  return rows[0];
}

export async function deletePhotos(tx: Tx, messageIds: readonly string[]): Promise<void> {
  await sql`delete from group_photo where message_id = any(${[...messageIds]}::uuid[])`.execute(tx.db);
}
