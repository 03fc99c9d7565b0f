/** What staff see of groups, within the areas of their appointments. */
import type * as z from 'zod';
import type { groupDetail, groupMessage, groupPoll } from '#contract/groups-views.ts';
import type { groupRoutes } from '#contract/groups.ts';
import type { Input, Output } from '#contract/route.ts';
import type { Tx } from '#server/db/pool.ts';
import { systemScope } from '#server/db/scope.ts';
import { scopeFor, type Actor } from '#server/modules/identity/index.ts';
import { noGroup, reaches } from './access.ts';
import { keptBy, linkSecret } from './link.ts';
import { sealedAt, type GroupsParts } from './parts.ts';
import { neededFor } from './rules.ts';
import { findBridge } from './store-bridge.ts';
import { findGroup, gridsOf, listGroups, type GroupRow, type ListedGroup } from './store-group.ts';
import { countMembers, withPhone } from './store-member.ts';
import { listMessages, listPhotos, type MessageRow, type PhotoRow } from './store-message.ts';
import { listNotices } from './store-notice.ts';
import { listClosed, listPolls, type PollRow } from './store-poll.ts';

type Routes = typeof groupRoutes;
export type GroupDetail = z.input<typeof groupDetail>;
type MessageView = z.input<typeof groupMessage>;
type PollView = z.input<typeof groupPoll>;

export async function listSeen(
  parts: GroupsParts,
  actor: Actor,
  query: Input<Routes['list']>['query'],
): Promise<Output<Routes['list']>> {
  const scope = scopeFor(actor, 'group.read');
  return parts.database.read(scope, async (tx) => {
    const { rows, total } = await listGroups(tx, scope, query);
    const ids = rows.map(({ id }) => id);
    const [grids, members] = [await gridsOf(tx, ids), await countMembers(tx, ids)];
    return { items: rows.map((row) => toRow(parts, row, grids.get(row.id) ?? [], members.get(row.id) ?? 0)), total };
  });
}

/** Groups of one platform that the actor may manage, for whoever ties them to it. */
export async function listManaged(
  { database }: Pick<GroupsParts, 'database'>,
  actor: Actor,
  platform: GroupRow['platform'],
): Promise<{ id: string; code: string; name: string }[]> {
  const scope = scopeFor(actor, 'group.manage');
  const { rows } = await database.read(scope, (tx) => listGroups(tx, scope, { platform, limit: 500 }));
  return rows
    .filter((row) => reaches(actor, 'group.manage', row))
    .map(({ id, code, name }) => ({ id, code, name }))
    .toSorted((a, b) => (a.code < b.code ? -1 : 1));
}

function toRow(parts: GroupsParts, row: ListedGroup, codes: readonly string[], members: number) {
  const areas = codes.map((code) => parts.territory.area(code));
  return {
    id: row.id,
    code: row.code,
    name: row.name,
    kind: row.kind,
    platform: row.platform,
    grids: codes.map((code, k) => ({ code, name: areas[k]?.name ?? code })),
    members: row.platform === 'in_app' ? members : (row.headcount ?? 0),
    residents: areas.reduce((sum, area) => sum + (area?.residents ?? 0), 0),
    lastAt: row.lastAt?.toISOString() ?? null,
    lastWords: row.lastWords,
    waiting: row.waiting,
    ownerName: row.ownerName,
  };
}

/** @param retiredToo after it was retired by this very act @throws AppError not_found */
export async function detailOf(parts: GroupsParts, actor: Actor, id: string, retiredToo = false): Promise<GroupDetail> {
  const scope = scopeFor(actor, 'group.read');
  return parts.database.read(scope, async (tx) => {
    const group = await findGroup(tx, scope, id, false, retiredToo);
    if (group === undefined) throw noGroup();
    const grids = (await gridsOf(tx, [id])).get(id) ?? [];
    const members = (await countMembers(tx, [id])).get(id) ?? 0;
    const listed = (await listGroups(tx, scope, { ids: [id], limit: 1 })).rows[0];
    const bridge = await findBridge(tx, { groupId: id });
    const mayManage = group.retiredAt === null && reaches(actor, 'group.manage', group);
    return {
      ...toRow(parts, listed ?? { ...group, waiting: 0, lastWords: '', ownerName: null }, grids, members),
      about: group.about,
      ownerId: group.ownerId,
      headcountOn: group.headcountOn,
      version: group.version,
      retiredAt: group.retiredAt?.toISOString() ?? null,
      createdAt: group.createdAt.toISOString(),
      mayManage,
      linkSecret: mayManage && group.platform === 'in_app' ? linkSecret(parts.vault, group) : null,
      bridge:
        bridge === undefined
          ? null
          : { kind: bridge.kind, enabled: bridge.enabled, lastAt: bridge.lastAt?.toISOString() ?? null },
    };
  });
}

/** The group, if this actor may see it. @throws AppError not_found */
export async function seenGroup(parts: GroupsParts, actor: Actor, id: string): Promise<GroupRow> {
  const scope = scopeFor(actor, 'group.read');
  const group = await parts.database.read(scope, (tx) => findGroup(tx, scope, id));
  if (group === undefined) throw noGroup();
  return group;
}

