import { ledgerActor } from '#server/modules/identity/index.ts';
import { createHash } from 'node:crypto';
import { AppError } from '#kit/errors.ts';
import { uuidV7 } from '#kit/ids.ts';
import { plainCell } from '#server/files/csv-text.ts';
import { append } from '#server/modules/ledger/index.ts';
import { districtOf, type Work } from '../area-commands.ts';
import { riskKinds } from '../risk-kinds.ts';
import { listRisksByCode, saveRisks, type KeptRisk, type StoredRisk } from '../risk-store.ts';
import { assertMayEdit } from '../rules.ts';
import type { Area, Unit } from '../territory.ts';
import { isName } from './area-rows.ts';
import { readCsv, type CsvFile, type CsvRow, type FieldTable } from './csv-rows.ts';
import { decodeFile } from './file-text.ts';
import { convert, type CoordinateSystem } from './outline-features.ts';
import { readPointFeatures } from './point-features.ts';
import { firstWrong, refuseWrong, wrongRow, type ImportAnswer, type WrongRow } from './wrong-rows.ts';

const riskFields = {
  code: ['编号', '风险点编号', '代码'],
  name: ['名称', '风险点', '风险点名称'],
  kind: ['类型', '类别', '风险类型', 'type'],
  level: ['等级', '级别', '风险等级'],
  lon: ['lng', 'longitude', 'x', '经度'],
  lat: ['latitude', 'y', '纬度'],
  place_words: ['place', '位置', '地址'],
  area_code: ['area', '区划代码', '所属区划'],
  unit_code: ['unit', '责任单位代码', '单位代码'],
  note: ['备注', '说明', '管控措施'],
  state: ['状态'],
  cycle_days: ['巡查周期', '周期（天）', '周期'],
  plan_code: ['预案代码', '预案'],
} as const satisfies FieldTable;

const levels: Record<string, number> = {
  1: 1, 一级: 1, 重大: 1, 红: 1,
  2: 2, 二级: 2, 较大: 2, 橙: 2,
  3: 3, 三级: 3, 一般: 3, 黄: 3,
  4: 4, 四级: 4, 低: 4, 蓝: 4,
}; // prettier-ignore
const states: Record<string, 'open' | 'controlled'> = {
  '': 'open',
  open: 'open',
  未管控: 'open',
  controlled: 'controlled',
  已管控: 'controlled',
};

export interface RiskImport {
  bytes: Uint8Array;
  /** Rows of a table, or points of a FeatureCollection whose properties bear the same names. */
  format: 'csv' | 'geojson';
  map: Readonly<Record<string, string>>;
  crs: CoordinateSystem;
  skipWrong: boolean;
  dryRun: boolean;
}

/** Adds risk points or changes those with a known code. All or nothing; one ledger line for each district. */
export async function importRiskPoints(work: Work, wish: RiskImport): Promise<ImportAnswer> {
  const { text } = decodeFile(wish.bytes);
  const file =
    wish.format === 'geojson'
      ? readPointFeatures(text, riskFields, wish.map)
      : await readCsv(text, riskFields, wish.map);
  const missing = ['code', 'name', 'kind', 'level', 'lon', 'lat'].filter((field) => file.mapped[field] === undefined);
  if (missing.length > 0)
    throw new AppError('import_refused', `The file has no columns for ${missing.join(', ')}. Name them in map.`, {
      missing,
    });
  const codes = file.rows.map((row) => row.get('code'));
  const known = new Map((await listRisksByCode(work.tx, codes)).map((point) => [point.code, point]));
  const plan = planRisks(work, known, file, wish.crs);
  const wrong = [...file.wrong, ...plan.wrong];
  if (!wish.skipWrong) refuseWrong(wrong, file.read);
  for (const point of plan.points) {
    assertMayEdit(work.actor, { code: point.areaCode, path: point.path }, 'risk.edit');
    const old = known.get(point.code);
    if (old !== undefined) assertMayEdit(work.actor, { code: old.areaCode, path: old.path }, 'risk.edit');
  }
  if (!wish.dryRun) await write(work, plan.points, createHash('sha256').update(wish.bytes).digest('hex'));
  const changed = plan.points.filter(({ code }) => known.has(code)).length;
  return {
    read: file.read,
    created: plan.points.length - changed,
    changed,
    unchanged: plan.unchanged,
    byTier: {},
    wrong: firstWrong(wrong),
    wrongCount: wrong.length,
    notes: [],
    dryRun: wish.dryRun,
  };
}

interface RiskPlan {
  points: KeptRisk[];
  unchanged: number;
  wrong: WrongRow[];
}

function planRisks(
  work: Work,
  known: ReadonlyMap<string, StoredRisk>,
  { rows, mapped }: CsvFile,
  crs: CoordinateSystem,
): RiskPlan {
  const units = new Map([...work.territory.maps().units.values()].map((unit) => [unit.code, unit]));
  const plan: RiskPlan = { points: [], unchanged: 0, wrong: [] };
  const seen = new Map<string, number>();
  for (const row of rows) {
    const code = row.get('code');
    const before = seen.get(code);
    const old = known.get(code);
    const point = readRisk({ work, units, crs, mapped }, row, old);
    if ('expected' in point) plan.wrong.push(point);
    else if (before !== undefined)
      plan.wrong.push(wrongRow(row.line, 'code', `each code once; line ${before} has it already`, code));
    else if (old !== undefined && old.retiredAt !== null)
      plan.wrong.push(wrongRow(row.line, 'code', 'a risk point in use', `${code} (retired)`));
    else if (old !== undefined && same(old, point)) plan.unchanged++;
    else plan.points.push(point);
    seen.set(code, row.line);
  }
  return plan;
}

