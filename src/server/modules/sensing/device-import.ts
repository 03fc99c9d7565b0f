import { ledgerActor } from '#server/modules/identity/index.ts';
import { createHash } from 'node:crypto';
import { deviceCode, deviceKinds, type DeviceKind, type Metric } from '#contract/devices.ts';
import { metricName } from '#contract/device-messages.ts';
import { isAppError, AppError } from '#kit/errors.ts';
import { uuidV7 } from '#kit/ids.ts';
import {
  convert,
  decodeFile,
  firstWrong,
  readCsv,
  refuseWrong,
  wrongRow,
  type CoordinateSystem,
  type CsvRow,
  type FieldTable,
  type WrongRow,
} from '#server/modules/grids/index.ts';
import { append } from '#server/modules/ledger/index.ts';
import { districtOf, placed, type DeviceWork } from './device-commands.ts';
import { assertMayPut } from './device-rules.ts';
import { hashSecret, secretOf } from './device-secret.ts';
import { insertDevices, listDevicesForUpdate, updateDevices, type Device, type StoredDevice } from './device-store.ts';

const fields = {
  code: ['device_code', '设备编码', '编码', '编号', '设备编号'],
  name: ['device_name', '名称', '设备名称'],
  kind: ['device_kind', '类型', '设备类型'],
  lon: ['lng', 'longitude', 'x', '经度'],
  lat: ['latitude', 'y', '纬度'],
  area_code: ['area', '区划代码', '所属区划'],
  unit_code: ['unit', '负责单位', '单位代码', '负责单位代码'],
  risk_point: ['风险点', '风险点编号'],
  heartbeat_s: ['heartbeat', '心跳', '心跳秒'],
  metrics: ['指标'],
} as const satisfies FieldTable;
const needed = ['code', 'name', 'kind', 'lon', 'lat'] as const;

const kindNames: Record<string, DeviceKind> = {
  烟感: 'smoke', 烟雾: 'smoke', 温感: 'temperature', 温度: 'temperature', 燃气: 'gas', 水位: 'water_level', 积水: 'water_level',
  雨量: 'rain', 倾角: 'tilt', 倾斜: 'tilt', 裂缝: 'crack', 电气火灾: 'power', 用电: 'power', 井盖: 'manhole', 门磁: 'access',
  周界: 'access', 人流: 'crowd', 空气: 'air', 一键求助: 'sos', 求助: 'sos', 网关: 'gateway', 其他: 'other',
}; // prettier-ignore

export interface DeviceImport {
  bytes: Uint8Array;
  map: Readonly<Record<string, string>>;
  crs: CoordinateSystem;
  skipWrong: boolean;
  dryRun: boolean;
}

export interface DeviceImportAnswer {
  read: number;
  created: number;
  changed: number;
  unchanged: number;
  byKind: Record<string, number>;
  wrong: WrongRow[];
  wrongCount: number;
  notes: string[];
  dryRun: boolean;
  /** Of the new ones: whoever answers derives their secrets from the ids. */
  added: { id: string; code: string }[];
  ledgerIds: string[];
}

/**
 * Adds devices or changes those with a known code; an empty cell of a known device keeps what it had. All or nothing unless
 * `skipWrong`; one ledger line for each district. Call it as the program: codes are unique beyond the actor's sight.
 * @throws AppError import_refused with the wrong rows, not_allowed for a place outside the actor's areas
 */
