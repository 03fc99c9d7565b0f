/** What staff do with messages, and what comes in from other platforms. */
import type { groupRoutes } from '#contract/groups.ts';
import type { Input } from '#contract/route.ts';
import { toIso } from '#kit/clock.ts';
import { uuidV7 } from '#kit/ids.ts';
import type { Tx } from '#server/db/pool.ts';
import { systemScope } from '#server/db/scope.ts';
import { preparePhoto } from '#server/files/photo.ts';
import { scopeFor, systemActor } from '#server/modules/identity/index.ts';
import { once } from '#server/modules/ledger/index.ts';
import { assertManages, noGroup, noMessage, noPoll, record } from './access.ts';
import type { GroupsCtx, GroupsParts } from './parts.ts';
import { sealedAt } from './parts.ts';
import { sayIn } from './say.ts';
import { noteBridge, queueOutgoing } from './store-bridge.ts';
import { findGroup, touch, type GroupRow } from './store-group.ts';
import { lockPoll } from './store-poll.ts';
import { findBySource, hideMessage, lockMessage, settleMessages } from './store-message.ts';

type Routes = typeof groupRoutes;
type Done = { id: string; at: string; ledgerId: string };

interface Held {
  tx: Tx;
  group: GroupRow;
  atMs: number;
}

/** Runs once per opId, with the group locked within the actor's sight. @throws AppError not_found */
export function actInGroup<T>(
  parts: GroupsParts,
  { actor }: GroupsCtx,
  made: { groupId: string; opId: string; route: string; request: unknown },
  work: (held: Held) => Promise<T>,
): Promise<T> {
  const scope = scopeFor(actor, 'group.read');
  const op = { opId: made.opId, actor: actor.accountId ?? actor.kind, route: made.route, request: made.request };
  return once(parts.database, scope, op, async (tx) => {
    const group = await findGroup(tx, scope, made.groupId, true);
    if (group === undefined) throw noGroup();
    return work({ tx, group, atMs: parts.clock.now() });
  });
}

/** In the name of the organisation. What members asked before counts as answered; under a poll, what they asked there. */
export function sayAsStaff(
  parts: GroupsParts,
  ctx: GroupsCtx,
  { params, body }: Pick<Input<Routes['say']>, 'params' | 'body'>,
): Promise<Done> {
  const made = { groupId: params.id, opId: body.opId, route: 'group.say_staff', request: { params, body } };
  return actInGroup(parts, ctx, made, async ({ tx, group, atMs }) => {
    const pollId = body.pollId ?? null;
    if (pollId !== null && (await lockPoll(tx, group.id, pollId)) === undefined) throw noPoll();
    const said = await sayIn(parts, tx, {
      actor: ctx.actor,
      group,
      atMs,
      message: { kind: 'staff', accountId: ctx.actor.accountId, text: body.text, pollId },
      claims: body.attachments,
      opId: body.opId,
    });
    if (said === null) throw new Error('A message without a source reference is always new.');
    await settleMessages(tx, group.id, new Date(atMs), pollId);
    await queueOutgoing(tx, [group.id], { text: body.text, at: new Date(atMs), idOf: () => uuidV7(atMs) });
    return { ...said, at: toIso(atMs) };
  });
}

/** Nothing said so far needs an answer. */
export function settleGroup(
  parts: GroupsParts,
  ctx: GroupsCtx,
  { params, body }: Pick<Input<Routes['settle']>, 'params' | 'body'>,
): Promise<Done> {
  const made = { groupId: params.id, opId: body.opId, route: 'group.settle', request: { params, body } };
  return actInGroup(parts, ctx, made, async ({ tx, group, atMs }) => {
    await settleMessages(tx, group.id, new Date(atMs));
    const line = { actor: ctx.actor, action: 'group.message' as const, group, atMs, opId: body.opId };
    return { id: group.id, at: toIso(atMs), ledgerId: await record(tx, { ...line, data: { settled: true } }) };
  });
}

