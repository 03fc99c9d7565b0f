/** A message becomes an event in one act: once, however many press the button. */
import type { groupRoutes } from '#contract/groups.ts';
import type { Input, Output } from '#contract/route.ts';
import { toIso } from '#kit/clock.ts';
import { AppError } from '#kit/errors.ts';
import type { Tx } from '#server/db/pool.ts';
import { systemScope } from '#server/db/scope.ts';
import { systemActor, type Actor } from '#server/modules/identity/index.ts';
import { once } from '#server/modules/ledger/index.ts';
import { noMessage, record } from './access.ts';
import { keptBy } from './link.ts';
import { sealedAt, type GroupsCtx, type GroupsParts } from './parts.ts';
import { authorOf, markOf, seenGroup } from './queries.ts';
import { categoriesIn, placesIn, statusWords } from './rules.ts';
import { sayIn } from './say.ts';
import { queueOutgoing } from './store-bridge.ts';
import { gridsOf, type GroupRow } from './store-group.ts';
import { findPhone } from './store-member.ts';
import { findMessage, linkEvent, listPhotos, lockMessage, type MessageRow } from './store-message.ts';
import { uuidV7 } from '#kit/ids.ts';

type Routes = typeof groupRoutes;

/** What the form begins with. @throws AppError not_found */
export async function draftOf(
  parts: GroupsParts,
  { actor }: GroupsCtx,
  params: Input<Routes['draft']>['params'],
): Promise<Output<Routes['draft']>> {
  const group = await seenGroup(parts, actor, params.id);
  const { message, photos, hasPhone, codes } = await parts.database.read(systemScope, async (tx) => {
    const found = await findMessage(tx, group.id, params.messageId);
    if (found === undefined || found.kind === 'status') throw noMessage();
    const phone = found.memberId === null ? null : await findPhone(tx, found.memberId);
    const shown = await listPhotos(tx, [found.id]);
    return {
      message: found,
      photos: shown,
      hasPhone: phone !== null,
      codes: (await gridsOf(tx, [group.id])).get(group.id) ?? [],
    };
  });
  const categories = [...(await parts.events.openData.categories()).values()];
  const leaves = categories.filter(
    ({ code, retired }) => !retired && !categories.some((one) => one.parentCode === code),
  );
  return {
    author: authorOf(parts, message, keptBy(parts.territory, group.areas)),
    hasPhone,
    text: message.text,
    photos: photos.map(({ id, width, height }) => ({ id, width, height })),
    places: await placesFor(parts, group, message.text),
    grids: codes.map((code) => ({ code, name: parts.territory.area(code)?.name ?? code })),
    categories: categoriesIn(message.text, leaves).map(({ code, name, nameEn }) => ({ code, name, nameEn })),
    event: markOf(message),
  };
}

const piece = 3;
const mostPieces = 40;

/** Places of our map the words speak of; those inside the group's grids before those beside. */
async function placesFor({ events, territory }: GroupsParts, group: GroupRow, text: string) {
  const clean = text.replaceAll(/[^\p{L}\p{N}]/gu, ' ');
  const pieces = clean
    .split(' ')
    .flatMap((run) => Array.from({ length: Math.max(0, run.length - piece + 1) }, (_, k) => run.slice(k, k + piece)));
  const found = new Map<string, Awaited<ReturnType<typeof events.openData.places>>[number]>();
  for (const part of [...new Set(pieces)].slice(0, mostPieces))
    for (const place of await events.openData.places(part)) found.set(`${place.name} ${place.lon} ${place.lat}`, place);
  const inside = (lon: number, lat: number): boolean =>
    (territory.locate(lon, lat)?.path ?? []).some((code) => code.length >= 12 && group.areas.includes(code));
  return placesIn(text, [...found.values()])
    .map((place) => ({ ...place, near: inside(place.lon, place.lat) }))
    .toSorted((a, b) => Number(b.near) - Number(a.near) || b.score - a.score)
    .slice(0, 6)
    .map(({ near: _near, ...place }) => place);
}

type Made = Output<Routes['toEvent']>;

/**
 * Reports it by the road every report takes, with the author's number and photos; or joins the event that is known
 * already. The message is held meanwhile: whoever comes second is told what the first made of it.
 * @throws AppError not_found, not_allowed, bad_input, as a report does
 */
