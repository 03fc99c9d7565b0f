/**
 * The territory as maps in memory: who lies where, which unit receives what. Pure; built anew after every change.
 */
import { buildAreaIndex, type AreaIndex } from '#engine/territory/area-index.ts';
import type { Bbox } from '#engine/territory/geometry.ts';
import { bboxOf } from '#engine/territory/measure.ts';
import { AppError } from '#kit/errors.ts';
import { isAbove, tiers } from '#kit/tiers.ts';
import type { StoredArea } from './store.ts';
import type { StoredUnit } from './store-units.ts';
import type { Unit } from './territory.ts';

export interface TerritoryMaps {
  version: number;
  /** Retired areas included: old events still name them. */
  areas: ReadonlyMap<string, StoredArea>;
  units: ReadonlyMap<string, StoredUnit>;
  childrenOf: ReadonlyMap<string, readonly StoredArea[]>;
  /** Areas with an outline, not retired, in the order of `index`. */
  shaped: readonly StoredArea[];
  boxes: readonly Bbox[];
  index: AreaIndex;
  unitsAt: ReadonlyMap<string, readonly StoredUnit[]>;
  unitsOfRole: ReadonlyMap<string, readonly StoredUnit[]>;
}

/** `before` lends its index when no outline changed: building it for a whole city takes seconds, the rest does not. */
export function buildMaps(
  version: number,
  areas: readonly StoredArea[],
  units: readonly StoredUnit[],
  before?: TerritoryMaps,
): TerritoryMaps {
  const living = areas.filter((area) => area.retiredAt === null);
  const shaped = living.filter((area) => area.geometry !== null);
  const working = units.filter((unit) => unit.retiredAt === null);
  return {
    version,
    areas: new Map(areas.map((area) => [area.code, area])),
    units: new Map(units.map((unit) => [unit.id, unit])),
    childrenOf: groupBy(living, (area) => area.parentCode ?? ''),
    shaped,
    ...(before !== undefined && sameShapes(before.shaped, shaped)
      ? { boxes: before.boxes, index: before.index }
      : indexOf(shaped)),
    unitsAt: groupBy(working, (unit) => unit.areaCode),
    unitsOfRole: groupBy(working, (unit) => unit.roleCode),
  };
}

function indexOf(shaped: readonly StoredArea[]): Pick<TerritoryMaps, 'boxes' | 'index'> {
  return {
    boxes: shaped.map(({ geometry }) => bboxOf(geometry ?? { type: 'MultiPolygon', coordinates: [] })),
    index: buildAreaIndex(
      shaped.flatMap(({ code, tier, geometry }) => (geometry === null ? [] : [{ code, tier, rings: geometry }])),
    ),
  };
}

function sameShapes(before: readonly StoredArea[], after: readonly StoredArea[]): boolean {
  return (
    before.length === after.length &&
    after.every((area, k) => {
      const old = before[k];
      if (old?.code !== area.code) return false;
      return old.geometry === area.geometry || JSON.stringify(old.geometry) === JSON.stringify(area.geometry);
    })
  );
}

function groupBy<T>(items: readonly T[], keyOf: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const group = groups.get(keyOf(item));
    if (group === undefined) groups.set(keyOf(item), [item]);
    else group.push(item);
  }
  return groups;
}

/** The root of the tree: the city without a parent, lowest code first. @throws AppError not_found in an empty territory */
export function cityOf(maps: TerritoryMaps): StoredArea {
  const city = maps.childrenOf.get('')?.find(({ tier }) => tier === 'city');
  if (city === undefined)
    throw new AppError('not_found', 'The territory is empty. Import the areas first: huangge import areas <file.csv>.');
  return city;
}

/**
 * Who receives what is reported in an area: the committee of its community, else the nearest centre above. Grids and
 * micro-grids have no desk of their own. Undefined when no unit stands anywhere on the path.
 */
export function receiverOf(maps: TerritoryMaps, areaCode: string): StoredUnit | undefined {
  for (const code of maps.areas.get(areaCode)?.path.toReversed() ?? []) {
    const found = maps.unitsAt.get(code)?.find(({ kind }) => kind === 'committee' || kind === 'centre');
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Units of a role on the path, nearest (deepest) tier first; within a tier by their own order. */
export function unitsByRole(maps: TerritoryMaps, roleCode: string, path: readonly string[]): StoredUnit[] {
  const found = (maps.unitsOfRole.get(roleCode) ?? []).filter(({ areaCode }) => path.includes(areaCode));
  return found.toSorted((a, b) => tiers.indexOf(b.tier) - tiers.indexOf(a.tier));
}

/**
 * Whom a dispatcher may give tasks to: posts and departments of the same desk, every unit of lower tiers on the path,
 * agencies on the path. A committee may give tasks to itself, having no posts. A post dispatches for its centre.
 */
export function reachableUnits(maps: TerritoryMaps, fromUnitId: string, path: readonly string[]): StoredUnit[] {
  const desk = deskOf(maps, fromUnitId);
  if (desk === undefined) return [];
  const around = new Set([...path, ...(maps.areas.get(desk.areaCode)?.path ?? [])]);
  const found = [...around]
    .flatMap((code) => maps.unitsAt.get(code) ?? [])
    .filter((unit) => isReachable(maps, desk, unit, path));
  return found.toSorted((a, b) => tiers.indexOf(a.tier) - tiers.indexOf(b.tier));
}

function isReachable(maps: TerritoryMaps, desk: StoredUnit, unit: StoredUnit, path: readonly string[]): boolean {
  if (unit.id === desk.id) return desk.kind === 'committee';
  if (unit.kind === 'partner') return false;
  if (unit.kind === 'agency') return true;
  if (isAbove(desk.tier, unit.tier)) return path.includes(unit.areaCode);
  const staff = unit.kind === 'post' || unit.kind === 'department';
  return staff && (unit.areaCode === desk.areaCode || belongsTo(maps, unit, desk.id));
}

/** The centre or committee for which a unit acts: itself, or the nearest one it belongs to. */
function deskOf(maps: TerritoryMaps, unitId: string): StoredUnit | undefined {
  const self = maps.units.get(unitId);
  if (self?.kind !== 'post') return self;
  for (const unit of ancestorsOf(maps, self)) if (unit.kind === 'centre' || unit.kind === 'committee') return unit;
  return self;
}

function belongsTo(maps: TerritoryMaps, unit: StoredUnit, deskId: string): boolean {
  return ancestorsOf(maps, unit).some(({ id }) => id === deskId);
}

/** Upwards; a circle, which commands refuse, would end after 20 steps. */
function ancestorsOf(maps: TerritoryMaps, unit: Unit): StoredUnit[] {
  const found: StoredUnit[] = [];
  let next = unit.parentId === null ? undefined : maps.units.get(unit.parentId);
  while (next !== undefined && found.length < 20) {
    found.push(next);
    next = next.parentId === null ? undefined : maps.units.get(next.parentId);
  }
  return found;
}

/** Areas with an outline whose box meets the window (all when there is none), of one tier. */
export function areasIn(maps: TerritoryMaps, tier: string, window: readonly number[] | undefined): StoredArea[] {
  const [west = -180, south = -90, east = 180, north = 90] = window ?? [];
  return maps.shaped.filter((area, k) => {
    const box = maps.boxes[k];
    return (
      area.tier === tier && box !== undefined && box[0] <= east && box[2] >= west && box[1] <= north && box[3] >= south
    );
  });
}
