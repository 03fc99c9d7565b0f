/** The town as the program's territory, before any database holds it. */
import { codePath, decodeAreaCode } from '#engine/territory/area-code.ts';
import type { Territory } from '#server/modules/grids/index.ts';
import { buildMaps, cityOf, reachableUnits, receiverOf, unitsByRole } from '#server/modules/grids/territory-maps.ts';
import type { Town } from './make-town.ts';

export function territoryOf({ geography, units }: Pick<Town, 'geography' | 'units'>): Territory {
  const areas = geography.areas.map((area) => ({
    ...area,
    path: codePath(area.code),
    kind: decodeAreaCode(area.code).isExclusive ? ('exclusive' as const) : ('ordinary' as const),
    version: 1,
    retiredAt: null,
  }));
  const maps = buildMaps(
    1,
    areas,
    units.map((unit) => ({ ...unit, version: 1, retiredAt: null })),
  );
  const reachable = new Map<string, ReturnType<typeof reachableUnits>>();
  return {
    locate: (lon, lat) => maps.shaped[maps.index.locate(lon, lat)],
    area: (code) => maps.areas.get(code),
    city: () => cityOf(maps),
    children: (code) => maps.childrenOf.get(code) ?? [],
    unit: (id) => maps.units.get(id),
    receiverOf: (code) => receiverOf(maps, code),
    unitsByRole: (role, path) => unitsByRole(maps, role, path),
    reachableUnits(from, path) {
      // Asked tens of thousands of times for a few hundred places; the town does not change meanwhile.
      const key = `${from} ${path.at(-1) ?? ''}`;
      const found = reachable.get(key) ?? reachableUnits(maps, from, path);
      reachable.set(key, found);
      return found;
    },
    reload: () => Promise.resolve(),
  };
}
