/** What members see: their group, and of themselves only what is theirs. */
import type { groupPublicRoutes } from '#contract/groups-public.ts';
import type { Input, Output } from '#contract/route.ts';
import type { Tx } from '#server/db/pool.ts';
import { systemScope } from '#server/db/scope.ts';
import { digestSecret } from '#server/vault/vault.ts';
import { getMember, noLink } from './commands-member.ts';
import { groupKinds } from './dictionary.ts';
import { keptBy } from './link.ts';
import { photoSubject, sealedAt, type GroupsParts, type MemberCtx } from './parts.ts';
import { authorOf, baseOf, markOf, photosBy, pollView } from './queries.ts';
import { findGroupByLink, gridsOf, listGroups, type GroupRow } from './store-group.ts';
import { countMembers, findMember, listMemberships, type MemberRow } from './store-member.ts';
import { listMessages, listPhotos, messageOfPhoto, type MessageRow, type PhotoRow } from './store-message.ts';
import { listForMember } from './store-notice.ts';
import { choicesOf, listPolls } from './store-poll.ts';

type Routes = typeof groupPublicRoutes;
type Home = Output<Routes['home']>;

/** @throws AppError not_found */
export function readInvitation(
  parts: GroupsParts,
  { memberKey }: MemberCtx,
  secret: string,
): Promise<Output<Routes['invitation']>> {
  return parts.database.read(systemScope, async (tx) => {
    const group = await findGroupByLink(tx, digestSecret(secret));
    if (group === undefined) throw noLink();
    const codes = (await gridsOf(tx, [group.id])).get(group.id) ?? [];
    const member = memberKey === null ? undefined : await findMember(tx, group.id, digestSecret(memberKey));
    const kind = groupKinds().get(group.kind);
    return {
      name: group.name,
      kindName: kind?.name ?? '',
      kindNameEn: kind?.nameEn ?? '',
      about: group.about,
      keptBy: keptBy(parts.territory, group.areas),
      grids: codes.map((code) => ({ code, name: parts.territory.area(code)?.name ?? code })),
      members: (await countMembers(tx, [group.id])).get(group.id) ?? 0,
      memberOf: member === undefined ? null : group.id,
    };
  });
}

export function listMine(parts: GroupsParts, { memberKey }: MemberCtx): Promise<Output<Routes['mine']>> {
  return parts.database.read(systemScope, async (tx) => {
    const ids = memberKey === null ? [] : await listMemberships(tx, digestSecret(memberKey));
    const { rows } = await listGroups(tx, systemScope, { ids, limit: 100 });
    return {
      items: rows.map(({ id, name, lastAt, lastWords }) => ({
        id,
        name,
        lastAt: lastAt?.toISOString() ?? null,
        lastWords,
      })),
    };
  });
}

const onePage = 40;

/** @throws AppError not_found for whoever is no member */
export function readHome(
  parts: GroupsParts,
  ctx: MemberCtx,
  { params, query }: Pick<Input<Routes['home']>, 'params' | 'query'>,
): Promise<Home> {
  return parts.database.read(systemScope, async (tx) => {
    const { group, member } = await getMember(tx, ctx, params.id);
    const nothing: Home = { rev: group.rev, group: null, me: null, messages: [], more: false, notices: [], polls: [] };
    if (query.rev === group.rev) return nothing;
    const page = { before: query.before ?? null, limit: onePage, poll: query.poll };
    const { rows, more } = await listMessages(tx, group.id, page);
    const messages = await toMessages(parts, tx, { group, member }, rows);
    if (query.before !== undefined || query.poll !== undefined) return { ...nothing, messages, more };
    const keeper = keptBy(parts.territory, group.areas);
    const members = (await countMembers(tx, [group.id])).get(group.id) ?? 0;
    return {
      rev: group.rev,
      group: { name: group.name, about: group.about, keptBy: keeper, members },
      me: { name: parts.vault.open(member.name, sealedAt.name), hasPhone: member.hasPhone },
      messages,
      more,
      notices: (await listForMember(tx, group.id, member.id)).map((row) => ({ ...row, at: row.at.toISOString() })),
      polls: await pollsFor(parts, tx, { group, member }),
    };
  });
}

interface Seen {
  group: GroupRow;
  member: MemberRow;
}

async function toMessages(
  parts: GroupsParts,
  tx: Tx,
  { group, member }: Seen,
  rows: readonly MessageRow[],
): Promise<Home['messages']> {
  const ids = rows.filter((row) => row.hiddenAt === null).map(({ id }) => id);
  const photos = photosBy(await listPhotos(tx, ids));
  const keeper = keptBy(parts.territory, group.areas);
  return rows.map((row) =>
    toMessage(parts, row, { photos: photos.get(row.id) ?? [], mine: row.memberId === member.id, keeper }),
  );
}

/** What was hidden is not sent at all; whose it was stays, so that the talk can be followed. */
function toMessage(
  parts: GroupsParts,
  row: MessageRow,
  seen: { photos: readonly PhotoRow[]; mine: boolean; keeper: string },
): Home['messages'][number] {
  const mark = markOf(row);
  const hidden = row.hiddenAt !== null;
  return {
    id: row.id,
    kind: row.kind,
    author: authorOf(parts, row, seen.keeper),
    mine: seen.mine,
    text: hidden ? '' : row.text,
    photos: seen.photos.map(({ id, width, height }) => ({ id, width, height })),
    pollId: row.pollId,
    aboutId: row.aboutId,
    at: row.at.toISOString(),
    hidden,
    erased: row.erasedAt !== null,
    event: mark === null ? null : { number: mark.number, status: mark.status },
    receiptSecret: seen.mine && row.receipt !== null ? parts.vault.open(row.receipt, sealedAt.receipt) : null,
  };
}

async function pollsFor(parts: GroupsParts, tx: Tx, { group, member }: Seen): Promise<Home['polls']> {
  const base = await baseOf(parts, tx, group.id);
  const choices = await choicesOf(tx, member.id);
  return (await listPolls(tx, group.id)).map((row) => ({
    ...pollView(row, base),
    myChoice: choices.get(row.id) ?? null,
  }));
}

/** The stored file of a photo a member may see: of this group, not hidden. */
export function findMemberPhoto(
  parts: GroupsParts,
  ctx: MemberCtx,
  params: { id: string; photoId: string },
): Promise<{ storageKey: string } | undefined> {
  return parts.database.read(systemScope, async (tx) => {
    const { group } = await getMember(tx, ctx, params.id);
    const message = await messageOfPhoto(tx, group.id, params.photoId);
    if (message === undefined || message.hidden) return undefined;
    return parts.events.photos.findOf(tx, { subjectType: photoSubject, subjectId: message.id, id: params.photoId });
  });
}
