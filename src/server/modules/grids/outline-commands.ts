import { mergeAreas as joinShapes } from '#engine/territory/merge.ts';
import { areaM2, bboxOf } from '#engine/territory/measure.ts';
import { splitArea as cutShape, weaveCorners } from '#engine/territory/split.ts';
import type { TilingProblem } from '#engine/territory/tiling.ts';
import type { AreaGeometry } from '#engine/territory/geometry.ts';
import { AppError } from '#kit/errors.ts';
import type { LonLat } from '#kit/geo.ts';
import { decodeAreaCode } from '#engine/territory/area-code.ts';
import { getArea, nextCode, recordArea, type Shape, type Work } from './area-commands.ts';
import {
  applyChange,
  enterTerritory,
  judgeChange,
  noChange,
  renameArea,
  toGeometry,
  type OutlineChange,
} from './outline-change.ts';
import { moveRisks } from './risk-moves.ts';
import { assertMayEdit, assertVersion, refuseProblems } from './rules.ts';
import { listAreasForUpdate, listUsedCodes, type NewArea, type StoredArea } from './store.ts';
import type { TerritoryMaps } from './territory-maps.ts';

export interface OutlineAnswer {
  codes: string[];
  retired: string[];
  warnings: TilingProblem[];
  /** null when it was only tried */
  ledgerId: string | null;
}

/** Saves a set of outlines at once: draws new ones, moves common boundaries. All or nothing. */
export async function saveOutlines(
  work: Work,
  changes: readonly { code: string; version: number; geometry: Shape | null }[],
  dryRun: boolean,
): Promise<OutlineAnswer> {
  const maps = await enterTerritory(work.tx, work.territory);
  if (new Set(changes.map(({ code }) => code)).size < changes.length) {
    throw new AppError('bad_input', 'One area is named twice in `changes`; send each once.', { field: 'changes' });
  }
  const areas: StoredArea[] = [];
  for (const { code, version } of changes) {
    const area = await getArea(work.tx, code);
    assertMayEdit(work.actor, area);
    assertVersion(area, version);
    areas.push(area);
  }
  const saved = changes.map(({ code, geometry }) => ({
    code,
    geometry: geometry === null ? null : toGeometry(geometry, code),
  }));
  const change: OutlineChange = { ...noChange, saved };
  const codes = saved.map(({ code }) => code);
  return settle(work, maps, change, dryRun, codes, () =>
    recordArea(work, 'area.outline', commonArea(areas), {
      codes,
      drawn: saved.filter(({ geometry }) => geometry !== null).map(({ code }) => code),
    }),
  );
}

/** Judges, refuses or writes, and records. */
async function settle(
  work: Work,
  maps: TerritoryMaps,
  change: OutlineChange,
  dryRun: boolean,
  codes: string[],
  record: () => Promise<string>,
): Promise<OutlineAnswer> {
  const { refused, warnings } = await judgeChange(work.tx, maps, change);
  refuseProblems(refused);
  const answer = { codes, retired: [...change.retired], warnings };
  if (dryRun) return { ...answer, ledgerId: null };
  await applyChange(work.tx, change, work.atMs);
  await moveRisks(work, maps, change);
  return { ...answer, ledgerId: await record() };
}

/** What a line about several areas is about: their nearest common area. */
function commonArea(areas: readonly StoredArea[]): { code: string; path: readonly string[] } {
  const [first] = areas;
  const only = areas.length === 1;
  const path = (first?.path ?? []).filter((code, k) =>
    areas.every((area) => area.path[k] === code && (only || area.code !== code)),
  );
  return { code: path.at(-1) ?? first?.code ?? '', path };
}

export interface SplitWish {
  version: number;
  line: readonly LonLat[];
  /** Names and codes of the new parts, west to east; what is missing is made up (grids) or refused (above). */
  names: readonly string[];
  codes: readonly string[];
  dryRun: boolean;
}

/**
 * Cuts an area along a line. The largest part keeps code, name and people who answer for it; the others get new codes.
 * Neighbours take in the new corners, so that the tiling stays exact.
 */
export async function splitArea(work: Work, code: string, wish: SplitWish): Promise<OutlineAnswer> {
  const maps = await enterTerritory(work.tx, work.territory);
  const area = await getArea(work.tx, code);
  assertMayEdit(work.actor, area);
  assertVersion(area, wish.version);
  if (area.geometry === null || area.parentCode === null) {
    throw new AppError('bad_input', `${area.name} has no outline that could be split. Draw it first.`, { code });
  }
  if ((maps.childrenOf.get(code) ?? []).length > 0) {
    throw new AppError('in_use', `${area.name} still has areas below it. Split or move those first.`, { code });
  }
  const { parts, corners } = cutShape(area.geometry, wish.line);
  const largest = parts.reduce((best, part) => (areaM2(part) > areaM2(best) ? part : best));
  const created = await nameParts(
    work,
    area,
    parts.filter((part) => part !== largest),
    wish,
  );
  const change: OutlineChange = {
    saved: [{ code, geometry: largest }],
    created,
    retired: [],
    woven: weave(maps, corners, code),
    sameAs: new Map(created.map((part) => [part.code, code])),
  };
  const codes = [code, ...created.map((part) => part.code)];
  return settle(work, maps, change, wish.dryRun, codes, () =>
    recordArea(work, 'area.split', area, { code, into: codes, names: created.map(({ name }) => name) }),
  );
}