export async function importDevices(work: DeviceWork, wish: DeviceImport): Promise<DeviceImportAnswer> {
  const file = await readCsv(decodeFile(wish.bytes).text, fields, wish.map);
  const missing = needed.filter((field) => file.mapped[field] === undefined);
  if (missing.length > 0)
    throw new AppError('import_refused', `The file has no columns for ${missing.join(', ')}. Name them in map.`, {
      missing,
    });
  const known = await listDevicesForUpdate(work.tx, [...new Set(file.rows.map((row) => row.get('code')))]);
  const plan = planRows(work, wish.crs, new Map(known.map((device) => [device.code, device])), file.rows);
  const wrong = [...file.wrong, ...plan.wrong];
  if (!wish.skipWrong) refuseWrong(wrong, file.read);
  for (const device of [...plan.created, ...plan.changed, ...plan.before]) assertMayPut(work.actor, device);
  const ledgerIds = wish.dryRun ? [] : await write(work, plan, createHash('sha256').update(wish.bytes).digest('hex'));
  const byKind: Record<string, number> = {};
  for (const { kind } of [...plan.created, ...plan.changed]) byKind[kind] = (byKind[kind] ?? 0) + 1;
  return {
    read: file.read,
    created: plan.created.length,
    changed: plan.changed.length,
    unchanged: plan.unchanged,
    byKind,
    wrong: firstWrong(wrong),
    wrongCount: wrong.length,
    notes: [],
    dryRun: wish.dryRun,
    added: wish.dryRun ? [] : plan.created.map(({ id, code }) => ({ id, code })),
    ledgerIds,
  };
}

interface Plan {
  created: Device[];
  changed: Device[];
  /** The changed ones as they were: they too must be the actor's to change. */
  before: StoredDevice[];
  unchanged: number;
  wrong: WrongRow[];
}

function planRows(
  work: DeviceWork,
  crs: CoordinateSystem,
  known: ReadonlyMap<string, StoredDevice>,
  rows: readonly CsvRow[],
): Plan {
  const units = new Map([...work.territory.maps().units.values()].map((unit) => [unit.code, unit.id]));
  const plan: Plan = { created: [], changed: [], before: [], unchanged: 0, wrong: [] };
  const seen = new Map<string, number>();
  for (const row of rows) {
    const code = row.get('code');
    const old = known.get(code);
    const twin = seen.get(code);
    const read = twin === undefined ? readRow(work, crs, units, old, row) : undefined;
    if (read === undefined)
      plan.wrong.push(wrongRow(row.line, 'code', `each code once; line ${twin} has it already`, code));
    else if ('expected' in read) plan.wrong.push(read);
    else if (old === undefined) plan.created.push(read);
    else if (same(old, read)) plan.unchanged++;
    else {
      plan.changed.push(read);
      plan.before.push(old);
    }
    seen.set(code, row.line);
  }
  return plan;
}

function same(old: StoredDevice, device: Device): boolean {
  return (Object.keys(device) as (keyof Device)[]).every(
    (key) => JSON.stringify(old[key]) === JSON.stringify(device[key]),
  );
}

/** The checks of one row, in the order of its columns. */
function readRow(
  work: DeviceWork,
  crs: CoordinateSystem,
  units: ReadonlyMap<string, string>,
  old: StoredDevice | undefined,
  row: CsvRow,
): Device | WrongRow {
  const no = (column: keyof typeof fields, expected: string): WrongRow =>
    wrongRow(row.line, column, expected, row.get(column));
  const code = row.get('code');
  const kind = kindOf(row.get('kind'));
  const at = positionOf(row, crs);
  const unitId = row.get('unit_code') === '' ? (old?.unitId ?? null) : units.get(row.get('unit_code'));
  const heartbeatS = row.get('heartbeat_s') === '' ? (old?.heartbeatS ?? null) : Number(row.get('heartbeat_s'));
  const metrics = row.get('metrics') === '' ? (old?.metrics ?? []) : metricsOf(row.get('metrics'));
  const riskPoint = row.get('risk_point') === '' ? (old?.riskPoint ?? null) : row.get('risk_point');
  const checks: readonly (readonly [boolean, keyof typeof fields, string])[] = [
    [deviceCode.safeParse(code).success, 'code', 'up to 64 letters, digits, dots, dashes and _'],
    [old?.state !== 'retired', 'code', 'a device in use; this one is retired'],
    [isName(row.get('name')), 'name', 'a name of 1 to 100 characters'],
    [kind !== undefined, 'kind', `one of ${deviceKinds.join(', ')}`],
    [at !== undefined, 'lon', 'longitude and latitude in degrees'],
    [unitId !== undefined, 'unit_code', 'the code of a known unit'],
    [riskPoint === null || /^[A-Za-z0-9._-]{1,64}$/.test(riskPoint), 'risk_point', 'up to 64 letters, digits, . _ -'],
    [isHeartbeat(heartbeatS), 'heartbeat_s', 'whole seconds from 10 to 2592000'],
    [metrics !== undefined, 'metrics', 'up to 20 such as smoke_ppm:ppm;temp_c:℃'],
  ];
  const failed = checks.find(([good]) => !good);
  if (failed !== undefined) return no(failed[1], failed[2]);
  const base = old ?? { id: uuidV7(work.atMs), state: 'active' as const };
  const wanted = { code, name: row.get('name'), kind, unitId, riskPoint, heartbeatS, metrics } as Device;
  return place(work, { ...base, ...wanted, ...at, areaCode: row.get('area_code') }, row.line);
}

