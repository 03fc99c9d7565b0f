import { AppError } from '#kit/errors.ts';
import { uuidV7 } from '#kit/ids.ts';
import type { Tx } from '#server/db/pool.ts';
import { districtOf, type Area, type LiveTerritory } from '#server/modules/grids/index.ts';
import { ledgerActor, scopeFor, type Actor } from '#server/modules/identity/index.ts';
import { append } from '#server/modules/ledger/index.ts';
import type { Vault } from '#server/vault/vault.ts';
import { assertMayVisit, plainDoor } from './rules.ts';
import {
  findHousehold,
  listByDoor,
  lockHouseholds,
  markVisited,
  retireHousehold,
  saveHouseholds,
  type KeptHousehold,
  type StoredHousehold,
  type VisitHow,
} from './store.ts';

/** What every command of this module works with. */
export interface Work {
  tx: Tx;
  territory: LiveTerritory;
  vault: Vault;
  actor: Actor;
  atMs: number;
  opId: string | null;
}

export interface HouseholdWish {
  areaCode: string;
  address: string;
  door: string;
  residents: number;
}

interface Done {
  household: StoredHousehold;
  ledgerId: string;
}

const doorAt = 'household.door';

export function openDoor(vault: Vault, row: Pick<StoredHousehold, 'door'>): string {
  return vault.open(row.door, doorAt);
}

/** Finds a door again whoever wrote it. */
export function doorIndexOf(vault: Vault, address: string, door: string): Buffer {
  return vault.blindIndex(plainDoor(address, door), doorAt);
}

/** The area of a household: a grid or below. @throws AppError bad_input naming what was expected */
function cellOf(territory: LiveTerritory, code: string): Area {
  const area = territory.area(code);
  if (area !== undefined && (area.tier === 'grid' || area.tier === 'micro_grid')) return area;
  throw new AppError('bad_input', `areaCode: expected the code of a grid or micro-grid, found ${code}.`, {
    field: 'areaCode',
  });
}

/** A household as it is kept. @throws AppError bad_input */
export function toKept(
  { territory, vault }: Pick<Work, 'territory' | 'vault'>,
  id: string,
  wish: HouseholdWish,
): KeptHousehold {
  const area = cellOf(territory, wish.areaCode);
  return {
    id,
    district: districtOf(area.path),
    areaCode: area.code,
    path: [...area.path],
    address: wish.address,
    door: vault.seal(wish.door, doorAt),
    doorIndex: doorIndexOf(vault, wish.address, wish.door),
    residents: wish.residents,
    visitedAt: null,
    visitedHow: null,
  };
}

/** Registers a household. @throws AppError already_exists, not_allowed, bad_input */
export async function createHousehold(work: Work, wish: HouseholdWish): Promise<Done> {
  const kept = toKept(work, uuidV7(work.atMs), wish);
  return save(work, kept, 'household.create', { residents: kept.residents });
}

/** Changes what is given. @throws AppError not_found, not_allowed, version_conflict, already_exists, bad_input */
export async function editHousehold(
  work: Work,
  id: string,
  { version, ...wish }: Partial<HouseholdWish> & { version: number },
): Promise<Done> {
  const before = await lockOwn(work, id, version);
  const { areaCode, address, residents } = before;
  const given = Object.fromEntries(Object.entries(wish).filter(([, value]) => value !== undefined));
  const kept = toKept(work, id, { areaCode, address, residents, door: openDoor(work.vault, before), ...given });
  return save(work, kept, 'household.edit', { from: areaCode, changed: Object.keys(given).toSorted() });
}

async function save(work: Work, kept: KeptHousehold, action: string, data: Record<string, unknown>): Promise<Done> {
  assertMayVisit(work.actor, kept.areaCode, kept.path);
  const [twin] = await listByDoor(work.tx, [kept.doorIndex]);
  if (twin !== undefined && twin.id !== kept.id) throw keptAlready();
  await saveHouseholds(work.tx, [kept], work.atMs).catch((error: unknown) => {
    if ((error as { code?: unknown }).code === '23505') throw keptAlready();
    throw error;
  });
  const household = await read(work, kept.id);
  return { household, ledgerId: await record(work, action, household, { areaCode: kept.areaCode, ...data }) };
}

