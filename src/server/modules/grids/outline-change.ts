/** The one way outlines change: lock, load what is touched, judge the whole, save the whole. */
import RBush from 'rbush';
import type { AreaGeometry } from '#engine/territory/geometry.ts';
import { bboxOf } from '#engine/territory/measure.ts';
import { assertValidGeometry } from '#engine/territory/ring-problems.ts';
import type { TilingProblem } from '#engine/territory/tiling.ts';
import { AppError } from '#kit/errors.ts';
import type { Tx } from '#server/db/pool.ts';
import type { LiveTerritory } from './live-territory.ts';
import { cousinFit, fitOf, type Fit, type Outline } from './rules.ts';
import {
  insertAreas,
  listAreasForUpdate,
  listChildren,
  lockTerritory,
  retireAreas,
  saveFacts,
  saveGeometry,
  type NewArea,
  type StoredArea,
} from './store.ts';
import type { TerritoryMaps } from './territory-maps.ts';

export interface OutlineChange {
  /** Outlines of existing areas; null takes an outline away. */
  saved: readonly Outline[];
  created: readonly NewArea[];
  retired: readonly string[];
  /** Neighbours that only take in a corner on a straight edge. */
  woven: readonly { code: string; geometry: AreaGeometry }[];
  /** New code → the area it was part of. */
  sameAs: ReadonlyMap<string, string>;
}

export const noChange: OutlineChange = { saved: [], created: [], retired: [], woven: [], sameAs: new Map() };

/** Makes this transaction the only one that changes outlines, with the newest maps to judge by. */
export async function enterTerritory(tx: Tx, territory: LiveTerritory): Promise<TerritoryMaps> {
  const version = await lockTerritory(tx);
  if (version !== territory.maps().version) await territory.reload();
  return territory.maps();
}

/** A GeoJSON shape from outside, checked, heights dropped, with right winding. @throws AppError bad_input with the place */
export function toGeometry(
  shape: { type: 'Polygon' | 'MultiPolygon'; coordinates: unknown[] },
  code: string,
): AreaGeometry {
  const depth = shape.type === 'Polygon' ? 3 : 4;
  if (!isNested(shape.coordinates, depth)) {
    throw new AppError(
      'bad_input',
      `The outline of ${code} is no GeoJSON ${shape.type}: expected arrays of [longitude, latitude], ${depth} deep.`,
      {
        field: 'geometry',
        code,
      },
    );
  }
  return assertValidGeometry({ type: shape.type, coordinates: dropHeights(shape.coordinates, depth) } as AreaGeometry);
}

function isNested(value: unknown, depth: number): boolean {
  if (!Array.isArray(value)) return false;
  if (depth === 1) return value.length >= 2 && value.length <= 4 && value.every((part) => typeof part === 'number');
  return value.every((part) => isNested(part, depth - 1));
}

function dropHeights(value: unknown, depth: number): unknown {
  if (!Array.isArray(value)) return value;
  return depth === 1 ? value.slice(0, 2) : value.map((part) => dropHeights(part, depth - 1));
}

/** Judges a change against the stored state; the territory must be entered. Callers decide what a refusal means. */
export async function judgeChange(tx: Tx, maps: TerritoryMaps, change: OutlineChange): Promise<Fit> {
  const touched = await listAreasForUpdate(tx, [...change.saved.map(({ code }) => code), ...change.retired]);
  const next = new Map<string, AreaGeometry | null>(
    [...change.saved, ...change.woven].map(({ code, geometry }) => [code, geometry]),
  );
  const codes = new Set([...touched, ...change.created].flatMap(({ parentCode }) => parentCode ?? []));
  for (const area of touched) codes.add(area.code); // a moved parent must still hold its children
  const parents = await listAreasForUpdate(tx, [...codes]);
  const children = await listChildren(tx, [...codes]);
  const all: Fit = { refused: [], warnings: [] };
  for (const parent of parents) {
    if (change.retired.includes(parent.code)) continue;
    const own = children.filter(({ parentCode }) => parentCode === parent.code);
    addTo(all, judgeFamily(change, parent, own, next));
  }
  for (const fit of judgeCousins(maps, change, touched, next)) addTo(all, fit);
  return all;
}

function addTo(all: Fit, fit: Fit): void {
  all.refused.push(...fit.refused);
  all.warnings.push(...fit.warnings);
}

