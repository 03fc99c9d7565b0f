/** Notices to one group or many, and how many have read them. */
import { sql } from 'kysely';
import type { Tx } from '#server/db/pool.ts';

export interface NoticeRow {
  id: string;
  title: string;
  text: string;
  confirm: boolean;
  pinned: boolean;
  at: Date;
  withdrawnAt: Date | null;
  groups: number;
  groupIds: string[];
  read: number;
  confirmed: number;
}

const counted = sql`n.id, n.title, n.text, n.confirm, n.pinned, n.created_at as at, n.withdrawn_at as "withdrawnAt",
  (select count(*)::int from group_notice_group t where t.notice_id = n.id) as groups,
  (select coalesce(array_agg(t.group_id), '{}') from group_notice_group t where t.notice_id = n.id) as "groupIds",
  (select count(*)::int from group_notice_read r where r.notice_id = n.id) as read,
  (select count(r.confirmed_at)::int from group_notice_read r where r.notice_id = n.id) as confirmed`;

export async function listNotices(tx: Tx, groupId: string | null, limit: number): Promise<NoticeRow[]> {
  const { rows } = await sql<NoticeRow>`select ${counted} from group_notice n
    where exists (select from group_notice_group t where t.notice_id = n.id ${groupId === null ? sql`` : sql`and t.group_id = ${groupId}`})
    order by n.created_at desc limit ${limit}`.execute(tx.db);
  return rows;
}

export async function findNotice(tx: Tx, id: string): Promise<NoticeRow | undefined> {
  const { rows } = await sql<NoticeRow>`select ${counted} from group_notice n where n.id = ${id}`.execute(tx.db);
  return rows[0];
}

export async function insertNotice(
  tx: Tx,
  made: {
    id: string;
    district: string;
    title: string;
    text: string;
    confirm: boolean;
    pinned: boolean;
    by: string | null;
    at: Date;
  },
  groupIds: readonly string[],
): Promise<void> {
  await tx.db
    .insertInto('group_notice')
    .values({
      id: made.id,
      district: made.district,
      title: made.title,
      text: made.text,
      confirm: made.confirm,
      pinned: made.pinned,
      created_by: made.by,
      created_at: made.at,
    })
    .execute();
  await sql`insert into group_notice_group (notice_id, group_id) select ${made.id}::uuid, unnest(${[...groupIds]}::uuid[])`.execute(
    tx.db,
  );
  await sql`update online_group set rev = rev + 1 where id = any(${[...groupIds]}::uuid[])`.execute(tx.db);
}

export async function withdrawNotice(tx: Tx, id: string, at: Date): Promise<void> {
  await sql`update group_notice set withdrawn_at = ${at} where id = ${id}`.execute(tx.db);
  await sql`update online_group set rev = rev + 1 where id in (select group_id from group_notice_group where notice_id = ${id})`.execute(
    tx.db,
  );
}

export interface MemberNoticeRow {
  id: string;
  title: string;
  text: string;
  confirm: boolean;
  pinned: boolean;
  at: Date;
  read: boolean;
  confirmed: boolean;
}

/** What a member sees: pinned ones first, then the newest. */
export async function listForMember(tx: Tx, groupId: string, memberId: string): Promise<MemberNoticeRow[]> {
  const { rows } = await sql<MemberNoticeRow>`
    select n.id, n.title, n.text, n.confirm, n.pinned, n.created_at as at, r.notice_id is not null as read, r.confirmed_at is not null as confirmed
    from group_notice_group t join group_notice n on n.id = t.notice_id left join group_notice_read r on r.notice_id = n.id and r.member_id = ${memberId}
    where t.group_id = ${groupId} and n.withdrawn_at is null order by n.pinned desc, n.created_at desc limit 30`.execute(
    tx.db,
  );
  return rows;
}

/** Marks it read once, and confirmed when it is. @returns false when the group has no such notice */
export async function markRead(
  tx: Tx,
  mark: { groupId: string; noticeId: string; memberId: string; confirm: boolean; at: Date },
): Promise<boolean> {
  const { rows } = await sql<{ id: string }>`
    insert into group_notice_read (notice_id, member_id, read_at, confirmed_at)
    select t.notice_id, ${mark.memberId}::uuid, ${mark.at}::timestamptz, ${mark.confirm ? mark.at : null}::timestamptz from group_notice_group t join group_notice n on n.id = t.notice_id
      where t.group_id = ${mark.groupId} and t.notice_id = ${mark.noticeId} and n.withdrawn_at is null
    on conflict (notice_id, member_id) do update set confirmed_at = coalesce(group_notice_read.confirmed_at, excluded.confirmed_at)
    returning notice_id as id`.execute(tx.db);
  return rows.length === 1;
}