function keptAlready(): AppError {
  return new AppError(
    'already_exists',
    'This door is registered already. Look it up in the list of its house, and change it there.',
    { field: 'door' },
  );
}

/** Takes a household off the list. @throws AppError not_found, not_allowed, version_conflict */
export async function removeHousehold(
  work: Work,
  id: string,
  { version, reason }: { version: number; reason: string },
): Promise<Done> {
  const before = await lockOwn(work, id, version);
  await retireHousehold(work.tx, id, work.atMs);
  const ledgerId = await record(work, 'household.retire', before, { areaCode: before.areaCode }, { reason });
  return { household: await read(work, id), ledgerId };
}

/**
 * Notes that households were visited: one line in the ledger however many. `at` may lie in the past (written down without
 * signal); the future is refused.
 * @throws AppError not_found when one of them is not there, not one's own or retired: nothing is noted then
 */
export async function visitHouseholds(
  work: Work,
  { ids, how, at }: { ids: readonly string[]; how: VisitHow; at: string | undefined },
): Promise<{ visited: number; ledgerId: string }> {
  const visitMs = at === undefined ? work.atMs : Date.parse(at);
  if (visitMs > work.atMs + 5 * 60_000)
    throw new AppError('bad_input', `at: expected a time not in the future, found ${at ?? ''}.`, { field: 'at' });
  const wanted = [...new Set(ids)];
  const rows = await lockHouseholds(work.tx, scopeFor(work.actor, 'visit.do'), wanted);
  const [first] = rows;
  if (first === undefined || rows.length < wanted.length)
    throw new AppError(
      'not_found',
      `${wanted.length - rows.length} of ${wanted.length} households are not there, or not yours. Load the list again.`,
    );
  await markVisited(work.tx, wanted, { atMs: Math.min(visitMs, work.atMs), how }, work.atMs);
  const data = { ids: wanted, how, areas: [...new Set(rows.map(({ areaCode }) => areaCode))].toSorted() };
  return { visited: wanted.length, ledgerId: await record(work, 'household.visit', first, data) };
}

/**
 * Somebody who lives behind a door was met on a duty of another module: their household is visited. Nothing where the door
 * is not registered. The caller's line in the ledger, of the same transaction, says that they were met.
 */
export async function noteMeeting(
  vault: Vault,
  tx: Tx,
  { address, door, how, atMs }: { address: string; door: string; how: VisitHow; atMs: number },
  nowMs: number,
): Promise<void> {
  const found = await listByDoor(tx, [doorIndexOf(vault, address, door)]);
  const ids = found.map(({ id }) => id);
  if (ids.length > 0) await markVisited(tx, ids, { atMs, how }, nowMs);
}

async function lockOwn(work: Work, id: string, version: number): Promise<StoredHousehold> {
  const row = await findHousehold(work.tx, scopeFor(work.actor, 'visit.do'), id);
  if (row === undefined || row.retiredAt !== null)
    throw new AppError('not_found', 'There is no such household, or not one of yours. Look it up in the list.');
  assertMayVisit(work.actor, row.areaCode, row.path);
  if (row.version === version) return row;
  throw new AppError(
    'version_conflict',
    `This was changed in the meantime: you saw version ${version}, it is now ${row.version}. Load it again and repeat.`,
    { expected: version, found: row.version },
  );
}

async function read(work: Work, id: string): Promise<StoredHousehold> {
  const row = await findHousehold(work.tx, { seeAll: true, areas: [], units: [], accountId: null }, id);
  if (row === undefined) throw new Error(`Household ${id} was saved but cannot be read.`);
  return row;
}

function record(
  work: Work,
  action: string,
  row: Pick<StoredHousehold, 'id' | 'path' | 'district'>,
  data: Record<string, unknown>,
  words: Record<string, unknown> = {},
): Promise<string> {
  return append(work.tx, {
    actor: ledgerActor(work.actor),
    action,
    subject: { type: 'household', id: row.id },
    district: row.district,
    atMs: work.atMs,
    data,
    words,
    audience: row.path.map((code) => `a:${code}`),
    opId: work.opId,
  });
}
