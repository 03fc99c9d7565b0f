import { ledgerActor } from '#server/modules/identity/index.ts';
import { uuidV7 } from '#kit/ids.ts';
import { AppError } from '#kit/errors.ts';
import { append } from '#server/modules/ledger/index.ts';
import { districtOf, getArea, type Work } from './area-commands.ts';
import { enterTerritory } from './outline-change.ts';
import { assertMayEdit, assertVersion } from './rules.ts';
import {
  findUnitForUpdate,
  listBoards,
  retireUnit as retireRow,
  saveBoard as saveBoardRow,
  saveUnits,
  type Board,
  type StoredUnit,
} from './store-units.ts';
import type { TerritoryMaps } from './territory-maps.ts';
import type { Unit } from './territory.ts';

export interface UnitWish {
  code: string;
  kind: Unit['kind'];
  roleCode: string;
  name: string;
  nameEn: string;
  areaCode: string;
  parentId: string | null;
  boardCode: string | null;
  phone: string | null;
  sort: number;
}

type Kept = Omit<StoredUnit, 'version' | 'retiredAt'>;

/** Adds a unit. @throws AppError already_exists, not_allowed, bad_input */
export async function createUnit(work: Work, wish: UnitWish): Promise<{ id: string; ledgerId: string }> {
  const maps = await enterTerritory(work.tx, work.territory);
  const twin = [...maps.units.values()].find(({ code }) => code === wish.code);
  if (twin !== undefined)
    throw new AppError('already_exists', `Unit code ${wish.code} is taken by "${twin.name}". Choose another.`, {
      code: wish.code,
    });
  const unit = await toKept(work, maps, uuidV7(work.atMs), wish);
  await saveUnits(work.tx, [unit]);
  return { id: unit.id, ledgerId: await recordUnit(work, 'unit.create', unit, { unit: publicFacts(unit) }) };
}

/** Changes a unit; its code stays, because other systems know it by that. */
export async function editUnit(
  work: Work,
  id: string,
  wish: Partial<Omit<UnitWish, 'code'>> & { version: number },
): Promise<{ ledgerId: string }> {
  const maps = await enterTerritory(work.tx, work.territory);
  const before = await getUnit(work, id);
  assertVersion(before, wish.version);
  const { version: _seen, ...changes } = wish;
  const after = await toKept(work, maps, id, { ...before, ...withoutUndefined(changes) });
  await saveUnits(work.tx, [after]);
  return {
    ledgerId: await recordUnit(work, 'unit.edit', after, { from: publicFacts(before), to: publicFacts(after) }),
  };
}

/** Takes a unit out of use. @throws AppError in_use while units belong to it */
export async function retireUnit(
  work: Work,
  id: string,
  wish: { version: number; reason: string },
): Promise<{ ledgerId: string }> {
  const maps = await enterTerritory(work.tx, work.territory);
  const unit = await getUnit(work, id);
  assertVersion(unit, wish.version);
  const below = [...maps.units.values()].filter(({ parentId, retiredAt }) => parentId === id && retiredAt === null);
  if (below.length > 0) {
    throw new AppError('in_use', `${below.length} units still belong to ${unit.name}. Move or retire them first.`, {
      units: below.slice(0, 20).map(({ name }) => name),
    });
  }
  await retireRow(work.tx, id, work.atMs);
  return { ledgerId: await recordUnit(work, 'unit.retire', unit, { code: unit.code }, { reason: wish.reason }) };
}

/** Adds or changes a board (板块). */
export async function saveBoard(work: Work, board: Board): Promise<{ ledgerId: string }> {
  const area = await getArea(work.tx, board.areaCode);
  assertMayEdit(work.actor, area);
  const before = (await listBoards(work.tx)).find(({ code }) => code === board.code);
  if (before !== undefined && before.areaCode !== board.areaCode) {
    assertMayEdit(work.actor, await getArea(work.tx, before.areaCode));
  }
  await saveBoardRow(work.tx, board);
  const ledgerId = await append(work.tx, {
    actor: ledgerActor(work.actor),
    action: 'board.save',
    subject: { type: 'board', id: board.code },
    district: districtOf(area.path),
    atMs: work.atMs,
    data: { from: before ?? null, to: board },
    audience: area.path.map((code) => `a:${code}`),
    opId: work.opId,
  });
  return { ledgerId };
}

async function getUnit(work: Work, id: string): Promise<StoredUnit> {
  const unit = await findUnitForUpdate(work.tx, id);
  if (unit === undefined || unit.retiredAt !== null)
    throw new AppError('not_found', 'There is no such unit, or it is no longer in use.', { id });
  assertMayEdit(work.actor, await getArea(work.tx, unit.areaCode));
  return unit;
}

/** Checks what a unit points to; its tier is that of its area. */
async function toKept(work: Work, maps: TerritoryMaps, id: string, wish: UnitWish): Promise<Kept> {
  const area = await getArea(work.tx, wish.areaCode);
  assertMayEdit(work.actor, area);
  assertParent(maps, id, wish.parentId);
  if (wish.boardCode !== null && !(await listBoards(work.tx)).some(({ code }) => code === wish.boardCode)) {
    throw new AppError('bad_input', `There is no board ${wish.boardCode}. Add it first.`, { field: 'boardCode' });
  }
  const { code, kind, roleCode, name, nameEn, areaCode, parentId, boardCode, phone, sort } = wish;
  return { id, code, kind, roleCode, name, nameEn, tier: area.tier, areaCode, parentId, boardCode, phone, sort };
}

function assertParent(maps: TerritoryMaps, id: string, parentId: string | null): void {
  let next = parentId;
  for (let steps = 0; next !== null; steps++) {
    const parent = maps.units.get(next);
    if (parent === undefined || (steps === 0 && parent.retiredAt !== null))
      throw new AppError('bad_input', 'The unit above does not exist or is no longer in use.', { field: 'parentId' });
    if (next === id || steps > 20)
      throw new AppError('bad_input', 'A unit cannot belong to itself, directly or through others.', {
        field: 'parentId',
      });
    next = parent.parentId;
  }
}

function withoutUndefined<T extends object>(value: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(value).filter(([, part]) => part !== undefined)) as {
    [K in keyof T]: Exclude<T[K], undefined>;
  };
}

/** What an auditor may see: everything but the telephone number, which may be a person's. */
function publicFacts(unit: Kept): Record<string, unknown> {
  const { code, kind, roleCode, name, nameEn, areaCode, parentId, boardCode, sort } = unit;
  return { code, kind, roleCode, name, nameEn, areaCode, parentId, boardCode, sort };
}

function recordUnit(
  work: Work,
  action: string,
  unit: Kept,
  data: Record<string, unknown>,
  words?: Record<string, unknown>,
): Promise<string> {
  const path = work.territory.area(unit.areaCode)?.path ?? [unit.areaCode];
  return append(work.tx, {
    actor: ledgerActor(work.actor),
    action,
    subject: { type: 'unit', id: unit.id },
    district: districtOf(path),
    atMs: work.atMs,
    data,
    words,
    audience: [`u:${unit.id}`, ...path.map((code) => `a:${code}`)],
    opId: work.opId,
  });
}