async function nameParts(
  work: Work,
  area: StoredArea,
  parts: readonly AreaGeometry[],
  wish: SplitWish,
): Promise<NewArea[]> {
  const parent = {
    code: area.parentCode ?? '',
    tier: area.path.length > 1 ? decodeAreaCode(area.parentCode ?? '').tier : '',
  };
  const used = await listUsedCodes(work.tx, parent.code);
  return parts.map((geometry, k) => {
    const code = wish.codes[k] ?? nextCode(used, parent, area.kind);
    if (used.includes(code)) throw new AppError('already_exists', `Code ${code} is taken. Choose another.`, { code });
    if (decodeAreaCode(code).parentCode !== parent.code)
      throw new AppError('bad_input', `Code ${code} does not belong below ${parent.code}.`, { field: 'codes' });
    used.push(code);
    const { tier, kind, parentCode } = area;
    return {
      code,
      tier,
      kind,
      parentCode,
      name: wish.names[k] ?? `${area.name}-${k + 2}`,
      path: [...area.path.slice(0, -1), code],
      residents: 0,
      households: 0,
      geometry,
    };
  });
}

/** Every other area with an edge through one of the corners, with the corner taken in. */
function weave(
  maps: TerritoryMaps,
  corners: readonly LonLat[],
  except: string,
): { code: string; geometry: AreaGeometry }[] {
  if (corners.length === 0) return [];
  const points = bboxOf({ type: 'Polygon', coordinates: [corners.map(([lon, lat]) => [lon, lat])] });
  const margin = 1e-6;
  return maps.shaped.flatMap((area, k) => {
    const box = maps.boxes[k];
    if (area.geometry === null || box === undefined || area.code === except) return [];
    if (
      box[0] > points[2] + margin ||
      box[2] < points[0] - margin ||
      box[1] > points[3] + margin ||
      box[3] < points[1] - margin
    )
      return [];
    const woven = weaveCorners(area.geometry, corners);
    return woven === area.geometry ? [] : [{ code: area.code, geometry: woven }];
  });
}

export interface MergeWish {
  areas: readonly { code: string; version: number }[];
  into: string;
  name?: string;
  dryRun: boolean;
}

/** Joins neighbours of one parent into the area `into`; the other codes are retired and stay in history. */
export async function mergeAreas(work: Work, wish: MergeWish): Promise<OutlineAnswer> {
  const maps = await enterTerritory(work.tx, work.territory);
  const areas: StoredArea[] = [];
  for (const { code, version } of wish.areas) {
    const area = await getArea(work.tx, code);
    assertMayEdit(work.actor, area);
    assertVersion(area, version);
    areas.push(area);
  }
  const kept = areas.find(({ code }) => code === wish.into);
  assertMergeable(maps, areas, kept, wish.into);
  const gone = areas.filter(({ code }) => code !== wish.into);
  const geometry = joinShapes(areas.flatMap((area) => area.geometry ?? []));
  const change: OutlineChange = {
    ...noChange,
    saved: [{ code: kept.code, geometry }],
    retired: gone.map(({ code }) => code),
    sameAs: new Map(gone.map(({ code }) => [code, kept.code])),
  };
  return settle(work, maps, change, wish.dryRun, [kept.code], async () => {
    const [row] = await listAreasForUpdate(work.tx, [kept.code]);
    const residents = areas.reduce((sum, area) => sum + area.residents, 0);
    const households = areas.reduce((sum, area) => sum + area.households, 0);
    if (row !== undefined) await renameArea(work.tx, { ...row, residents, households }, wish.name ?? row.name);
    return recordArea(work, 'area.merge', kept, {
      into: kept.code,
      retired: change.retired,
      name: wish.name ?? kept.name,
      residents,
      households,
    });
  });
}

function assertMergeable(
  maps: TerritoryMaps,
  areas: readonly StoredArea[],
  kept: StoredArea | undefined,
  into: string,
): asserts kept is StoredArea {
  if (kept === undefined)
    throw new AppError('bad_input', `The code to keep, ${into}, is not among the areas to merge.`, { field: 'into' });
  const stranger = areas.find(({ parentCode }) => parentCode !== kept.parentCode);
  if (stranger !== undefined) {
    throw new AppError(
      'bad_input',
      `Only areas of one parent can be merged: ${kept.code} belongs to ${kept.parentCode}, ${stranger.code} to ${stranger.parentCode}.`,
      { field: 'areas' },
    );
  }
  const blank = areas.find(({ geometry }) => geometry === null);
  if (blank !== undefined)
    throw new AppError('bad_input', `${blank.name} has no outline yet. Draw it first.`, { code: blank.code });
  const busy = areas.find(
    ({ code }) =>
      code !== into && ((maps.childrenOf.get(code) ?? []).length > 0 || (maps.unitsAt.get(code) ?? []).length > 0),
  );
  if (busy !== undefined)
    throw new AppError('in_use', `${busy.name} still has areas or units. Retire or move them first.`, {
      code: busy.code,
    });
}
