import { ledgerActor } from '#server/modules/identity/index.ts';
import { createHash } from 'node:crypto';
import { AppError } from '#kit/errors.ts';
import { uuidV7 } from '#kit/ids.ts';
import { append } from '#server/modules/ledger/index.ts';
import { districtOf, type Work } from '../area-commands.ts';
import { enterTerritory } from '../outline-change.ts';
import { assertMayEdit } from '../rules.ts';
import { listBoards, saveUnits, type StoredUnit } from '../store-units.ts';
import type { Unit } from '../territory.ts';
import type { TerritoryMaps } from '../territory-maps.ts';
import { isName } from './area-rows.ts';
import { readCsv, type CsvRow, type FieldTable } from './csv-rows.ts';
import { decodeFile } from './file-text.ts';
import { firstWrong, refuseWrong, wrongRow, type ImportAnswer, type WrongRow } from './wrong-rows.ts';

const unitFields = {
  code: ['unit_code', '代码', '编码', '单位代码'],
  kind: ['unit_kind', '类型', '性质'],
  role_code: ['role', '角色', '职责代码'],
  name: ['unit_name', '名称', '单位名称'],
  name_en: ['英文名', '英文名称'],
  area_code: ['area', '区划代码', '所属区划'],
  parent_code: ['parent', '上级', '上级代码', '上级单位'],
  board_code: ['board', '板块', '板块代码'],
  phone: ['电话', '联系电话'],
  sort: ['order', '序号', '排序'],
} as const satisfies FieldTable;

const kinds: Record<string, Unit['kind']> = {
  centre: 'centre', center: 'centre', 中心: 'centre', 治理中心: 'centre',
  committee: 'committee', 居委会: 'committee', 社区居委会: 'committee',
  post: 'post', 岗位: 'post',
  department: 'department', 部门: 'department',
  agency: 'agency', 联动单位: 'agency',
  partner: 'partner', 合伙人: 'partner', 社区合伙人: 'partner',
  station: 'station', 驿站: 'station', 小红伞: 'station',
}; // prettier-ignore

type Kept = Omit<StoredUnit, 'version' | 'retiredAt'>;

export interface UnitImport {
  bytes: Uint8Array;
  map: Readonly<Record<string, string>>;
  skipWrong: boolean;
  dryRun: boolean;
}

/** Adds units or changes those with a known code. All or nothing, like the areas; one ledger line for each district. */
export async function importUnits(work: Work, wish: UnitImport): Promise<ImportAnswer> {
  const file = await readCsv(decodeFile(wish.bytes).text, unitFields, wish.map);
  const missing = ['code', 'kind', 'role_code', 'name', 'area_code'].filter(
    (field) => file.mapped[field] === undefined,
  );
  if (missing.length > 0)
    throw new AppError(
      'import_refused',
      `The file has no columns for ${missing.join(', ')}. Name them, such as --map ${missing[0]}=<header>.`,
      { missing },
    );
  const maps = await enterTerritory(work.tx, work.territory);
  const boards = new Set((await listBoards(work.tx)).map(({ code }) => code));
  const plan = planUnits(maps, boards, file.rows, work.atMs);
  const wrong = [...file.wrong, ...plan.wrong];
  if (!wish.skipWrong) refuseWrong(wrong, file.read);
  const known = new Set([...maps.units.values()].map(({ id }) => id));
  for (const unit of plan.units)
    assertMayEdit(work.actor, { code: unit.areaCode, path: maps.areas.get(unit.areaCode)?.path ?? [] });
  for (const unit of plan.units) {
    const old = maps.units.get(unit.id);
    if (old !== undefined)
      assertMayEdit(work.actor, { code: old.areaCode, path: maps.areas.get(old.areaCode)?.path ?? [] });
  }
  if (!wish.dryRun) await writeUnits(work, maps, plan.units, createHash('sha256').update(wish.bytes).digest('hex'));
  const created = plan.units.filter(({ id }) => !known.has(id));
  const byTier: Record<string, number> = {};
  for (const { tier } of plan.units) byTier[tier] = (byTier[tier] ?? 0) + 1;
  const counts = {
    read: file.read,
    created: created.length,
    changed: plan.units.length - created.length,
    unchanged: plan.unchanged,
    byTier,
  };
  return { ...counts, wrong: firstWrong(wrong), wrongCount: wrong.length, notes: [], dryRun: wish.dryRun };
}

interface UnitPlan {
  units: Kept[];
  unchanged: number;
  wrong: WrongRow[];
}

