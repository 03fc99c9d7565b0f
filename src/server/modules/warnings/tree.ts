import type { LiveTerritory } from '#server/modules/grids/index.ts';
import { toldAreas, type AreaTree } from './rules-areas.ts';

/** The living territory as the rules ask for it. Retired areas are no longer part of it. */
export function treeOf(territory: LiveTerritory): AreaTree {
  const maps = territory.maps();
  const living = (code: string) => {
    const area = maps.areas.get(code);
    return area === undefined || area.retiredAt !== null ? undefined : area;
  };
  return {
    roots: () => maps.childrenOf.get('') ?? [],
    children: (code) => maps.childrenOf.get(code) ?? [],
    area: living,
  };
}

/** Whom a line about these areas is told to. */
export function audienceOf(territory: LiveTerritory, areas: readonly string[]): string[] {
  return toldAreas(areas, treeOf(territory)).map((code) => `a:${code}`);
}

/** The six digits a line or row carries: the district of the first area, else the root of the tree. */
export function districtOf(territory: LiveTerritory, areas: readonly string[]): string {
  const path = areas.flatMap((code) => [territory.area(code)?.path ?? []])[0];
  return path?.[1] ?? path?.[0] ?? territory.maps().childrenOf.get('')?.[0]?.code ?? '000000';
}
