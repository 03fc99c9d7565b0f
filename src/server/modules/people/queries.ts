import type { CareColour, careRoutes } from '#contract/care.ts';
import type { Input, Output } from '#contract/route.ts';
import { AppError } from '#kit/errors.ts';
import { isUuid } from '#kit/ids.ts';
import type { Clock } from '#kit/clock.ts';
import type { Database, Tx } from '#server/db/pool.ts';
import type { LiveTerritory } from '#server/modules/grids/index.ts';
import { grantsFor, scopeFor, type Actor } from '#server/modules/identity/index.ts';
import type { Vault } from '#server/vault/vault.ts';
import { mayEditCare } from './rules.ts';
import { standingTo } from './rules-sight.ts';
import { nameIndex, phoneIndex } from './sealing.ts';
import { isKept, showCare, type Eyes, type SightParts } from './sight.ts';
import { countCare, findCare, findName, listCare, type CareFilter, type StoredCare } from './store.ts';
import { tagsOfColour } from './tags.ts';

type Routes = typeof careRoutes;

export interface PeopleParts {
  database: Database;
  territory: LiveTerritory;
  vault: Vault;
  clock: Clock;
}

/** One page, masked; `next` leads to the following one, or is null. */
export async function listPeople(
  parts: PeopleParts,
  actor: Actor,
  { cursor, limit, area, tags, colour }: Input<Routes['list']>['query'],
): Promise<Output<Routes['list']>> {
  const scope = scopeFor(actor, 'care.read');
  const after = cursor ?? null;
  if (after !== null && !isUuid(after))
    throw new AppError('bad_input', 'cursor: expected the value of "next" of the page before. Start again.');
  const filter = filterOf(area, tags, colour);
  return parts.database.read(scope, async (tx) => {
    const rows = await listCare(tx, { scope, filter, after, limit: limit + 1 });
    const total = await countCare(tx, scope, filter);
    const next = rows.length > limit ? (rows[limit - 1]?.id ?? null) : null;
    return { items: rows.slice(0, limit).map((row) => toRow(parts, row, plainly(actor, row))), next, total };
  });
}

/** Tags and a colour together: of this colour by one of these tags. */
function filterOf(
  area: string | undefined,
  tags: readonly string[] | undefined,
  colour: CareColour | undefined,
): CareFilter {
  if (colour === undefined) return { area, tags };
  const own = tagsOfColour(colour);
  const wanted = tags === undefined || tags.length === 0 ? own.tags : own.tags.filter((code) => tags.includes(code));
  // Nobody has the empty tag: a tag of another colour asks for nobody.
  return { area, tags: wanted.length === 0 ? [''] : wanted, without: own.without };
}

const maxFound = 50;

/** Those of the actor's sight who have exactly this name or number, masked; at most 50. */
export async function findPeople(parts: PeopleParts, actor: Actor, q: string): Promise<Output<Routes['find']>> {
  const scope = scopeFor(actor, 'care.read');
  const search = { name: nameIndex(parts.vault, q), phone: phoneIndex(parts.vault, q) };
  const rows = await parts.database.read(scope, (tx) =>
    listCare(tx, { scope, filter: { search }, after: null, limit: maxFound }),
  );
  return { items: rows.map((row) => toRow(parts, row, plainly(actor, row))) };
}

/** @throws AppError not_found when there is nobody, or nobody the actor may see */
export async function getPerson(parts: PeopleParts, actor: Actor, id: string): Promise<Output<Routes['get']>> {
  const scope = scopeFor(actor, 'care.read');
  return parts.database.read(scope, async (tx) => toDetail(tx, parts, actor, found(await findCare(tx, scope, id))));
}

/** @throws AppError not_found for nothing */
export function found(row: StoredCare | undefined): StoredCare {
  if (row !== undefined) return row;
  throw new AppError('not_found', 'There is no such person in care, or not one of yours. Look it up in the list.');
}

/** Everything of one person, masked; the name of who answers for them only for those who may see people there. */
export async function toDetail(
  tx: Tx,
  parts: Pick<PeopleParts, 'vault' | 'territory'>,
  actor: Actor,
  row: StoredCare,
): Promise<Output<Routes['get']>> {
  const eyes = plainly(actor, row);
  const { responsibleId, ...seen } = showCare(parts, row, eyes, ['phone', 'idNumber', 'birthYear', 'responsibleId']);
  const maySeeNames =
    actor.kind === 'system' || grantsFor(actor, 'people.read', { path: row.path, units: [] }).length > 0;
  const name = responsibleId !== null && maySeeNames ? await findName(tx, responsibleId) : undefined;
  return {
    ...toRow(parts, row, eyes),
    ...seen,
    hasAddressDetail: isKept(row, eyes, 'addressDetail'),
    hasContact: isKept(row, eyes, 'contact'),
    hasGuardian: isKept(row, eyes, 'guardian'),
    hasHealth: isKept(row, eyes, 'health'),
    responsibleId,
    responsibleName: name ?? null,
    restricted: row.restricted,
    version: row.version,
    retiredAt: row.retiredAt?.toISOString() ?? null,
    mayEdit: row.retiredAt === null && mayEditCare(actor, row.path),
  };
}

const plainly = (actor: Actor, row: StoredCare): Eyes => ({ standing: standingTo(actor, row), circumstance: 'plain' });

/** Whoever lists has care.read here, so that a masked name is always shown. */
function toRow(parts: SightParts, row: StoredCare, eyes: Eyes): Output<Routes['list']>['items'][number] {
  const { place, name, address, ...seen } = showCare(parts, row, eyes, rowFields);
  const areaName = parts.territory.area(row.areaCode)?.name ?? row.areaCode;
  const { lon, lat, exact } = place;
  return {
    ...seen,
    id: row.id,
    name: name ?? '',
    address: address ?? '',
    areaName,
    lon,
    lat,
    exact,
    updatedAt: row.updatedAt.toISOString(),
  };
}

const rowFields = ['tags', 'colour', 'name', 'address', 'place', 'areaCode'] as const;