function planUnits(maps: TerritoryMaps, boards: ReadonlySet<string>, rows: readonly CsvRow[], atMs: number): UnitPlan {
  const byCode = new Map([...maps.units.values()].map((unit) => [unit.code, unit]));
  const ids = new Map([...byCode].map(([code, { id }]) => [code, id]));
  for (const row of rows) if (!ids.has(row.get('code'))) ids.set(row.get('code'), uuidV7(atMs));
  const plan: UnitPlan = { units: [], unchanged: 0, wrong: [] };
  const seen = new Map<string, number>();
  for (const row of rows) {
    const unit = readUnit(maps, boards, ids, row);
    const before = seen.get(row.get('code'));
    const old = byCode.get(row.get('code'));
    if ('expected' in unit) plan.wrong.push(unit);
    else if (before !== undefined)
      plan.wrong.push(wrongRow(row.line, 'code', `each code once; line ${before} has it already`, unit.code));
    else if (old !== undefined && old.retiredAt !== null)
      plan.wrong.push(wrongRow(row.line, 'code', 'a unit in use', `${unit.code} (retired)`));
    else if (old !== undefined && same(old, unit)) plan.unchanged++;
    else plan.units.push(unit);
    seen.set(row.get('code'), row.line);
  }
  return plan;
}

function same(old: StoredUnit, unit: Kept): boolean {
  return (Object.keys(unit) as (keyof Kept)[]).every((key) => old[key] === unit[key]);
}

/** The checks of one row, in the order of its columns. */
function readUnit(
  maps: TerritoryMaps,
  boards: ReadonlySet<string>,
  ids: ReadonlyMap<string, string>,
  row: CsvRow,
): Kept | WrongRow {
  const code = row.get('code');
  const kind = kinds[row.get('kind').toLowerCase()];
  const area = maps.areas.get(row.get('area_code'));
  const parentId = row.get('parent_code') === '' ? null : ids.get(row.get('parent_code'));
  const boardCode = row.get('board_code') === '' ? null : row.get('board_code');
  const sort = Number(row.get('sort') || '0');
  if (!/^[A-Za-z0-9_.-]{1,40}$/.test(code))
    return wrongRow(row.line, 'code', 'up to 40 letters, digits, dots, dashes', code);
  if (kind === undefined)
    return wrongRow(row.line, 'kind', 'centre, committee, post, department, agency or partner', row.get('kind'));
  if (!/^[a-z0-9_]{1,40}$/.test(row.get('role_code')))
    return wrongRow(row.line, 'role_code', 'small letters, digits and _', row.get('role_code'));
  if (!isName(row.get('name'))) return wrongRow(row.line, 'name', 'a name of 1 to 100 characters', row.get('name'));
  if (area === undefined || area.retiredAt !== null)
    return wrongRow(row.line, 'area_code', 'the code of a known area', row.get('area_code'));
  if (parentId === undefined || parentId === ids.get(code))
    return wrongRow(row.line, 'parent_code', 'the code of another unit', row.get('parent_code'));
  if (boardCode !== null && !boards.has(boardCode))
    return wrongRow(row.line, 'board_code', 'the code of a known board', boardCode);
  if (!Number.isInteger(sort) || sort < 0) return wrongRow(row.line, 'sort', 'a whole number from 0', row.get('sort'));
  const [roleCode, name, nameEn, phone] = [row.get('role_code'), row.get('name'), row.get('name_en'), row.get('phone')];
  return {
    id: ids.get(code) ?? '',
    code,
    kind,
    roleCode,
    name,
    nameEn,
    tier: area.tier,
    areaCode: area.code,
    parentId,
    boardCode,
    phone: phone === '' ? null : phone.slice(0, 40),
    sort,
  };
}

async function writeUnits(work: Work, maps: TerritoryMaps, units: readonly Kept[], sha256: string): Promise<void> {
  await saveUnits(work.tx, units);
  const districts = new Map<string, string[]>();
  for (const { code, areaCode } of units) {
    const district = districtOf(maps.areas.get(areaCode)?.path ?? [areaCode]);
    districts.set(district, [...(districts.get(district) ?? []), code]);
  }
  for (const [district, codes] of districts) {
    await append(work.tx, {
      actor: ledgerActor(work.actor),
      action: 'unit.import',
      subject: { type: 'area', id: district },
      district,
      atMs: work.atMs,
      data: { sha256, codes },
      audience: [`a:${district}`],
      opId: work.opId,
    });
  }
}
