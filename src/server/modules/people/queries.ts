import type { careRoutes } from '#contract/care.ts';
import type { Input, Output } from '#contract/route.ts';
import { AppError } from '#kit/errors.ts';
import { distanceM } from '#kit/geo.ts';
import { isUuid } from '#kit/ids.ts';
import type { Clock } from '#kit/clock.ts';
import type { Database, Tx } from '#server/db/pool.ts';
import { windowAround, type Circle, type LiveTerritory } from '#server/modules/grids/index.ts';
import { grantsFor, scopeFor, type Actor } from '#server/modules/identity/index.ts';
import type { Vault } from '#server/vault/vault.ts';
import { mayEditCare, maskIdNumber, maskName, maskPhone } from './rules.ts';
import { nameIndex, openName, openSecrets, phoneIndex } from './sealing.ts';
import { countCare, findCare, findName, listCare, listCareWithin, type CareFilter, type StoredCare } from './store.ts';

type Routes = typeof careRoutes;

export interface PeopleParts {
  database: Database;
  territory: LiveTerritory;
  vault: Vault;
  clock: Clock;
}

/** A person in care as helpers on the spot see them: the name masked, the address no finer than the house. */
export interface NearCare {
  id: string;
  /** '张**' */
  name: string;
  /** Codes of db/data/care-tags.csv. */
  tags: string[];
  address: string;
  distanceM: number;
  lon: number;
  lat: number;
}

const maxCareRadiusM = 2_000;
const maxNear = 500;

/**
 * The (at most 500) nearest people in care at most `radiusM` (≤ 2000) metres from a position, as far as the actor may see
 * them: nothing for an actor without care.read. Distances are great-circle metres.
 * @throws AppError bad_input for another radius
 */
export async function listCareNear(
  { database, vault }: Pick<PeopleParts, 'database' | 'vault'>,
  actor: Actor,
  circle: Circle,
): Promise<NearCare[]> {
  const window = windowAround(circle, maxCareRadiusM);
  const scope = scopeFor(actor, 'care.read');
  const rows = await database.read(scope, (tx) => listCareWithin(tx, scope, window));
  return rows
    .map((row) => ({ ...row, distanceM: distanceM([circle.lon, circle.lat], [row.lon, row.lat]) }))
    .filter((row) => row.distanceM <= circle.radiusM)
    .toSorted((a, b) => a.distanceM - b.distanceM)
    .slice(0, maxNear)
    .map(({ name, ...row }) => ({ ...row, name: maskName(openName(vault, name)) }));
}

/** One page, masked; `next` leads to the following one, or is null. */
export async function listPeople(
  parts: PeopleParts,
  actor: Actor,
  { cursor, limit, area, tags }: Input<Routes['list']>['query'],
): Promise<Output<Routes['list']>> {
  const scope = scopeFor(actor, 'care.read');
  const after = cursor ?? null;
  if (after !== null && !isUuid(after))
    throw new AppError('bad_input', 'cursor: expected the value of "next" of the page before. Start again.');
  const filter: CareFilter = { area, tags };
  return parts.database.read(scope, async (tx) => {
    const rows = await listCare(tx, { scope, filter, after, limit: limit + 1 });
    const total = await countCare(tx, scope, filter);
    const next = rows.length > limit ? (rows[limit - 1]?.id ?? null) : null;
    return { items: rows.slice(0, limit).map((row) => toRow(parts, row)), next, total };
  });
}

const maxFound = 50;

/** Those of the actor's sight who have exactly this name or number, masked; at most 50. */
export async function findPeople(parts: PeopleParts, actor: Actor, q: string): Promise<Output<Routes['find']>> {
  const scope = scopeFor(actor, 'care.read');
  const search = { name: nameIndex(parts.vault, q), phone: phoneIndex(parts.vault, q) };
  const rows = await parts.database.read(scope, (tx) =>
    listCare(tx, { scope, filter: { search }, after: null, limit: maxFound }),
  );
  return { items: rows.map((row) => toRow(parts, row)) };
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
  const { phone, idNumber } = openSecrets(parts.vault, row);
  const maySeeNames =
    actor.kind === 'system' || grantsFor(actor, 'people.read', { path: row.path, units: [] }).length > 0;
  const name = row.responsibleId !== null && maySeeNames ? await findName(tx, row.responsibleId) : undefined;
  return {
    ...toRow(parts, row),
    phone: phone === null ? null : maskPhone(phone),
    idNumber: idNumber === null ? null : maskIdNumber(idNumber),
    hasAddressDetail: row.addressDetail !== null,
    hasContact: row.contact !== null,
    responsibleId: row.responsibleId,
    responsibleName: name ?? null,
    version: row.version,
    retiredAt: row.retiredAt?.toISOString() ?? null,
    mayEdit: row.retiredAt === null && mayEditCare(actor, row.path),
  };
}

function toRow(
  { vault, territory }: Pick<PeopleParts, 'vault' | 'territory'>,
  row: StoredCare,
): Output<Routes['list']>['items'][number] {
  const { id, tags, address, areaCode, lon, lat } = row;
  const areaName = territory.area(areaCode)?.name ?? areaCode;
  const name = maskName(openName(vault, row.name));
  return { id, name, tags, address, areaCode, areaName, lon, lat, updatedAt: row.updatedAt.toISOString() };
}