export async function listSaid(
  parts: GroupsParts,
  actor: Actor,
  { params, query }: Pick<Input<Routes['messages']>, 'params' | 'query'>,
): Promise<Output<Routes['messages']>> {
  const group = await seenGroup(parts, actor, params.id);
  return parts.database.read(systemScope, async (tx) => {
    const { rows, more } = await listMessages(tx, params.id, {
      before: query.before ?? null,
      limit: query.limit,
      poll: query.poll,
    });
    return { items: await toMessages(parts, tx, rows, keptBy(parts.territory, group.areas)), more };
  });
}

/** @param tx one that sees members' telephones: whether there is one is told, not which */
async function toMessages(
  parts: GroupsParts,
  tx: Tx,
  rows: readonly MessageRow[],
  keeper: string,
): Promise<MessageView[]> {
  const photos = photosBy(
    await listPhotos(
      tx,
      rows.map(({ id }) => id),
    ),
  );
  const phones = await withPhone(
    tx,
    rows.flatMap(({ memberId }) => memberId ?? []),
  );
  return rows.map((row) => ({
    id: row.id,
    kind: row.kind,
    author: authorOf(parts, row, keeper),
    hasPhone: row.memberId !== null && phones.has(row.memberId),
    text: row.text,
    photos: (photos.get(row.id) ?? []).map(({ id, width, height }) => ({ id, width, height })),
    pollId: row.pollId,
    aboutId: row.aboutId,
    at: row.at.toISOString(),
    waiting: row.kind === 'member' && row.settledAt === null,
    hidden: row.hiddenAt !== null,
    hiddenReason: row.hiddenReason,
    erased: row.erasedAt !== null,
    event: markOf(row),
  }));
}

export function markOf({ eventId, eventNumber, eventStatus }: MessageRow) {
  if (eventId === null || eventNumber === null || eventStatus === null) return null;
  return { id: eventId, number: eventNumber, status: eventStatus };
}

export function photosBy(photos: readonly PhotoRow[]): Map<string, PhotoRow[]> {
  return Map.groupBy(photos, ({ messageId }) => messageId);
}

/** A name of their own choice; nothing once they have left. Staff speak for the organisation that keeps the group. */
export function authorOf({ vault }: Pick<GroupsParts, 'vault'>, row: MessageRow, keeper: string): string {
  if (row.kind === 'staff') return keeper;
  if (row.memberName !== null) return vault.open(row.memberName, sealedAt.name);
  if (row.outsideName !== null) return vault.open(row.outsideName, sealedAt.outsideName);
  return '';
}

export async function listAnnounced(
  parts: GroupsParts,
  actor: Actor,
  { group, limit }: Input<Routes['notices']>['query'],
): Promise<Output<Routes['notices']>> {
  return parts.database.read(scopeFor(actor, 'group.read'), async (tx) => {
    const rows = await listNotices(tx, group ?? null, limit);
    const members = await countMembers(tx, [...new Set(rows.flatMap(({ groupIds }) => groupIds))]);
    return {
      items: rows.map(({ groupIds, at, withdrawnAt, ...row }) => ({
        ...row,
        at: at.toISOString(),
        withdrawnAt: withdrawnAt?.toISOString() ?? null,
        members: groupIds.reduce((sum, id) => sum + (members.get(id) ?? 0), 0),
      })),
    };
  });
}

export async function listAsked(parts: GroupsParts, actor: Actor, id: string): Promise<Output<Routes['polls']>> {
  await seenGroup(parts, actor, id);
  return parts.database.read(scopeFor(actor, 'group.read'), async (tx) => {
    const base = await baseOf(parts, tx, id);
    return { items: (await listPolls(tx, id)).map((row) => pollView(row, base)) };
  });
}

export interface PollBase {
  members: number;
  households: number;
}

/** What quorums of this group are shares of. */
export async function baseOf({ territory }: Pick<GroupsParts, 'territory'>, tx: Tx, id: string): Promise<PollBase> {
  const grids = (await gridsOf(tx, [id])).get(id) ?? [];
  return {
    members: (await countMembers(tx, [id])).get(id) ?? 0,
    households: grids.reduce((sum, code) => sum + (territory.area(code)?.households ?? 0), 0),
  };
}

export function baseFor(row: Pick<PollRow, 'quorumOf'>, base: PollBase): number {
  return row.quorumOf === 'households' ? base.households : base.members;
}

export function pollView({ until, createdAt, closedAt, ...row }: PollRow, base: PollBase): PollView {
  return {
    ...row,
    until: until.toISOString(),
    createdAt: createdAt.toISOString(),
    closedAt: closedAt?.toISOString() ?? null,
    needed: row.result?.needed ?? neededFor(row.quorumOf, row.quorumPercent, baseFor(row, base)),
  };
}

/** Closed polls of groups the actor may see, for lists of needs; newest first, at most 500. */
export async function listDecided(
  parts: GroupsParts,
  actor: Actor,
  { areas, from }: Input<Routes['pollsAbout']>['query'],
): Promise<Output<Routes['pollsAbout']>> {
  const wanted = { areas: areas ?? null, from: from === undefined ? null : new Date(from), limit: 500 };
  const rows = await parts.database.read(scopeFor(actor, 'group.read'), (tx) => listClosed(tx, wanted));
  return {
    items: rows.map(({ groupName, gridCodes, ...row }) => ({
      ...pollView(row, { members: 0, households: 0 }),
      groupName,
      gridCodes,
    })),
  };
}
