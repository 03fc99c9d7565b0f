/** Polls and votes. */
import { sql } from 'kysely';
import type * as z from 'zod';
import type { pollResult, quorumKinds } from '#contract/groups-views.ts';
import type { Tx } from '#server/db/pool.ts';

export type PollResult = z.output<typeof pollResult>;

export interface PollRow {
  id: string;
  groupId: string;
  question: string;
  note: string;
  options: string[];
  quorumOf: (typeof quorumKinds)[number];
  quorumPercent: number;
  until: Date;
  createdAt: Date;
  closedAt: Date | null;
  result: PollResult | null;
  minutes: string;
  version: number;
  voters: number;
  comments: number;
}

const columns = sql`q.id, q.group_id as "groupId", q.question, q.note, q.options, q.quorum_of as "quorumOf", q.quorum_percent as "quorumPercent", q.until,
  q.created_at as "createdAt", q.closed_at as "closedAt", q.result, q.minutes, q.version,
  case when q.closed_at is null then (select count(*)::int from group_vote v where v.poll_id = q.id) else (q.result ->> 'voters')::int end as voters,
  (select count(*)::int from group_message m where m.poll_id = q.id and m.hidden_at is null) as comments`;

export async function listPolls(tx: Tx, groupId: string): Promise<PollRow[]> {
  const { rows } = await sql<PollRow>`select ${columns} from group_poll q where q.group_id = ${groupId}
    order by q.closed_at is not null, q.created_at desc limit 100`.execute(tx.db);
  return rows;
}

/** Closed ones of these groups' visible scope, newest first. */
export async function listClosed(
  tx: Tx,
  wanted: { areas: readonly string[] | null; from: Date | null; limit: number },
): Promise<(PollRow & { groupName: string; gridCodes: string[] })[]> {
  const { rows } = await sql<
    PollRow & { groupName: string; gridCodes: string[] }
  >`select ${columns}, g.name as "groupName",
      coalesce((select array_agg(grid_code order by grid_code) from group_grid l where l.group_id = g.id), '{}') as "gridCodes"
    from group_poll q join online_group g on g.id = q.group_id
    where q.closed_at is not null ${wanted.areas === null ? sql`` : sql`and g.areas && ${[...wanted.areas]}::text[]`}
      ${wanted.from === null ? sql`` : sql`and q.closed_at >= ${wanted.from}`}
    order by q.closed_at desc limit ${wanted.limit}`.execute(tx.db);
  return rows;
}

/** Holds the poll until the transaction ends: votes and closing wait for one another. */
export async function lockPoll(tx: Tx, groupId: string, id: string): Promise<PollRow | undefined> {
  await sql`select 1 from group_poll where id = ${id} and group_id = ${groupId} for update`.execute(tx.db);
  const { rows } =
    await sql<PollRow>`select ${columns} from group_poll q where q.id = ${id} and q.group_id = ${groupId}`.execute(
      tx.db,
    );
  return rows[0];
}

export interface NewPoll {
  id: string;
  groupId: string;
  district: string;
  question: string;
  note: string;
  options: readonly string[];
  quorumOf: PollRow['quorumOf'];
  quorumPercent: number;
  until: Date;
  createdBy: string | null;
  at: Date;
}

export async function insertPoll(tx: Tx, made: NewPoll): Promise<void> {
  await tx.db
    .insertInto('group_poll')
    .values({
      id: made.id,
      group_id: made.groupId,
      district: made.district,
      question: made.question,
      note: made.note,
      options: [...made.options],
      quorum_of: made.quorumOf,
      quorum_percent: made.quorumPercent,
      until: made.until,
      created_by: made.createdBy,
      created_at: made.at,
    })
    .execute();
}

/** One vote a member; a second one replaces the first. */
export async function saveVote(
  tx: Tx,
  vote: { pollId: string; memberId: string; choice: number; at: Date },
): Promise<void> {
  await sql`insert into group_vote (poll_id, member_id, choice, voted_at) values (${vote.pollId}, ${vote.memberId}, ${vote.choice}, ${vote.at})
    on conflict (poll_id, member_id) do update set choice = excluded.choice, voted_at = excluded.voted_at`.execute(
    tx.db,
  );
}

export async function countVotes(tx: Tx, pollId: string): Promise<{ choice: number; n: number }[]> {
  const { rows } = await sql<{
    choice: number;
    n: number;
  }>`select choice, count(*)::int as n from group_vote where poll_id = ${pollId} group by choice`.execute(tx.db);
  return rows;
}

export async function choicesOf(tx: Tx, memberId: string): Promise<Map<string, number>> {
  const rows = await tx.db
    .selectFrom('group_vote')
    .select(['poll_id', 'choice'])
    .where('member_id', '=', memberId)
    .execute();
  return new Map(rows.map((row) => [row.poll_id, row.choice]));
}

/** The result stands; who voted how is forgotten with it. */
export async function closePollRow(
  tx: Tx,
  id: string,
  closed: { result: PollResult; minutes: string; at: Date },
): Promise<void> {
  await sql`update group_poll set closed_at = ${closed.at}, result = ${JSON.stringify(closed.result)}::jsonb, minutes = ${closed.minutes}, version = version + 1 where id = ${id}`.execute(
    tx.db,
  );
  await sql`delete from group_vote where poll_id = ${id}`.execute(tx.db);
}

export async function saveMinutes(tx: Tx, id: string, minutes: string): Promise<void> {
  await sql`update group_poll set minutes = ${minutes}, version = version + 1 where id = ${id}`.execute(tx.db);
}

export async function listDuePolls(tx: Tx, at: Date): Promise<{ id: string; groupId: string }[]> {
  const { rows } = await sql<{
    id: string;
    groupId: string;
  }>`select id, group_id as "groupId" from group_poll where closed_at is null and until <= ${at} limit 50`.execute(
    tx.db,
  );
  return rows;
}
