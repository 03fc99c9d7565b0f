import { buildAreaIndex } from '#engine/territory/area-index.ts';
import { createArea, districtOf, getArea, retireArea, type AreaWish, type Work } from './area-commands.ts';
import { noChange, type OutlineChange } from './outline-change.ts';
import { recordRisk } from './risk-commands.ts';
import { listRisksIn, moveRisk, type StoredRisk } from './risk-store.ts';
import type { NewArea } from './store.ts';
import type { TerritoryMaps } from './territory-maps.ts';

/**
 * Risk points follow a change of outlines in its own transaction, each with a line. `maps` are those of before. A point that
 * somebody put under an area other than that of its position stays there while the area is in use.
 */
export async function moveRisks(work: Work, maps: TerritoryMaps, change: OutlineChange): Promise<void> {
  const fresh = freshAreas(maps, change);
  const touched = [...fresh.map(({ code }) => code), ...change.retired];
  const parents = fresh.flatMap(({ parentCode }) => parentCode ?? []);
  const index = buildAreaIndex(
    fresh.flatMap(({ code, tier, geometry }) => (geometry ? [{ code, tier, rings: geometry }] : [])),
  );
  const shaped = fresh.filter(({ geometry }) => Boolean(geometry));
  for (const point of await listRisksIn(work.tx, [...new Set([...touched, ...parents])])) {
    const to = targetOf(maps, change, point, shaped[index.locate(point.lon, point.lat)]);
    if (to === undefined || to.code === point.areaCode) continue;
    const moved = { ...point, areaCode: to.code, path: [...to.path], district: districtOf(to.path) };
    await moveRisk(work.tx, moved, work.atMs);
    await recordRisk(work, 'risk_point.move', moved, { code: point.code, from: point.areaCode, to: to.code });
  }
}

/** Areas that have a new outline. */
function freshAreas(maps: TerritoryMaps, { saved, created }: OutlineChange): NewArea[] {
  const changed = saved.flatMap(({ code, geometry }): NewArea[] => {
    const area = maps.areas.get(code);
    return area === undefined ? [] : [{ ...area, geometry }];
  });
  return [...changed, ...created];
}

function targetOf(
  maps: TerritoryMaps,
  change: OutlineChange,
  point: StoredRisk,
  hit: NewArea | undefined,
): NewArea | undefined {
  if (change.retired.includes(point.areaCode))
    return hit ?? maps.areas.get(change.sameAs.get(point.areaCode) ?? point.path.at(-2) ?? '');
  const lay = maps.shaped[maps.index.locate(point.lon, point.lat)];
  // An outline of a larger area around it says nothing about the smaller one it lies in.
  return lay?.code === point.areaCode && hit !== undefined && hit.path.length >= point.path.length ? hit : undefined;
}

/** A new area, and the points that now lie in it. See createArea. */
export async function createAreaAndFollow(work: Work, wish: AreaWish): ReturnType<typeof createArea> {
  const answer = await createArea(work, wish);
  await moveRisks(work, work.territory.maps(), { ...noChange, created: [await getArea(work.tx, answer.code)] });
  return answer;
}

/** An area less, and its points with the area above it. See retireArea. */
export async function retireAreaAndFollow(
  work: Work,
  code: string,
  wish: Parameters<typeof retireArea>[2],
): ReturnType<typeof retireArea> {
  const answer = await retireArea(work, code, wish);
  await moveRisks(work, work.territory.maps(), { ...noChange, retired: [code] });
  return answer;
}
