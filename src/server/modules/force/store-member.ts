import { sql } from 'kysely';
import type { AskState } from '#contract/force-views.ts';
import type { Tx } from '#server/db/pool.ts';
import type { Scope } from '#server/db/scope.ts';

export interface MemberRow {
  id: string;
  accountId: string | null;
  unitId: string;
  areaCode: string;
  path: string[];
  name: Buffer;
  phone: Buffer | null;
  offers: string[];
  weekdays: number[];
  fromMinute: number;
  untilMinute: number;
  state: 'invited' | 'active' | 'left' | 'revoked';
  invitedAt: Date;
}

export interface AskRow {
  id: string;
  memberId: string;
  words: string;
  askedAt: Date;
  state: AskState;
  answer: string;
  answeredAt: Date | null;
}

const columns = sql`m.id, m.account_id as "accountId", m.unit_id as "unitId", m.area_code as "areaCode", m.path, m.name, m.phone,
  m.offers, m.weekdays, m.from_minute as "fromMinute", m.until_minute as "untilMinute", m.state, m.invited_at as "invitedAt"`;
const seen = ({ seeAll, areas }: Scope) => (seeAll ? sql`true` : sql`m.path && ${[...areas]}::text[]`);

/** Helpers who have not left, newest first; below an area if one is named. */
export async function listMembers(
  tx: Tx,
  scope: Scope,
  wanted: { area?: string | undefined; states: readonly string[] },
): Promise<MemberRow[]> {
  const area = wanted.area === undefined ? sql`true` : sql`m.path @> ${[wanted.area]}::text[]`;
  const { rows } = await sql<MemberRow>`select ${columns} from force_member m
    where ${seen(scope)} and ${area} and m.state = any (${[...wanted.states]}::text[])
    order by m.invited_at desc, m.id desc limit 500`.execute(tx.db);
  return rows;
}

export async function findMember(tx: Tx, scope: Scope, id: string, lock = false): Promise<MemberRow | undefined> {
  const { rows } = await sql<MemberRow>`select ${columns} from force_member m where m.id = ${id} and ${seen(scope)}
    ${lock ? sql`for update of m` : sql``}`.execute(tx.db);
  return rows[0];
}

export async function findMemberBySecret(tx: Tx, secretHash: Buffer, lock = false): Promise<MemberRow | undefined> {
  const { rows } = await sql<MemberRow>`select ${columns} from force_member m where m.secret_hash = ${secretHash}
    ${lock ? sql`for update of m` : sql``}`.execute(tx.db);
  return rows[0];
}

export interface NewMember {
  id: string;
  unitId: string;
  areaCode: string;
  path: readonly string[];
  district: string;
  name: Buffer;
  phone: Buffer | null;
  offers: readonly string[];
  secretHash: Buffer;
  invitedBy: string | null;
  nowMs: number;
}

export async function insertMembers(tx: Tx, members: readonly NewMember[]): Promise<void> {
  for (let from = 0; from < members.length; from += 500)
    await tx.db
      .insertInto('force_member')
      .values(
        members.slice(from, from + 500).map((one) => ({
          id: one.id,
          unit_id: one.unitId,
          area_code: one.areaCode,
          path: [...one.path],
          district: one.district,
          name: one.name,
          phone: one.phone,
          offers: [...one.offers],
          secret_hash: one.secretHash,
          state: 'invited',
          invited_at: new Date(one.nowMs),
          invited_by: one.invitedBy,
        })),
      )
      .execute();
}

export async function saveOffer(
  tx: Tx,
  id: string,
  offer: { offers: readonly string[]; weekdays: readonly number[]; fromMinute: number; untilMinute: number },
): Promise<void> {
  await tx.db
    .updateTable('force_member')
    .set((eb) => ({
      offers: [...offer.offers],
      weekdays: [...offer.weekdays],
      from_minute: offer.fromMinute,
      until_minute: offer.untilMinute,
      state: 'active',
      version: eb('version', '+', 1),
    }))
    .where('id', '=', id)
    .execute();
}

/** Ends a link. Whoever leaves takes name and telephone along: `name` is what stands in their place, sealed. */
export async function endMember(
  tx: Tx,
  id: string,
  end: { state: 'left' | 'revoked'; name: Buffer; nowMs: number },
): Promise<void> {
  await tx.db
    .updateTable('force_member')
    .set((eb) => ({
      state: end.state,
      name: end.name,
      phone: null,
      ended_at: new Date(end.nowMs),
      version: eb('version', '+', 1),
    }))
    .where('id', '=', id)
    .execute();
}

/** What was asked of these helpers, newest first. */
export async function listAsks(tx: Tx, memberIds: readonly string[]): Promise<Map<string, AskRow[]>> {
  if (memberIds.length === 0) return new Map();
  const { rows } = await sql<AskRow>`select id, member_id as "memberId", words, asked_at as "askedAt", state, answer,
    answered_at as "answeredAt" from force_ask where member_id = any (${[...memberIds]}::uuid[])
    order by asked_at desc, id desc limit 2000`.execute(tx.db);
  return Map.groupBy(rows, ({ memberId }) => memberId);
}

export async function insertAsk(
  tx: Tx,
  ask: {
    id: string;
    memberId: string;
    path: readonly string[];
    district: string;
    words: string;
    byId: string;
    nowMs: number;
  },
): Promise<void> {
  await tx.db
    .insertInto('force_ask')
    .values({
      id: ask.id,
      member_id: ask.memberId,
      path: [...ask.path],
      district: ask.district,
      words: ask.words,
      asked_by: ask.byId,
      asked_at: new Date(ask.nowMs),
      state: 'asked',
    })
    .execute();
}

export async function lockAsk(
  tx: Tx,
  memberId: string,
  id: string,
): Promise<{ state: AskState; askedBy: string } | undefined> {
  const row = await tx.db
    .selectFrom('force_ask')
    .select(['state', 'asked_by as askedBy'])
    .where('id', '=', id)
    .where('member_id', '=', memberId)
    .forUpdate()
    .executeTakeFirst();
  return row as { state: AskState; askedBy: string } | undefined;
}

export async function saveAsk(
  tx: Tx,
  id: string,
  answer: { state: AskState; answer: string; nowMs: number },
): Promise<void> {
  await tx.db
    .updateTable('force_ask')
    .set({ state: answer.state, answer: answer.answer, answered_at: new Date(answer.nowMs) })
    .where('id', '=', id)
    .execute();
}