export async function toEvent(
  parts: GroupsParts,
  { actor }: GroupsCtx,
  { params, body }: Pick<Input<Routes['toEvent']>, 'params' | 'body'>,
): Promise<Made> {
  const group = await seenGroup(parts, actor, params.id);
  const { author, phone, claims } = await parts.database.read(systemScope, (tx) =>
    authorFor(parts, tx, group, params.messageId),
  );
  const { opId, categoryCode, description, lon, lat, placeWords, areaCode, priority, followEventId } = body;
  const report = await parts.events.joinReport(actor, {
    opId,
    channel: 'group',
    sourceRef: `group:${params.messageId}`,
    categoryCode,
    title: '',
    description,
    lon,
    lat,
    placeWords,
    areaCode: areaCode ?? (lon === null ? await firstGrid(parts, group.id) : undefined),
    priority,
    followEventId,
    attachments: claims,
    name: author,
    phone,
  });
  const op = { opId, actor: actor.accountId ?? actor.kind, route: 'group.to_event', request: { params, body } };
  return once(parts.database, systemScope, op, async (tx) => {
    const message = await lockMessage(tx, group.id, params.messageId);
    if (message === undefined) throw noMessage();
    const atMs = parts.clock.now();
    const before = markOf(message);
    if (before !== null)
      return { eventId: before.id, number: before.number, status: before.status, already: true, at: toIso(atMs) };
    const made = await report(tx);
    const receipt = parts.vault.seal(made.receiptSecret, sealedAt.receipt);
    await linkEvent(tx, message.id, {
      id: made.id,
      number: made.number,
      status: made.status,
      receipt,
      at: new Date(atMs),
    });
    await tellGroup(parts, tx, { group, message, number: made.number, status: made.status, atMs });
    const subject = { type: 'group_message', id: message.id };
    const data = { eventId: made.id, number: made.number, followed: followEventId !== undefined };
    await record(tx, { actor, action: 'group.to_event', group, subject, atMs, data, opId });
    return { eventId: made.id, number: made.number, status: made.status, already: false, at: toIso(atMs) };
  });
}

/** Who reports: the member with the number they left, an author elsewhere by name, else the group. */
async function authorFor(parts: GroupsParts, tx: Tx, group: GroupRow, messageId: string) {
  const message = await findMessage(tx, group.id, messageId);
  if (message === undefined || message.kind !== 'member') throw noMessage();
  if (message.hiddenAt !== null || message.erasedAt !== null)
    throw new AppError('transition_not_allowed', 'This message is no longer shown, so nothing can be made of it.');
  const phone = message.memberId === null ? null : await findPhone(tx, message.memberId);
  const photos = await listPhotos(tx, [message.id]);
  const own = authorOf(parts, message, '');
  return {
    author: (own === '' ? group.name : own).slice(0, 50),
    phone: phone === null ? undefined : parts.vault.open(phone, sealedAt.phone),
    claims: photos.map(({ id, token }) => ({ id, token: parts.vault.open(token, sealedAt.token) })),
  };
}

async function firstGrid({ database }: GroupsParts, groupId: string): Promise<string | undefined> {
  const codes = (await database.read(systemScope, (tx) => gridsOf(tx, [groupId]))).get(groupId);
  return codes?.length === 1 ? codes[0]?.slice(0, 15) : codes?.[0]?.slice(0, 12);
}

export interface Telling {
  group: GroupRow;
  message: Pick<MessageRow, 'id'>;
  number: string;
  status: Parameters<typeof statusWords>[1];
  atMs: number;
  actor?: Actor;
}

/** A line in the group: number and public step, never who handles it. */
export async function tellGroup(parts: GroupsParts, tx: Tx, telling: Telling): Promise<void> {
  const { group, message, number, status, atMs } = telling;
  const text = statusWords(number, status);
  await sayIn(parts, tx, {
    actor: systemActor,
    group,
    atMs,
    message: { kind: 'status', text, aboutId: message.id },
    data: { aboutId: message.id, number, status },
  });
  await queueOutgoing(tx, [group.id], { text, at: new Date(atMs), idOf: () => uuidV7(atMs) });
}
