import { checkTiling, type TilingProblem } from '#engine/territory/tiling.ts';
import type { Database } from '#server/db/pool.ts';
import { systemScope } from '#server/db/scope.ts';
import { grantsFor, type Actor } from '#server/modules/identity/index.ts';
import { listAnswerers } from './store-answerers.ts';
import { findPlaces } from './store-layers.ts';
import type { StoredArea } from './store.ts';
import type { StoredUnit } from './store-units.ts';
import { receiverOf, type TerritoryMaps } from './territory-maps.ts';
import { getKnown, pointOf, toPathItem, toUnitView } from './views.ts';

/** Children of `parent` (the roots without one), or all descendants of one tier. */
export function listTree(maps: TerritoryMaps, parent: string | undefined, tier: string | undefined): StoredArea[] {
  if (tier === undefined) return [...(maps.childrenOf.get(parent ?? '') ?? [])];
  return [...maps.areas.values()].filter(
    (area) => area.retiredAt === null && area.tier === tier && (parent === undefined || area.path.includes(parent)),
  );
}

/** Areas and places by name; a code finds its area. Names that begin with the words come first, upper tiers before lower. */
export async function search(
  database: Database,
  maps: TerritoryMaps,
  query: { q: string; within?: string; limit: number },
) {
  const words = query.q.toLowerCase();
  const found = [...maps.areas.values()].filter(
    (area) =>
      area.retiredAt === null &&
      (query.within === undefined || area.path.includes(query.within)) &&
      (area.name.toLowerCase().includes(words) || area.code.startsWith(words)),
  );
  const rank = (area: StoredArea): number =>
    area.code === words ? 0 : area.name.toLowerCase() === words ? 1 : area.name.toLowerCase().startsWith(words) ? 2 : 3;
  const best = found
    .toSorted((a, b) => rank(a) - rank(b) || a.path.length - b.path.length || (a.code < b.code ? -1 : 1))
    .slice(0, query.limit);
  const places = await database.read(systemScope, (tx) => findPlaces(tx, query.q, query.within, query.limit));
  return {
    areas: best.map((area) => ({
      code: area.code,
      tier: area.tier,
      name: area.name,
      pathName: area.path.map((code) => toPathItem(maps.areas.get(code))?.name ?? code).join(' '),
      at: pointOf(area.geometry),
    })),
    places: places.map(({ name, kind, lon, lat, areaCode }) => ({
      name,
      kind,
      lon,
      lat,
      areaName: maps.areas.get(areaCode ?? '')?.name ?? '',
    })),
  };
}

/** Do the children of an area tile it? And which of them are not drawn yet? */
export function checkFamily(maps: TerritoryMaps, code: string): { problems: TilingProblem[]; missing: string[] } {
  const parent = getKnown(maps, code);
  const children = maps.childrenOf.get(code) ?? [];
  const drawn = children.flatMap((child) =>
    child.geometry === null ? [] : [{ code: child.code, geometry: child.geometry }],
  );
  const frame = parent.geometry === null ? undefined : { code, geometry: parent.geometry };
  return {
    problems: drawn.length === 0 ? [] : checkTiling(drawn, frame),
    missing: children.filter(({ geometry }) => geometry === null).map((child) => child.code),
  };
}

/** Who answers for an area: appointments over it and over all that contains it. Names only for those who may see people there. */
export async function answerersOf(database: Database, maps: TerritoryMaps, actor: Actor, code: string, nowMs: number) {
  const { path } = getKnown(maps, code);
  const shanghaiDay = new Date(nowMs + 8 * 3_600_000).toISOString().slice(0, 10);
  const rows = await database.read(systemScope, (tx) => listAnswerers(tx, path, shanghaiDay));
  const receiver = receiverOf(maps, code);
  return {
    receiver: receiver === undefined ? null : toUnitView(receiver),
    roles: rows.map((row) => ({ ...row, names: maySeeNames(actor, maps, row) ? row.names : null })),
  };
}

function maySeeNames(actor: Actor, maps: TerritoryMaps, row: { areaCode: string; unitId: string }): boolean {
  const path = maps.areas.get(row.areaCode)?.path ?? [row.areaCode];
  return actor.kind === 'system' || grantsFor(actor, 'people.read', { path, units: [row.unitId] }).length > 0;
}

export interface UnitFilter {
  area?: string;
  kinds?: readonly string[];
  role?: string;
  q?: string;
  retired: boolean;
}

/** Units of an area and everything below it. */
export function listUnitsOf(maps: TerritoryMaps, filter: UnitFilter): StoredUnit[] {
  const words = filter.q?.toLowerCase() ?? '';
  return [...maps.units.values()].filter(
    (unit) =>
      (filter.retired || unit.retiredAt === null) &&
      (filter.area === undefined || (maps.areas.get(unit.areaCode)?.path.includes(filter.area) ?? false)) &&
      (filter.kinds === undefined || filter.kinds.length === 0 || filter.kinds.includes(unit.kind)) &&
      (filter.role === undefined || unit.roleCode === filter.role) &&
      (words === '' || [unit.name, unit.nameEn, unit.code].some((text) => text.toLowerCase().includes(words))),
  );
}
