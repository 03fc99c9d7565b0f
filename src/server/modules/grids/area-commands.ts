import { decodeAreaCode, nextGridCode } from '#engine/territory/area-code.ts';
import { AppError } from '#kit/errors.ts';
import type { Tx } from '#server/db/pool.ts';
import { append } from '#server/modules/ledger/index.ts';
import { ledgerActor, type Actor } from '#server/modules/identity/index.ts';
import type { LiveTerritory } from './live-territory.ts';
import { applyChange, enterTerritory, judgeChange, noChange, toGeometry } from './outline-change.ts';
import { assertMayEdit, assertVersion, refuseProblems } from './rules.ts';
import type { TilingProblem } from '#engine/territory/tiling.ts';
import {
  listAreasForUpdate,
  listChildren,
  listUsedCodes,
  retireAreas,
  saveFacts,
  type NewArea,
  type StoredArea,
} from './store.ts';

/** What every command of this module works with. */
export interface Work {
  tx: Tx;
  territory: LiveTerritory;
  actor: Actor;
  atMs: number;
  opId: string | null;
}

export interface Shape {
  type: 'Polygon' | 'MultiPolygon';
  coordinates: unknown[];
}

/** The six digits a ledger line carries: the district of a path, or the city where there is none. */
export function districtOf(path: readonly string[]): string {
  return path[1] ?? path[0] ?? '000000';
}

/** A line about an area, told live to all who look at it or at its parent. */
export function recordArea(
  work: Work,
  action: string,
  area: { code: string; path: readonly string[] },
  data: Record<string, unknown>,
  words?: Record<string, unknown>,
): Promise<string> {
  return append(work.tx, {
    actor: ledgerActor(work.actor),
    action,
    subject: { type: 'area', id: area.code },
    district: districtOf(area.path),
    atMs: work.atMs,
    data,
    words,
    audience: area.path.map((code) => `a:${code}`),
    opId: work.opId,
  });
}

/** @throws AppError not_found for unknown and retired areas */
export async function getArea(tx: Tx, code: string): Promise<StoredArea> {
  const [area] = await listAreasForUpdate(tx, [code]);
  if (area === undefined || area.retiredAt !== null) {
    throw new AppError(
      'not_found',
      `There is no area ${code}, or it is no longer in use. Look it up in the area tree.`,
      { code },
    );
  }
  return area;
}

export interface AreaWish {
  parentCode: string | null;
  code?: string;
  kind: 'ordinary' | 'exclusive';
  name: string;
  residents: number;
  households: number;
  geometry: Shape | null;
}

/** Adds an area; a grid or micro-grid without code gets the next free one. The drawn outline must fit. */
export async function createArea(
  work: Work,
  wish: AreaWish,
): Promise<{ code: string; ledgerId: string; warnings: TilingProblem[] }> {
  const maps = await enterTerritory(work.tx, work.territory);
  const parent = wish.parentCode === null ? undefined : await getArea(work.tx, wish.parentCode);
  const used = parent === undefined ? [] : await listUsedCodes(work.tx, parent.code);
  const code = wish.code ?? nextCode(used, parent, wish.kind);
  const { tier, parentCode, isExclusive } = decodeAreaCode(code);
  if ((parentCode ?? null) !== wish.parentCode) {
    throw new AppError(
      'bad_input',
      `Area ${code} belongs below ${parentCode ?? 'no other'}, but parentCode is ${wish.parentCode ?? 'empty'}.`,
      { field: 'code' },
    );
  }
  const path = [...(parent?.path ?? []), code];
  assertMayEdit(work.actor, { code, path });
  const [twin] = await listAreasForUpdate(work.tx, [code]);
  if (twin !== undefined) {
    throw new AppError(
      'already_exists',
      `Code ${code} is taken by "${twin.name}"${twin.retiredAt === null ? '' : ' (retired)'}. Choose another.`,
      { code },
    );
  }
  const geometry = wish.geometry === null ? null : toGeometry(wish.geometry, code);
  const kind = isExclusive ? 'exclusive' : wish.kind;
  const area: NewArea = {
    code,
    tier,
    name: wish.name,
    parentCode: wish.parentCode,
    path,
    kind,
    residents: wish.residents,
    households: wish.households,
    geometry,
  };
  const change = { ...noChange, created: [area] };
  const { refused, warnings } =
    geometry === null ? { refused: [], warnings: [] } : await judgeChange(work.tx, maps, change);
  refuseProblems(refused);
  await applyChange(work.tx, change, work.atMs);
  const ledgerId = await recordArea(work, 'area.create', area, {
    code,
    tier,
    name: area.name,
    parentCode: area.parentCode,
    kind,
    outlined: geometry !== null,
  });
  return { code, ledgerId, warnings };
}

/** The next unused code below a community (grid) or grid (micro-grid). */
export function nextCode(
  used: readonly string[],
  parent: { code: string; tier: string } | undefined,
  kind: 'ordinary' | 'exclusive',
): string {
  if (parent?.tier === 'community') return nextGridCode(used, parent.code, { exclusive: kind === 'exclusive' });
  if (parent?.tier !== 'grid') {
    throw new AppError(
      'bad_input',
      'Codes down to the community are given by the statistics bureau: say which code the new area has.',
      { field: 'code' },
    );
  }
  const highest = Math.max(0, ...used.map((code) => Number(code.slice(15))));
  if (highest >= 99)
    throw new AppError(
      'bad_input',
      `Grid ${parent.code} has used its micro-grid numbers up to 99. Split the grid first.`,
      { field: 'code' },
    );
  return parent.code + String(highest + 1).padStart(2, '0');
}

/** Changes the name and the counts of people. */
export async function editArea(
  work: Work,
  code: string,
  wish: { version: number; name?: string; residents?: number; households?: number },
): Promise<{ ledgerId: string }> {
  const area = await getArea(work.tx, code);
  assertMayEdit(work.actor, area);
  assertVersion(area, wish.version);
  const next = {
    name: wish.name ?? area.name,
    residents: wish.residents ?? area.residents,
    households: wish.households ?? area.households,
  };
  await saveFacts(work.tx, [{ code, ...next }]);
  const { name, residents, households } = area;
  return { ledgerId: await recordArea(work, 'area.edit', area, { from: { name, residents, households }, to: next }) };
}

/** Takes an area out of use. @throws AppError in_use while areas or working units belong to it */
export async function retireArea(
  work: Work,
  code: string,
  wish: { version: number; reason: string },
): Promise<{ ledgerId: string }> {
  const maps = await enterTerritory(work.tx, work.territory);
  const area = await getArea(work.tx, code);
  assertMayEdit(work.actor, area);
  assertVersion(area, wish.version);
  const children = await listChildren(work.tx, [code]);
  const units = maps.unitsAt.get(code) ?? [];
  if (children.length > 0 || units.length > 0) {
    throw new AppError(
      'in_use',
      `${area.name} still has ${children.length} areas and ${units.length} units. Retire or move them first.`,
      {
        children: children.slice(0, 20).map((child) => child.code),
        units: units.slice(0, 20).map((unit) => unit.name),
      },
    );
  }
  if (area.parentCode === null) throw new AppError('in_use', 'The city itself cannot be retired.', { code });
  const { refused } =
    area.geometry === null ? { refused: [] } : await judgeChange(work.tx, maps, { ...noChange, retired: [code] });
  refuseProblems(refused);
  await retireAreas(work.tx, [code], work.atMs);
  return { ledgerId: await recordArea(work, 'area.retire', area, { code }, { reason: wish.reason }) };
}
