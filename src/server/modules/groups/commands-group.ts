/** Groups themselves: made, changed, linked to grids, counted, retired. */
import type { groupRoutes } from '#contract/groups.ts';
import type { Input } from '#contract/route.ts';
import { toIso } from '#kit/clock.ts';
import { AppError } from '#kit/errors.ts';
import { uuidV7 } from '#kit/ids.ts';
import type { Tx } from '#server/db/pool.ts';
import { grantsFor, scopeFor, type Actor } from '#server/modules/identity/index.ts';
import { once } from '#server/modules/ledger/index.ts';
import { digestSecret } from '#server/vault/vault.ts';
import { assertManages, assertVersion, noGroup, placesOf, record } from './access.ts';
import { groupKinds } from './dictionary.ts';
import { linkSecret } from './link.ts';
import type { GroupsCtx, GroupsParts } from './parts.ts';
import { detailOf, type GroupDetail } from './queries.ts';
import {
  findGroup,
  insertGroup,
  nextCode,
  setGrids,
  updateGroup,
  type GroupChange,
  type GroupRow,
} from './store-group.ts';

type Routes = typeof groupRoutes;
type Saved = { group: GroupDetail; at: string; ledgerId: string };

/** @throws AppError bad_input, not_allowed */
export async function createGroup(
  parts: GroupsParts,
  { actor }: GroupsCtx,
  body: Input<Routes['create']>['body'],
): Promise<Saved> {
  const { areas, district } = placesFor(parts, actor, body.gridCodes);
  assertKind(body.kind);
  const op = { opId: body.opId, actor: actor.accountId ?? actor.kind, route: 'group.create', request: body };
  const saved = await once(parts.database, scopeFor(actor, 'group.read'), op, async (tx) => {
    const atMs = parts.clock.now();
    const id = uuidV7(atMs);
    const code = await nextCode(tx);
    const linkHash = digestSecret(linkSecret(parts.vault, { id, linkRound: 1 }));
    const { name, kind, platform, about } = body;
    const made = { id, code, name, kind, platform, about, ownerId: actor.accountId, district, areas, linkHash };
    await insertGroup(tx, made, new Date(atMs));
    await setGrids(tx, id, district, body.gridCodes);
    const data = { code, kind, platform, gridCodes: body.gridCodes };
    const line = { actor, action: 'group.create' as const, group: made, atMs, data, words: { name }, opId: body.opId };
    return { id, at: toIso(atMs), ledgerId: await record(tx, line) };
  });
  return withDetail(parts, actor, saved);
}

/** @throws AppError not_found, not_allowed, version_conflict, bad_input */
export function editGroup(
  parts: GroupsParts,
  ctx: GroupsCtx,
  { params, body }: Pick<Input<Routes['edit']>, 'params' | 'body'>,
): Promise<Saved> {
  if (body.kind !== undefined) assertKind(body.kind);
  return change(parts, ctx, params.id, body, 'group.edit', async (group) => {
    const { name, kind, about, takeOver } = body;
    const ownerId = takeOver === true ? (ctx.actor.accountId ?? undefined) : undefined;
    const wish: GroupChange = { name, kind, about, ownerId };
    const changed = Object.entries(wish).flatMap(([key, value]) => (value === undefined ? [] : [key]));
    return { wish, data: { changed, code: group.code }, words: { name } };
  });
}

/** @throws AppError as editGroup; not_allowed when the actor manages neither a grid that is added nor one that stays */
export function linkGroup(
  parts: GroupsParts,
  ctx: GroupsCtx,
  { params, body }: Pick<Input<Routes['link']>, 'params' | 'body'>,
): Promise<Saved> {
  return change(parts, ctx, params.id, body, 'group.link', async (group, tx) => {
    const { areas, district } = placesOf(parts.territory, body.gridCodes);
    const known = new Set(group.areas);
    placesFor(
      parts,
      ctx.actor,
      body.gridCodes.filter((code) => !known.has(code)),
    );
    assertManages(ctx.actor, { areas, name: group.name });
    await setGrids(tx, group.id, district, body.gridCodes);
    return { wish: { areas, district }, data: { gridCodes: body.gridCodes } };
  });
}

