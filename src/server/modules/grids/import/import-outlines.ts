import { createHash } from 'node:crypto';
import { decodeAreaCode } from '#engine/territory/area-code.ts';
import type { TilingProblem } from '#engine/territory/tiling.ts';
import { AppError } from '#kit/errors.ts';
import { recordArea, type Work } from '../area-commands.ts';
import { applyChange, enterTerritory, judgeChange, noChange, type OutlineChange } from '../outline-change.ts';
import { moveRisks } from '../risk-moves.ts';
import { assertMayEdit, refuseProblems } from '../rules.ts';
import type { NewArea, StoredArea } from '../store.ts';
import type { TerritoryMaps } from '../territory-maps.ts';
import { isName } from './area-rows.ts';
import { decodeFile } from './file-text.ts';
import { readOutlines, type FeatureOptions, type OutlineFeature } from './outline-features.ts';
import { refuseWrong, wrongRow, type ImportAnswer, type WrongRow } from './wrong-rows.ts';

export interface OutlineImport extends FeatureOptions {
  bytes: Uint8Array;
  /** Also add areas that are not there yet, named by `nameProperty`. */
  create: boolean;
  /** What to do about overlaps and gaps that the file brings. */
  onProblem: 'refuse' | 'warn';
  dryRun: boolean;
}

/**
 * Takes over outlines from GeoJSON. Wrong features refuse the whole file; overlaps and gaps do too, or are told as
 * warnings. All or nothing, in one transaction; one ledger line for each parent touched.
 */
export async function importOutlines(
  work: Work,
  wish: OutlineImport,
): Promise<ImportAnswer & { warnings: TilingProblem[] }> {
  const { outlines, wrong, read } = readOutlines(parseJson(wish.bytes), wish);
  const maps = await enterTerritory(work.tx, work.territory);
  const { change, unchanged, areas, strange } = planOutlines(maps, outlines, wish.create);
  refuseWrong([...wrong, ...strange], read);
  for (const area of areas) assertMayEdit(work.actor, area);
  const { refused, warnings } = await judgeChange(work.tx, maps, change);
  if (wish.onProblem === 'refuse') refuseProblems(refused);
  if (!wish.dryRun) {
    await applyChange(work.tx, change, work.atMs);
    await moveRisks(work, maps, change);
    await recordOutlines(work, areas, change, createHash('sha256').update(wish.bytes).digest('hex'));
  }
  const byTier: Record<string, number> = {};
  for (const { tier } of areas) byTier[tier] = (byTier[tier] ?? 0) + 1;
  const counts = { read, created: change.created.length, changed: change.saved.length, unchanged, byTier };
  return { ...counts, wrong: [], wrongCount: 0, notes: [], dryRun: wish.dryRun, warnings: [...refused, ...warnings] };
}

export function parseJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(decodeFile(bytes).text);
  } catch (error) {
    if (error instanceof SyntaxError)
      throw new AppError('import_refused', `The file is no JSON: ${error.message}. Expected GeoJSON.`);
    throw error;
  }
}

interface OutlinePlan {
  change: OutlineChange;
  unchanged: number;
  areas: (StoredArea | NewArea)[];
  strange: WrongRow[];
}

function planOutlines(maps: TerritoryMaps, outlines: readonly OutlineFeature[], create: boolean): OutlinePlan {
  const saved: { code: string; geometry: OutlineFeature['geometry'] }[] = [];
  const created = new Map<string, NewArea>();
  const plan: OutlinePlan = { change: noChange, unchanged: 0, areas: [], strange: [] };
  for (const outline of outlines.toSorted((a, b) => a.code.length - b.code.length || (a.code < b.code ? -1 : 1))) {
    const known = maps.areas.get(outline.code);
    if (known === undefined) {
      const area = create ? newArea(maps, created, outline) : undefined;
      if (area === undefined) plan.strange.push(strangeOutline(outline, create));
      else created.set(area.code, area);
    } else if (known.retiredAt !== null) {
      plan.strange.push(wrongRow(outline.number, 'code', 'an area in use', `${outline.code} (retired)`));
    } else if (JSON.stringify(known.geometry) === JSON.stringify(outline.geometry) || sameShape(known, outline)) {
      plan.unchanged++;
    } else {
      saved.push({ code: outline.code, geometry: outline.geometry });
      plan.areas.push(known);
    }
  }
  plan.areas.push(...created.values());
  plan.change = { ...noChange, saved, created: [...created.values()] };
  return plan;
}

/** The database keeps JSON with its keys in another order. */
function sameShape(known: StoredArea, { geometry }: OutlineFeature): boolean {
  return (
    known.geometry?.type === geometry.type &&
    JSON.stringify(known.geometry.coordinates) === JSON.stringify(geometry.coordinates)
  );
}

function strangeOutline(outline: OutlineFeature, create: boolean): WrongRow {
  const expected = create
    ? 'a name, and a parent that is known'
    : 'an area that is already known (import the areas first, or create missing ones)';
  return wrongRow(outline.number, 'code', expected, `${outline.code} ${outline.name}`);
}

function newArea(
  maps: TerritoryMaps,
  created: ReadonlyMap<string, NewArea>,
  outline: OutlineFeature,
): NewArea | undefined {
  const { code, tier, name, geometry } = outline;
  const { parentCode = null, isExclusive } = decodeAreaCode(code);
  const parent = parentCode === null ? { path: [] } : (created.get(parentCode) ?? maps.areas.get(parentCode));
  if (parent === undefined || !isName(name)) return undefined;
  const kind = isExclusive ? 'exclusive' : 'ordinary';
  return { code, tier, name, parentCode, path: [...parent.path, code], kind, residents: 0, households: 0, geometry };
}

async function recordOutlines(
  work: Work,
  areas: readonly (StoredArea | NewArea)[],
  change: OutlineChange,
  sha256: string,
): Promise<void> {
  const created = new Set(change.created.map(({ code }) => code));
  const parents = new Map<string, (StoredArea | NewArea)[]>();
  for (const area of areas)
    parents.set(area.parentCode ?? area.code, [...(parents.get(area.parentCode ?? area.code) ?? []), area]);
  for (const [code, own] of parents) {
    const [first] = own;
    const path = first?.parentCode === null ? first.path : (first?.path.slice(0, -1) ?? []);
    const codes = own.map((area) => area.code);
    await recordArea(
      work,
      'area.import_outlines',
      { code, path },
      { sha256, codes, created: codes.filter((own) => created.has(own)) },
    );
  }
}