function judgeFamily(
  change: OutlineChange,
  parent: StoredArea,
  children: readonly StoredArea[],
  next: ReadonlyMap<string, AreaGeometry | null>,
): Fit {
  const after = (area: StoredArea): AreaGeometry | null =>
    next.has(area.code) ? (next.get(area.code) ?? null) : area.geometry;
  const kept = children
    .filter(({ code }) => !change.retired.includes(code))
    .map((child) => ({ code: child.code, geometry: after(child) }));
  const born = change.created.filter(({ parentCode }) => parentCode === parent.code);
  return fitOf({
    parentCode: parent.code,
    parentBefore: parent.geometry,
    parentAfter: after(parent),
    before: children,
    after: [...kept, ...born.map(({ code, geometry }) => ({ code, geometry: geometry ?? null }))],
    sameAs: change.sameAs,
  });
}

/**
 * Where a parent has no outline, its areas could lie on areas of another parent unseen; so these are compared directly.
 * With outlines on both sides the parents' own tiling, and children kept inside, already exclude it.
 */
function judgeCousins(
  maps: TerritoryMaps,
  change: OutlineChange,
  touched: readonly StoredArea[],
  next: ReadonlyMap<string, AreaGeometry | null>,
): Fit[] {
  const before = new Map(touched.map((area) => [area.code, area.geometry]));
  const gone = new Set(change.retired);
  const moved: NewArea[] = [...touched.filter(({ code }) => !gone.has(code)), ...change.created].map((area) => ({
    ...area,
    geometry: next.has(area.code) ? (next.get(area.code) ?? null) : (area.geometry ?? null),
  }));
  const fresh = new Set(moved.map(({ code }) => code));
  const still = maps.shaped.filter(({ code }) => !fresh.has(code) && !gone.has(code));
  const isBounded = ({ parentCode }: NewArea): boolean =>
    (next.get(parentCode ?? '') ?? maps.areas.get(parentCode ?? '')?.geometry ?? null) !== null;
  const tree = new RBush<{ minX: number; minY: number; maxX: number; maxY: number; area: NewArea }>();
  tree.load(
    [...still, ...moved].flatMap((area) =>
      area.geometry === null || area.geometry === undefined ? [] : [{ ...boxAsked(area.geometry), area }],
    ),
  );
  return moved.flatMap((area) => {
    if (area.geometry === null || area.geometry === undefined) return [];
    const near = tree.search(boxAsked(area.geometry)).map((item) => item.area);
    const told = (other: NewArea): boolean => fresh.has(other.code) && other.code < area.code;
    const cousins = near.filter(
      (other) =>
        other.tier === area.tier &&
        other.parentCode !== area.parentCode &&
        !told(other) &&
        !(isBounded(other) && isBounded(area)),
    );
    if (cousins.length === 0) return [];
    const origin = change.sameAs.get(area.code) ?? area.code;
    return [cousinFit({ code: origin, geometry: before.get(origin) ?? null }, toOutline(area), cousins.map(toOutline))];
  });
}

function toOutline({ code, geometry = null }: NewArea): Outline {
  return { code, geometry };
}

function boxAsked(geometry: AreaGeometry): { minX: number; minY: number; maxX: number; maxY: number } {
  const [minX, minY, maxX, maxY] = bboxOf(geometry);
  return { minX, minY, maxX, maxY };
}

/** Problems of a list of outlines as data for the screen. */
export function showProblems(problems: readonly TilingProblem[]): {
  kind: TilingProblem['kind'];
  codes: string[];
  at: [number, number] | null;
  areaM2: number;
  geometry: TilingProblem['geometry'];
  message: string;
}[] {
  return problems
    .slice(0, 100)
    .map((problem) => ({ ...problem, at: problem.at === null ? null : [problem.at[0], problem.at[1]] }));
}

/** Writes a judged change. */
export async function applyChange(tx: Tx, change: OutlineChange, atMs: number): Promise<void> {
  await saveGeometry(tx, change.saved);
  await saveGeometry(tx, change.woven, true);
  await insertAreas(tx, change.created);
  await retireAreas(tx, change.retired, atMs);
}

/** Gives one area another name. */
export async function renameArea(tx: Tx, area: StoredArea, name: string): Promise<void> {
  await saveFacts(tx, [{ code: area.code, name, residents: area.residents, households: area.households }]);
}
