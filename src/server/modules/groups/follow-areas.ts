/** Groups follow the territory: what was split, merged or retired changes which grids they serve. */
import { systemScope } from '#server/db/scope.ts';
import { districtOf, pointWithin, type LiveTerritory } from '#server/modules/grids/index.ts';
import { systemActor } from '#server/modules/identity/index.ts';
import { record } from './access.ts';
import type { GroupsParts } from './parts.ts';
import { findGroup, gridsOf, listInUse, moveMembers, setGrids, updateGroup } from './store-group.ts';

type Maps = ReturnType<LiveTerritory['maps']>;
type Area = Maps['shaped'][number];

/**
 * Makes what a ticker calls: after the territory has changed, a group of a merged grid serves the grid that took it in, a
 * group of a split grid serves every part (its members may live in any), a group of a retired grid the nearest area above
 * that is in use. Answers how many groups changed. After a start nobody knows the outlines of before: parts split off
 * meanwhile are not found, retired grids are.
 */
export function followGrids({ database, territory, clock }: GroupsParts): () => Promise<number> {
  let before: Maps | undefined;
  return async () => {
    const now = territory.maps();
    if (now === before) return 0;
    const steps = { territory, now, parts: partsSplitOff(territory, before, now) };
    let changed = 0;
    for (const { id, areas, codes } of await database.read(systemScope, listInUse)) {
      if (!isStale(steps, areas, codes)) continue;
      await database.inTx(systemScope, async (tx) => {
        const group = await findGroup(tx, systemScope, id, true);
        const from = (await gridsOf(tx, [id])).get(id) ?? [];
        if (group === undefined) return;
        const atMs = clock.now();
        for (const code of from) {
          const [to] = after(steps, code);
          if (to !== undefined && to !== code) await moveMembers(tx, id, code, to);
        }
        const gridCodes = [...new Set(from.flatMap((code) => after(steps, code)))];
        const where = placeOf(now, gridCodes);
        await setGrids(tx, id, where.district, gridCodes);
        await updateGroup(tx, id, where, new Date(atMs));
        const line = { actor: systemActor, action: 'group.link' as const, group: { ...group, ...where }, atMs };
        await record(tx, { ...line, data: { from, gridCodes } });
        changed++;
      });
    }
    before = now;
    return changed;
  };
}

interface Steps {
  territory: LiveTerritory;
  now: Maps;
  /** New codes by the code whose land they were. */
  parts: ReadonlyMap<string, readonly string[]>;
}

function isStale(steps: Steps, areas: readonly string[], codes: readonly string[]): boolean {
  const next = new Set(codes.flatMap((code) => after(steps, code)));
  if (next.size !== codes.length || codes.some((code) => !next.has(code))) return true;
  return placeOf(steps.now, codes).areas.some((code) => !areas.includes(code));
}

/** Where a link to this code leads now, the successor of its members first. */
function after({ territory, now, parts }: Steps, code: string): string[] {
  const area = now.areas.get(code);
  if (area?.retiredAt === null) return [code, ...(parts.get(code) ?? [])];
  return [successor(territory, now, area)?.code ?? code];
}

/** The grid that lies there now, else the nearest area above in use. */
function successor(territory: LiveTerritory, now: Maps, area: Area | undefined): Area | undefined {
  if (area === undefined) return undefined;
  const point = area.geometry === null ? null : pointWithin(territory, area.code);
  const there = point === null ? undefined : locate(now, point[0], point[1]);
  if (there?.tier === 'grid' || there?.tier === 'micro_grid') return there;
  return area.path
    .toReversed()
    .map((code) => now.areas.get(code))
    .find((one) => one?.retiredAt === null);
}

/** Areas that were not there before, by the area of their tier and parent that lay where they lie. */
function partsSplitOff(territory: LiveTerritory, before: Maps | undefined, now: Maps): Map<string, string[]> {
  const parts = new Map<string, string[]>();
  if (before === undefined) return parts;
  for (const area of now.shaped) {
    const point = before.areas.has(area.code) ? null : pointWithin(territory, area.code);
    const old = point === null ? undefined : locate(before, point[0], point[1]);
    if (old?.tier === area.tier && old.parentCode === area.parentCode)
      parts.set(old.code, [...(parts.get(old.code) ?? []), area.code]);
  }
  return parts;
}

function placeOf(now: Maps, codes: readonly string[]): { district: string; areas: string[] } {
  const paths = codes.map((code) => now.areas.get(code)?.path ?? [code]);
  return { district: districtOf(paths[0] ?? []), areas: [...new Set(paths.flat())] };
}

function locate(maps: Maps, lon: number, lat: number): Area | undefined {
  return maps.shaped[maps.index.locate(lon, lat)];
}