function same(old: StoredRisk, point: KeptRisk): boolean {
  return (Object.keys(point) as (keyof KeptRisk)[]).every((key) => String(old[key]) === String(point[key]));
}

interface Reading {
  work: Work;
  units: ReadonlyMap<string, Unit>;
  crs: CoordinateSystem;
  mapped: CsvFile['mapped'];
}

function readRisk(
  { work, units, crs, mapped }: Reading,
  row: CsvRow,
  old: StoredRisk | undefined,
): KeptRisk | WrongRow {
  const named = readNamed(row);
  if ('expected' in named) return named;
  const placed = readPlace(work, row, crs);
  if ('expected' in placed) return placed;
  const care = readCare(row, mapped, old);
  if ('expected' in care) return care;
  const unitCode = row.get('unit_code');
  const unit = unitCode === '' ? null : units.get(unitCode);
  if (unit === undefined) return wrongRow(row.line, 'unit_code', 'the code of a known unit', unitCode);
  return {
    id: old?.id ?? uuidV7(work.atMs),
    ...named,
    ...placed,
    ...care,
    unitId: unit?.id ?? null,
    responsibleId: old?.responsibleId ?? null,
    placeWords: plainCell(row.get('place_words')).slice(0, 200),
    note: plainCell(row.get('note')).slice(0, 2000),
  };
}

function readNamed(row: CsvRow): Pick<KeptRisk, 'code' | 'name' | 'kind' | 'level' | 'state'> | WrongRow {
  const [code, name] = [plainCell(row.get('code')), plainCell(row.get('name'))];
  const kind = [...riskKinds().values()].find((one) => [one.code, one.name].includes(row.get('kind')))?.code;
  const level = levels[row.get('level')];
  const state = states[row.get('state')];
  if (!/^[A-Za-z0-9_.-]{1,40}$/.test(code))
    return wrongRow(row.line, 'code', 'up to 40 letters, digits, dots, dashes', code);
  if (!isName(name)) return wrongRow(row.line, 'name', 'a name of 1 to 100 characters', name);
  if (kind === undefined)
    return wrongRow(row.line, 'kind', `one of ${[...riskKinds().keys()].join(', ')}`, row.get('kind'));
  if (level === undefined) return wrongRow(row.line, 'level', '1, 2, 3 or 4', row.get('level'));
  if (state === undefined) return wrongRow(row.line, 'state', 'open or controlled', row.get('state'));
  return { code, name, kind, level, state };
}

/** How it is looked after; a file without such a column leaves it as it was. */
function readCare(
  row: CsvRow,
  mapped: CsvFile['mapped'],
  old: StoredRisk | undefined,
): Pick<KeptRisk, 'cycleDays' | 'planCode'> | WrongRow {
  const [days, plan] = [row.get('cycle_days'), row.get('plan_code')];
  if (days !== '' && !(/^\d{1,3}$/.test(days) && Number(days) >= 1 && Number(days) <= 730))
    return wrongRow(row.line, 'cycle_days', 'a number of days from 1 to 730, or nothing', days);
  if (plan !== '' && !/^[A-Za-z0-9_.-]{1,60}$/.test(plan))
    return wrongRow(row.line, 'plan_code', 'the code of a plan, or nothing', plan);
  return {
    cycleDays: mapped['cycle_days'] === undefined ? (old?.cycleDays ?? null) : days === '' ? null : Number(days),
    planCode: mapped['plan_code'] === undefined ? (old?.planCode ?? null) : plan === '' ? null : plan,
  };
}

function readPlace(
  work: Work,
  row: CsvRow,
  crs: CoordinateSystem,
): Pick<KeptRisk, 'lon' | 'lat' | 'areaCode' | 'path' | 'district'> | WrongRow {
  const [lon, lat] = convert(
    [row.get('lon'), row.get('lat')].map((text) => (text === '' ? Number.NaN : Number(text))),
    crs,
  ) as [number, number];
  if (!(Math.abs(lon) <= 180)) return wrongRow(row.line, 'lon', 'degrees from -180 to 180', row.get('lon'));
  if (!(Math.abs(lat) <= 90)) return wrongRow(row.line, 'lat', 'degrees from -90 to 90', row.get('lat'));
  const named = row.get('area_code');
  const area: Area | undefined = named === '' ? work.territory.locate(lon, lat) : work.territory.area(named);
  if (area === undefined)
    return named === ''
      ? wrongRow(row.line, 'lon', 'a position inside a known area, or an area_code', `${lon}, ${lat}`)
      : wrongRow(row.line, 'area_code', 'the code of a known area', named);
  return { lon, lat, areaCode: area.code, path: [...area.path], district: districtOf(area.path) };
}

async function write(work: Work, points: readonly KeptRisk[], sha256: string): Promise<void> {
  await saveRisks(work.tx, points, work.atMs);
  for (const [district, own] of Map.groupBy(points, (point) => point.district)) {
    await append(work.tx, {
      actor: ledgerActor(work.actor),
      action: 'risk_point.import',
      subject: { type: 'area', id: district },
      district,
      atMs: work.atMs,
      data: { sha256, codes: own.map(({ code }) => code) },
      audience: [`a:${district}`],
      opId: work.opId,
    });
  }
}
