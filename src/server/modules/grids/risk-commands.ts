import { AppError } from '#kit/errors.ts';
import { uuidV7 } from '#kit/ids.ts';
import { ledgerActor, scopeFor } from '#server/modules/identity/index.ts';
import { append } from '#server/modules/ledger/index.ts';
import { districtOf, type Work } from './area-commands.ts';
import { riskKinds } from './risk-kinds.ts';
import { found } from './risk-queries.ts';
import {
  findName,
  findRisk,
  listRisksByCode,
  nextRiskNumber,
  retireRisk,
  saveRisks,
  type KeptRisk,
  type StoredRisk,
} from './risk-store.ts';
import { assertMayEdit, assertVersion } from './rules.ts';
import type { Area } from './territory.ts';

export interface RiskWish {
  name: string;
  kind: string;
  level: number;
  lon: number;
  lat: number;
  placeWords: string;
  areaCode?: string;
  unitId: string | null;
  responsibleId: string | null;
  note: string;
  state: 'open' | 'controlled';
  cycleDays: number | null;
  planCode: string | null;
}

/** Adds a risk point. @throws AppError already_exists, not_allowed, bad_input */
export async function createRiskPoint(work: Work, wish: RiskWish & { code?: string }): Promise<StoredRisk> {
  const area = areaOf(work, wish);
  const district = districtOf(area.path);
  const code = wish.code ?? `R${district}${String(await nextRiskNumber(work.tx)).padStart(5, '0')}`;
  const point = await toKept(work, { id: uuidV7(work.atMs), code }, wish, area);
  await assertNewCode(work, code);
  await saveRisks(work.tx, [point], work.atMs);
  return read(work, point.id);
}

async function assertNewCode(work: Work, code: string): Promise<void> {
  // Another town's point has the code all the same, though it may not be shown: the answer names nothing but the code.
  const [twin] = await listRisksByCode(work.tx, [code]);
  if (twin === undefined) return;
  throw new AppError('already_exists', `Risk point code ${code} is taken. Choose another.`, { code });
}

/** Changes a risk point; its code stays. @throws AppError not_found, not_allowed, version_conflict, bad_input */
export async function editRiskPoint(
  work: Work,
  id: string,
  wish: Partial<RiskWish> & { version: number },
): Promise<{ before: StoredRisk; after: StoredRisk }> {
  const before = await lockOwn(work, id);
  assertVersion(before, wish.version);
  const { version: _seen, ...changes } = wish;
  const given = Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined));
  const moved = wish.lon !== undefined || wish.lat !== undefined || wish.areaCode !== undefined;
  const { areaCode: oldArea, ...rest } = before;
  const full = { ...rest, ...(moved ? {} : { areaCode: oldArea }), ...given } as RiskWish;
  await saveRisks(work.tx, [await toKept(work, before, full, areaOf(work, full))], work.atMs);
  return { before, after: await read(work, id) };
}

/** Takes a risk point off the list; its history stays. @throws AppError not_found, not_allowed, version_conflict */
export async function retireRiskPoint(work: Work, id: string, wish: { version: number }): Promise<StoredRisk> {
  const before = await lockOwn(work, id);
  assertVersion(before, wish.version);
  await retireRisk(work.tx, id, work.atMs);
  return read(work, id);
}

async function read(work: Work, id: string): Promise<StoredRisk> {
  const row = await findRisk(work.tx, { seeAll: true, areas: [], units: [], accountId: null }, id);
  if (row === undefined) throw new Error(`Risk point ${id} was saved but cannot be read.`);
  return row;
}

async function lockOwn(work: Work, id: string): Promise<StoredRisk> {
  const row = found(await findRisk(work.tx, scopeFor(work.actor, 'grids.read'), id, true));
  assertMayEdit(work.actor, { code: row.code, path: row.path }, 'risk.edit');
  if (row.retiredAt === null) return row;
  throw new AppError('not_found', `Risk point ${row.code} was taken off the list. Add a new one.`, { code: row.code });
}

/** The area named, or the smallest one that contains the position. @throws AppError bad_input when there is neither */
export function areaOf(work: Pick<Work, 'territory'>, wish: { lon: number; lat: number; areaCode?: string }): Area {
  const area =
    wish.areaCode === undefined ? work.territory.locate(wish.lon, wish.lat) : work.territory.area(wish.areaCode);
  if (area !== undefined) return area;
  const why =
    wish.areaCode === undefined
      ? `lon, lat: expected a position inside a known area, found ${wish.lon}, ${wish.lat}. Name the area in areaCode.`
      : `areaCode: expected a known area, found ${wish.areaCode}. Look it up in the area tree.`;
  throw new AppError('bad_input', why, { field: wish.areaCode === undefined ? 'lon' : 'areaCode' });
}

async function toKept(
  work: Work,
  { id, code }: { id: string; code: string },
  wish: RiskWish,
  area: Area,
): Promise<KeptRisk> {
  assertMayEdit(work.actor, area, 'risk.edit');
  const { name, kind, level, lon, lat, placeWords, unitId, responsibleId, note, state, cycleDays, planCode } = wish;
  if (!riskKinds().has(kind))
    throw new AppError('bad_input', `kind: expected one of ${[...riskKinds().keys()].join(', ')}, found ${kind}.`, {
      field: 'kind',
    });
  if (unitId !== null && work.territory.unit(unitId) === undefined)
    throw new AppError('bad_input', 'unitId: expected a known unit. Choose one from the list of units.', {
      field: 'unitId',
    });
  if (responsibleId !== null && (await findName(work.tx, responsibleId)) === undefined)
    throw new AppError('bad_input', 'responsibleId: expected the account of a person in service.', {
      field: 'responsibleId',
    });
  const at = { areaCode: area.code, path: [...area.path], district: districtOf(area.path) };
  const who = { unitId, responsibleId, cycleDays, planCode };
  return { id, code, name, kind, level, lon, lat, placeWords, ...at, ...who, note, state };
}

/** Facts an auditor may see; the note and the place in words are people's own. */
export function riskFacts(row: StoredRisk | KeptRisk): Record<string, unknown> {
  const { code, kind, level, lon, lat, areaCode, unitId, responsibleId, state, cycleDays, planCode } = row;
  return { code, kind, level, lon, lat, areaCode, unitId, responsibleId, state, cycleDays, planCode };
}

/** A line about one point, told to all above it. Returns the id of the line. */
export function recordRisk(
  work: Work,
  action: string,
  row: StoredRisk,
  data: Record<string, unknown>,
  words: Record<string, unknown> = {},
): Promise<string> {
  return append(work.tx, {
    actor: ledgerActor(work.actor),
    action,
    subject: { type: 'risk_point', id: row.id },
    district: row.district,
    atMs: work.atMs,
    data,
    words,
    audience: [...row.path.map((code) => `a:${code}`), ...(row.unitId === null ? [] : [`u:${row.unitId}`])],
    opId: work.opId,
  });
}