function place(work: DeviceWork, device: Omit<Device, 'path' | 'district'>, line: number): Device | WrongRow {
  try {
    return placed(work, device);
  } catch (error) {
    if (!isAppError(error, 'bad_input')) throw error;
    const column = error.detail['field'] === 'unitId' ? 'unit_code' : 'area_code';
    return wrongRow(
      line,
      column,
      column === 'unit_code'
        ? 'the code of a unit in use'
        : 'a position inside an outline, or the code of an area in use',
      column === 'unit_code' ? (device.unitId ?? '') : `${device.lon}, ${device.lat} ${device.areaCode}`.trim(),
    );
  }
}

function kindOf(text: string): DeviceKind | undefined {
  return deviceKinds.find((kind) => kind === text.toLowerCase()) ?? kindNames[text];
}

function positionOf(row: CsvRow, crs: CoordinateSystem): { lon: number; lat: number } | undefined {
  const [lon, lat] = [row.get('lon'), row.get('lat')].map((text) => (text === '' ? Number.NaN : Number(text)));
  if (!(Math.abs(lon ?? Number.NaN) <= 180 && Math.abs(lat ?? Number.NaN) <= 90)) return undefined;
  const [x, y] = convert([lon, lat], crs) as [number, number];
  return { lon: x, lat: y };
}

function isName(text: string): boolean {
  const length = [...text].length;
  return length >= 1 && length <= 100;
}

function isHeartbeat(seconds: number | null): boolean {
  return seconds === null || (Number.isInteger(seconds) && seconds >= 10 && seconds <= 2_592_000);
}

/** `smoke_ppm:ppm;temp_c` as a list; undefined when a name is none. */
function metricsOf(text: string): Metric[] | undefined {
  const list = text
    .split(/[;；]/)
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .map((part) => {
      const [name = '', unit = ''] = part.split(/[:：]/).map((word) => word.trim());
      return { name, unit: unit.slice(0, 20) };
    });
  const good = list.every(({ name }) => metricName.safeParse(name).success);
  const once = new Set(list.map(({ name }) => name)).size === list.length;
  return good && once && list.length <= 20 ? list : undefined;
}

async function write(work: DeviceWork, plan: Plan, sha256: string): Promise<string[]> {
  const fresh = [];
  for (const device of plan.created)
    fresh.push({ ...device, secretHash: await hashSecret(secretOf(work.vault, device.id, 1)) });
  const added = await insertDevices(work.tx, fresh, new Date(work.atMs));
  if (added.size !== fresh.length)
    throw new AppError('version_conflict', 'Somebody registered some of these devices meanwhile. Import again.');
  await updateDevices(work.tx, plan.changed);
  const districts = new Map<string, string[]>();
  for (const { code, path } of [...plan.created, ...plan.changed]) {
    const district = districtOf(path);
    districts.set(district, [...(districts.get(district) ?? []), code]);
  }
  const ids: string[] = [];
  for (const [district, codes] of districts) {
    ids.push(
      await append(work.tx, {
        actor: ledgerActor(work.actor),
        action: 'device.import',
        subject: { type: 'area', id: district },
        district,
        atMs: work.atMs,
        data: { sha256, codes },
        audience: [`a:${district}`],
        opId: work.opId,
      }),
    );
  }
  return ids;
}