/** Members no longer see it, nor its photos; that it was there and why it is not stays. @throws AppError not_allowed */
export function hide(
  parts: GroupsParts,
  ctx: GroupsCtx,
  { params, body }: Pick<Input<Routes['hide']>, 'params' | 'body'>,
): Promise<Done> {
  const made = { groupId: params.id, opId: body.opId, route: 'group.hide', request: { params, body } };
  return actInGroup(parts, ctx, made, async ({ tx, group, atMs }) => {
    assertManages(ctx.actor, group);
    const message = await lockMessage(tx, group.id, params.messageId);
    if (message === undefined || message.kind === 'status') throw noMessage();
    const { reason } = body;
    await hideMessage(tx, message.id, { at: new Date(atMs), by: ctx.actor.accountId, reason });
    await touch(tx, group.id, null);
    const subject = { type: 'group_message', id: message.id };
    const line = { actor: ctx.actor, action: 'group.hide' as const, group, subject, atMs, opId: body.opId };
    return { id: message.id, at: toIso(atMs), ledgerId: await record(tx, { ...line, words: { reason } }) };
  });
}

/** A message as an adapter of another platform hands it over. */
export interface OutsideMessage {
  groupId: string;
  authorName: string;
  /** Tells authors of that platform apart; kept as a digest only. */
  authorKey: string;
  text: string;
  /** Bytes of JPEG, PNG or WebP; what is none of them is left out and counted in the ledger line. */
  photos: readonly Uint8Array[];
  at: Date;
  /** Id on that platform: the same message is heard once. */
  sourceRef: string;
}

const mostWords = 4000;
const mostPhotos = 9;

/**
 * A message of a group on another platform. Answers its id, the same for the same `sourceRef`.
 * @throws AppError not_found when there is no such group in use
 */
export async function receiveMessage(
  parts: GroupsParts,
  incoming: OutsideMessage,
): Promise<{ messageId: string; isNew: boolean }> {
  const heard = await parts.database.read(systemScope, (tx) => findBySource(tx, incoming.groupId, incoming.sourceRef));
  if (heard !== undefined) return { messageId: heard, isNew: false };
  const { claims, refused } = await keepPhotos(parts, incoming.photos.slice(0, mostPhotos));
  return parts.database.inTx(systemScope, async (tx) => {
    const group = await findGroup(tx, systemScope, incoming.groupId, true);
    if (group === undefined) throw noGroup();
    const atMs = Math.min(incoming.at.getTime(), parts.clock.now());
    const words = incoming.text.toWellFormed().replaceAll('\u0000', '').slice(0, mostWords);
    const said = await sayIn(parts, tx, {
      actor: systemActor,
      group,
      atMs,
      message: {
        kind: 'member',
        text: words === '' && claims.length === 0 ? '［不支持的消息］' : words,
        outsideName: parts.vault.seal(incoming.authorName.slice(0, 60), sealedAt.outsideName),
        outsideKey: parts.vault.blindIndex(incoming.authorKey, sealedAt.outsideName),
        sourceRef: incoming.sourceRef,
      },
      claims,
      data: { platform: group.platform, ...(refused === 0 ? {} : { photosRefused: refused }) },
    });
    if (said !== null) {
      await noteBridge(tx, group.id, new Date(atMs));
      return { messageId: said.id, isNew: true };
    }
    return { messageId: (await findBySource(tx, group.id, incoming.sourceRef)) ?? '', isNew: false };
  });
}

/** Stored like any upload: looked at, turned upright, written anew, without place and camera. */
async function keepPhotos(
  { files, events }: GroupsParts,
  photos: readonly Uint8Array[],
): Promise<{ claims: { id: string; token: string }[]; refused: number }> {
  const claims: { id: string; token: string }[] = [];
  for (const bytes of photos) {
    const photo = await preparePhoto(Buffer.from(bytes)).catch(() => null);
    if (photo === null) continue;
    const digest = photo.storedSha256.toString('hex');
    const storageKey = `photos/${digest.slice(0, 2)}/${digest}`;
    await files.put(`${storageKey}.jpg`, photo.full);
    await files.put(`${storageKey}.thumb.jpg`, photo.thumb);
    claims.push(await events.photos.keep(systemActor, 'report', photo, storageKey));
  }
  return { claims, refused: photos.length - claims.length };
}
