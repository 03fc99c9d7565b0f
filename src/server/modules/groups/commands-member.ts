/** What residents do in groups. Their key is their permission; every refusal is the same whoever asks in vain. */
import type { groupPublicRoutes } from '#contract/groups-public.ts';
import type { Input, Output } from '#contract/route.ts';
import { toIso } from '#kit/clock.ts';
import { AppError } from '#kit/errors.ts';
import { uuidV7 } from '#kit/ids.ts';
import type { Tx } from '#server/db/pool.ts';
import { systemScope } from '#server/db/scope.ts';
import { anonymous } from '#server/modules/identity/index.ts';
import { maskOpId, once } from '#server/modules/ledger/index.ts';
import { digestSecret } from '#server/vault/vault.ts';
import { noGroup, noPoll, record } from './access.ts';
import { groupRule } from './dictionary.ts';
import { memberKeyFor } from './link.ts';
import { photoSubject, sealedAt, type GroupsParts, type MemberCtx } from './parts.ts';
import { sayIn } from './say.ts';
import { findGroup, findGroupByLink, gridsOf, touch, type GroupRow } from './store-group.ts';
import {
  countJoined,
  deleteMember,
  findMember,
  findPerson,
  insertMember,
  keepPerson,
  type MemberRow,
} from './store-member.ts';
import { countSaid, deletePhotos, eraseMessages } from './store-message.ts';
import { markRead } from './store-notice.ts';
import { lockPoll, saveVote } from './store-poll.ts';

type Routes = typeof groupPublicRoutes;

export function noLink(): AppError {
  return new AppError('not_found', 'This link opens no group. Ask for the newest code: old ones stop working.');
}

/** Digits only; what begins like a country code of ours loses it. */
export function plainPhone(text: string): string {
  return text
    .normalize('NFKC')
    .replaceAll(/\D/g, '')
    .replace(/^(00)?86(?=1\d{10}$)/, '');
}

/** @throws AppError not_found, bad_input, too_many_requests, already_exists */
export async function joinGroup(
  parts: GroupsParts,
  { memberKey }: MemberCtx,
  { params, body }: Pick<Input<Routes['join']>, 'params' | 'body'>,
): Promise<Output<Routes['join']>> {
  const keyHash = memberKey === null ? null : digestSecret(memberKey);
  const linkHash = digestSecret(params.secret);
  const op = {
    opId: body.opId,
    actor: 'anonymous',
    route: 'group.join',
    request: { link: linkHash.toString('hex'), body },
  };
  const { groupId, personId } = await once(parts.database, systemScope, op, async (tx) => {
    const group = await findGroupByLink(tx, linkHash, true);
    if (group === undefined) throw noLink();
    const atMs = parts.clock.now();
    const since = new Date(atMs - 3_600_000);
    if ((await countJoined(tx, group.id, since)) >= groupRule('joins_per_hour'))
      throw new AppError('too_many_requests', 'Very many people joined this group within the hour. Try again later.');
    const known = keyHash === null ? undefined : await findPerson(tx, keyHash);
    const person = known?.id ?? uuidV7(atMs);
    await addMember(parts, tx, group, { personId: person, wish: body, atMs });
    return { groupId: group.id, personId: person };
  });
  return { groupId, memberKey: memberKeyFor(parts.vault, personId) };
}

interface Joining {
  personId: string;
  wish: Input<Routes['join']>['body'];
  atMs: number;
}

async function addMember(
  parts: GroupsParts,
  tx: Tx,
  group: GroupRow,
  { personId, wish, atMs }: Joining,
): Promise<void> {
  const grids = (await gridsOf(tx, [group.id])).get(group.id) ?? [];
  const gridCode = wish.gridCode ?? grids[0] ?? '';
  if (!grids.includes(gridCode))
    throw new AppError('bad_input', 'gridCode: expected one of the grids of this group.', { field: 'gridCode' });
  const phone = plainPhone(wish.phone ?? '');
  const at = new Date(atMs);
  await keepPerson(tx, {
    id: personId,
    keyHash: digestSecret(memberKeyFor(parts.vault, personId)),
    phone: phone === '' ? null : parts.vault.seal(phone, sealedAt.phone),
    phoneIndex: phone === '' ? null : parts.vault.blindIndex(phone, sealedAt.phone),
    at,
  });
  const id = uuidV7(atMs);
  const name = parts.vault.seal(wish.name, sealedAt.name);
  const isNew = await insertMember(tx, {
    id,
    groupId: group.id,
    personId,
    name,
    gridCode,
    district: group.district,
    at,
  });
  if (!isNew)
    throw new AppError('already_exists', 'This browser is a member already. Open the group, or leave it first.', {
      groupId: group.id,
    });
  await touch(tx, group.id, null);
  await record(tx, {
    actor: anonymous,
    action: 'group.join',
    group,
    atMs,
    data: { memberId: id, gridCode, phone: phone !== '' },
    opId: maskOpId(wish.opId),
  });
}

/** Whoever holds the key, as a member of this group. @throws AppError not_found, as for a group that does not exist */
export async function getMember(
  tx: Tx,
  { memberKey }: MemberCtx,
  groupId: string,
): Promise<{ group: GroupRow; member: MemberRow }> {
  const member = memberKey === null ? undefined : await findMember(tx, groupId, digestSecret(memberKey));
  const group = member === undefined ? undefined : await findGroup(tx, systemScope, groupId);
  if (member === undefined || group === undefined) throw noGroup();
  return { group, member };
}

