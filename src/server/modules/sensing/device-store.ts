import { sql, type SqlBool } from 'kysely';
import type { DeviceKind, DeviceState, Metric } from '#contract/devices.ts';
import type { Tx } from '#server/db/pool.ts';

/** A device as it is kept. */
export interface Device {
  id: string;
  code: string;
  name: string;
  kind: DeviceKind;
  metrics: Metric[];
  lon: number;
  lat: number;
  path: string[];
  areaCode: string;
  district: string;
  unitId: string | null;
  riskPoint: string | null;
  heartbeatS: number | null;
  state: DeviceState;
}

export interface StoredDevice extends Device {
  secretVersion: number;
  version: number;
  createdAt: Date;
  retiredAt: Date | null;
}

/** With what it says about itself. */
export interface DeviceRow extends StoredDevice {
  lastSeenAt: Date | null;
  battery: number | null;
  signal: number | null;
  firmware: string | null;
  trueAlarms: number;
  falseAlarms: number;
}

const columns = sql`d.id, d.code, d.name, d.kind, d.metrics, d.lon, d.lat, d.path, d.area_code as "areaCode", d.district,
  d.unit_id as "unitId", d.risk_point as "riskPoint", d.heartbeat_s as "heartbeatS", d.state,
  d.secret_version as "secretVersion", d.version, d.created_at as "createdAt", d.retired_at as "retiredAt"`;
const pulse = sql`p.last_seen_at as "lastSeenAt", p.battery, p.signal, p.firmware,
  coalesce(p.true_alarms, 0) as "trueAlarms", coalesce(p.false_alarms, 0) as "falseAlarms"`;

export interface DeviceFilter {
  q?: string;
  kinds?: readonly string[];
  states: readonly string[];
  area?: string;
  unitId?: string;
}

/** One page by code, after `after`. The scope of the transaction decides what is seen. */
export async function listDeviceRows(
  tx: Tx,
  filter: DeviceFilter,
  after: string | undefined,
  limit: number,
): Promise<DeviceRow[]> {
  const from = after === undefined ? sql<SqlBool>`true` : sql<SqlBool>`d.code > ${after}`;
  const { rows } =
    await sql<DeviceRow>`select ${columns}, ${pulse} from device d left join device_pulse p on p.device_id = d.id
    where ${whereOf(filter)} and ${from} order by d.code limit ${limit}`.execute(tx.db);
  return rows;
}

export async function countDevices(tx: Tx, filter: DeviceFilter): Promise<number> {
  const { rows } = await sql<{ n: number }>`select count(*) as n from device d where ${whereOf(filter)}`.execute(tx.db);
  return rows[0]?.n ?? 0;
}

function whereOf({ q, kinds, states, area, unitId }: DeviceFilter) {
  const parts = [sql<SqlBool>`d.state = any(${states})`];
  if (kinds !== undefined && kinds.length > 0) parts.push(sql<SqlBool>`d.kind = any(${kinds})`);
  if (area !== undefined) parts.push(sql<SqlBool>`d.path @> array[${area}]::text[]`);
  if (unitId !== undefined) parts.push(sql<SqlBool>`d.unit_id = ${unitId}`);
  if (q !== undefined && q !== '') {
    const pattern = `%${q.replace(/[\\%_]/g, '\\$&')}%`;
    parts.push(sql<SqlBool>`(d.code ilike ${pattern} or d.name ilike ${pattern} or d.risk_point ilike ${pattern})`);
  }
  return sql.join(parts, sql` and `);
}

export async function findDevice(tx: Tx, id: string): Promise<DeviceRow | undefined> {
  const { rows } = await sql<DeviceRow>`select ${columns}, ${pulse} from device d
    left join device_pulse p on p.device_id = d.id where d.id = ${id}`.execute(tx.db);
  return rows[0];
}