/** The old link and every printed code of it stop working; members stay. */
export function renewLink(
  parts: GroupsParts,
  ctx: GroupsCtx,
  { params, body }: Pick<Input<Routes['renewLink']>, 'params' | 'body'>,
): Promise<Saved> {
  return change(parts, ctx, params.id, body, 'group.link', async (group) => {
    const round = group.linkRound + 1;
    const hash = digestSecret(linkSecret(parts.vault, { id: group.id, linkRound: round }));
    return { wish: { link: { round, hash } }, data: { linkRound: round } };
  });
}

/** @throws AppError as editGroup; bad_input for a group that counts its own members, or a day to come */
export function confirmHeadcount(
  parts: GroupsParts,
  ctx: GroupsCtx,
  { params, body }: Pick<Input<Routes['headcount']>, 'params' | 'body'>,
): Promise<Saved> {
  return change(parts, ctx, params.id, body, 'group.edit', async (group) => {
    if (group.platform === 'in_app')
      throw new AppError(
        'bad_input',
        'Expected a group on another platform: members of this one are counted as they join.',
      );
    if (Date.parse(`${body.on}T00:00:00+08:00`) > parts.clock.now())
      throw new AppError('bad_input', `on: expected a day that has come, found ${body.on}.`, { field: 'on' });
    const headcount = { count: body.count, on: body.on, by: ctx.actor.accountId };
    return { wish: { headcount }, data: { headcount: body.count, on: body.on } };
  });
}

export function retireGroup(
  parts: GroupsParts,
  ctx: GroupsCtx,
  { params, body }: Pick<Input<Routes['retire']>, 'params' | 'body'>,
): Promise<Saved> {
  return change(parts, ctx, params.id, body, 'group.retire', async (group) => ({
    wish: { retired: true },
    data: { code: group.code },
    words: { reason: body.reason },
  }));
}

interface Wished {
  wish: GroupChange;
  data: Record<string, unknown>;
  words?: Record<string, unknown>;
}

async function change(
  parts: GroupsParts,
  { actor }: GroupsCtx,
  id: string,
  body: { opId: string; version: number },
  action: `group.${string}`,
  work: (group: GroupRow, tx: Tx) => Promise<Wished>,
): Promise<Saved> {
  const scope = scopeFor(actor, 'group.read');
  const op = { opId: body.opId, actor: actor.accountId ?? actor.kind, route: action, request: { id, body } };
  const saved = await once(parts.database, scope, op, async (tx) => {
    const group = await findGroup(tx, scope, id, true);
    if (group === undefined) throw noGroup();
    assertManages(actor, group);
    assertVersion(group, body.version);
    const atMs = parts.clock.now();
    const { wish, data, words } = await work(group, tx);
    await updateGroup(tx, id, wish, new Date(atMs));
    const line = { actor, action, group: { ...group, areas: wish.areas ?? group.areas }, atMs, data, opId: body.opId };
    return { id, at: toIso(atMs), ledgerId: await record(tx, { ...line, ...(words === undefined ? {} : { words }) }) };
  });
  return withDetail(parts, actor, saved);
}

/** The secret of the link is no part of a stored answer: the group is read anew. */
async function withDetail(
  parts: GroupsParts,
  actor: Actor,
  saved: { id: string; at: string; ledgerId: string },
): Promise<Saved> {
  const { id, ...answer } = saved;
  return { ...answer, group: await detailOf(parts, actor, id, true) };
}

function assertKind(code: string): void {
  if (groupKinds().has(code)) return;
  throw new AppError('bad_input', `kind: expected ${[...groupKinds().keys()].join(', ')}, found ${code}.`, {
    field: 'kind',
  });
}

/** @throws AppError not_allowed naming the first grid whose groups are not the actor's to manage */
function placesFor(parts: GroupsParts, actor: Actor, gridCodes: readonly string[]) {
  const places = placesOf(parts.territory, gridCodes);
  const foreign = places.paths.find((path) => grantsFor(actor, 'group.manage', { path, units: [] }).length === 0);
  if (foreign === undefined) return places;
  const code = foreign.at(-1) ?? '';
  throw new AppError('not_allowed', `None of your appointments lets you manage groups of grid ${code}.`, { code });
}