/** Runs once per opId and member. */
function act<T>(
  parts: GroupsParts,
  ctx: MemberCtx,
  made: { groupId: string; opId: string; route: string; request: unknown },
  work: (tx: Tx, held: { group: GroupRow; member: MemberRow; atMs: number }) => Promise<T>,
): Promise<T> {
  const key = ctx.memberKey === null ? 'none' : digestSecret(ctx.memberKey).toString('hex').slice(0, 16);
  const op = { opId: made.opId, actor: `member:${key}`, route: made.route, request: made.request };
  return once(parts.database, systemScope, op, async (tx) => {
    const held = await getMember(tx, ctx, made.groupId);
    return work(tx, { ...held, atMs: parts.clock.now() });
  });
}

/** @throws AppError not_found, too_many_requests, bad_input */
export function sayAsMember(
  parts: GroupsParts,
  ctx: MemberCtx,
  { params, body }: Pick<Input<Routes['say']>, 'params' | 'body'>,
): Promise<Output<Routes['say']>> {
  const made = { groupId: params.id, opId: body.opId, route: 'group.say', request: { params, body } };
  return act(parts, ctx, made, async (tx, { group, member, atMs }) => {
    const most = groupRule('messages_per_10_minutes');
    if ((await countSaid(tx, member.id, new Date(atMs - 600_000))) >= most)
      throw new AppError('too_many_requests', `At most ${most} messages in ten minutes. Wait a little and send again.`);
    if (body.pollId !== undefined && (await lockPoll(tx, group.id, body.pollId)) === undefined) throw noPoll();
    const said = await sayIn(parts, tx, {
      actor: anonymous,
      group,
      atMs,
      message: { kind: 'member', memberId: member.id, text: body.text, pollId: body.pollId ?? null },
      claims: body.attachments,
      opId: maskOpId(body.opId),
    });
    if (said === null) throw new Error('A message without a source reference is always new.');
    return { id: said.id, at: toIso(atMs) };
  });
}

/** Until it closes a vote may be changed; it never counts twice. @throws AppError not_found, transition_not_allowed, bad_input */
export function vote(
  parts: GroupsParts,
  ctx: MemberCtx,
  { params, body }: Pick<Input<Routes['vote']>, 'params' | 'body'>,
): Promise<{ at: string }> {
  const made = { groupId: params.id, opId: body.opId, route: 'group.vote', request: { params, body } };
  return act(parts, ctx, made, async (tx, { group, member, atMs }) => {
    const poll = await lockPoll(tx, group.id, params.pollId);
    if (poll === undefined) throw noPoll();
    if (poll.closedAt !== null || poll.until.getTime() <= atMs)
      throw new AppError('transition_not_allowed', 'This poll is closed; its result stands.');
    if (body.choice >= poll.options.length)
      throw new AppError('bad_input', `choice: expected 0 to ${poll.options.length - 1}, found ${body.choice}.`);
    await saveVote(tx, { pollId: poll.id, memberId: member.id, choice: body.choice, at: new Date(atMs) });
    await touch(tx, group.id, null);
    // Which option is in no line: who voted how is nobody's business.
    const subject = { type: 'group_poll', id: poll.id };
    await record(tx, { actor: anonymous, action: 'group.vote', group, subject, atMs, opId: maskOpId(body.opId) });
    return { at: toIso(atMs) };
  });
}

/** A mark of the machine's own, without a ledger line. @throws AppError not_found */
export function readNotice(
  parts: GroupsParts,
  ctx: MemberCtx,
  { params, body }: Pick<Input<Routes['read']>, 'params' | 'body'>,
): Promise<{ at: string }> {
  return parts.database.inTx(systemScope, async (tx) => {
    const { group, member } = await getMember(tx, ctx, params.id);
    const atMs = parts.clock.now();
    const mark = { groupId: group.id, noticeId: params.noticeId, memberId: member.id, confirm: body.confirm };
    if (!(await markRead(tx, { ...mark, at: new Date(atMs) })))
      throw new AppError('not_found', 'There is no such notice in this group.');
    return { at: toIso(atMs) };
  });
}

/**
 * Out, and forgotten: the name, the number with the last group, everything they said and showed here. Events that came of
 * it stay, as public matters with rules of their own. Leaving again is leaving still.
 */
export async function leaveGroup(
  parts: GroupsParts,
  ctx: MemberCtx,
  { params, body }: Pick<Input<Routes['leave']>, 'params' | 'body'>,
): Promise<{ at: string }> {
  const made = { groupId: params.id, opId: body.opId, route: 'group.leave', request: { params, body } };
  return act(parts, ctx, made, async (tx, { group, member, atMs }) => {
    const erased = await eraseMessages(tx, { memberId: member.id }, new Date(atMs));
    await deletePhotos(tx, erased);
    await parts.events.photos.releaseOf(tx, photoSubject, erased);
    await deleteMember(tx, member);
    await touch(tx, group.id, null);
    const data = { memberId: member.id, erased: erased.length };
    await record(tx, { actor: anonymous, action: 'group.leave', group, atMs, data, opId: maskOpId(body.opId) });
    return { at: toIso(atMs) };
  });
}