export async function findDeviceForUpdate(tx: Tx, id: string): Promise<StoredDevice | undefined> {
  const { rows } = await sql<StoredDevice>`select ${columns} from device d where d.id = ${id} for update`.execute(
    tx.db,
  );
  return rows[0];
}

/** Those of these codes that exist, locked in the order of their codes; call it as the program, to see all. */
export async function listDevicesForUpdate(tx: Tx, codes: readonly string[]): Promise<StoredDevice[]> {
  const { rows } = await sql<StoredDevice>`select ${columns} from device d where d.code = any(${codes})
    order by d.code for update`.execute(tx.db);
  return rows;
}

export interface NewDevice extends Device {
  secretHash: string;
}

/** Adds devices and a still pulse for each. Returns the codes that were taken by nobody before. */
export async function insertDevices(tx: Tx, devices: readonly NewDevice[], at: Date): Promise<Set<string>> {
  if (devices.length === 0) return new Set();
  const { rows } = await sql<{
    id: string;
    code: string;
  }>`insert into device (id, code, name, kind, metrics, lon, lat, path,
      area_code, district, unit_id, risk_point, heartbeat_s, state, secret_hash, created_at)
    select id, code, name, kind, metrics, lon, lat, path, "areaCode", district, "unitId", "riskPoint", "heartbeatS", state,
      "secretHash", ${at} from jsonb_to_recordset(${JSON.stringify(devices)}::jsonb) as d(id uuid, code text, name text, kind text,
      metrics jsonb, lon float8, lat float8, path text[], "areaCode" text, district text, "unitId" uuid, "riskPoint" text,
      "heartbeatS" integer, state text, "secretHash" text)
    on conflict (code) do nothing returning id, code`.execute(tx.db);
  await sql`insert into device_pulse (device_id) select unnest(${rows.map(({ id }) => id)}::uuid[])`.execute(tx.db);
  return new Set(rows.map(({ code }) => code));
}

/** Saves what may change of devices that exist; code, secret and counters stay. */
export async function updateDevices(tx: Tx, devices: readonly Device[]): Promise<void> {
  if (devices.length === 0) return;
  await sql`update device d set name = n.name, kind = n.kind, metrics = n.metrics, lon = n.lon, lat = n.lat, path = n.path,
      area_code = n."areaCode", district = n.district, unit_id = n."unitId", risk_point = n."riskPoint",
      heartbeat_s = n."heartbeatS", state = n.state, version = d.version + 1
    from jsonb_to_recordset(${JSON.stringify(devices)}::jsonb) as n(id uuid, name text, kind text, metrics jsonb, lon float8,
      lat float8, path text[], "areaCode" text, district text, "unitId" uuid, "riskPoint" text, "heartbeatS" integer, state text)
    where d.id = n.id`.execute(tx.db);
}

export async function retireDeviceRow(tx: Tx, id: string, at: Date): Promise<void> {
  await sql`update device set state = 'retired', retired_at = ${at}, version = version + 1 where id = ${id}`.execute(
    tx.db,
  );
}

/** Returns the number of the new secret. */
export async function saveSecret(tx: Tx, id: string, secretVersion: number, secretHash: string): Promise<void> {
  await sql`update device set secret_version = ${secretVersion}, secret_hash = ${secretHash}, version = version + 1
    where id = ${id}`.execute(tx.db);
}

export interface Credential {
  id: string;
  code: string;
  secretHash: string;
}

/** What the broker checks; retired devices have no credential. Call it as the program. */
export async function findCredential(tx: Tx, code: string): Promise<Credential | undefined> {
  const { rows } = await sql<Credential>`select id, code, secret_hash as "secretHash" from device
    where code = ${code} and state <> 'retired'`.execute(tx.db);
  return rows[0];
}

/** All that may connect, by code. */
export async function listCredentials(tx: Tx): Promise<Credential[]> {
  const { rows } = await sql<Credential>`select id, code, secret_hash as "secretHash" from device
    where state <> 'retired' order by code`.execute(tx.db);
  return rows;
}
