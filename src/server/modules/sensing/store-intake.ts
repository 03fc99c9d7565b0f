import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import type { DeviceTopic } from '#contract/device-messages.ts';
import { uuidV7 } from '#kit/ids.ts';
import type { Tx } from '#server/db/pool.ts';
import type { Point } from './rules-state.ts';
import type { Device } from './device-store.ts';

/** What the intake needs to know of a device. */
export type HeardDevice = Pick<
  Device,
  'id' | 'code' | 'name' | 'kind' | 'lon' | 'lat' | 'path' | 'areaCode' | 'district' | 'unitId' | 'state'
> & { mutedUntil: Date | null };

const iso = (ms: number) => new Date(ms).toISOString();

export async function listHeardDevices(tx: Tx, ids: readonly string[]): Promise<Map<string, HeardDevice>> {
  const { rows } =
    await sql<HeardDevice>`select d.id, d.code, d.name, d.kind, d.lon, d.lat, d.path, d.area_code as "areaCode",
      d.district, d.unit_id as "unitId", d.state, m.until as "mutedUntil"
    from device d left join device_mute m on m.device_id = d.id where d.id = any(${[...ids]}::uuid[])`.execute(tx.db);
  return new Map(rows.map((row) => [row.id, row]));
}

export interface Pulse {
  deviceId: string;
  receivedMs: number;
  battery: number | null;
  signal: number | null;
  firmware: string | null;
}

/**
 * Notes that devices were heard. This also locks each device's row, in the order of ids, until the transaction ends: what is
 * said about one device is heard one transaction after the other.
 */
export async function savePulses(tx: Tx, pulses: readonly Pulse[]): Promise<void> {
  const sorted = pulses.toSorted((a, b) => (a.deviceId < b.deviceId ? -1 : 1));
  await sql`insert into device_pulse as p (device_id, last_seen_at, battery, signal, firmware)
    select * from unnest(${sorted.map((one) => one.deviceId)}::uuid[], ${sorted.map((one) => iso(one.receivedMs))}::timestamptz[],
      ${sorted.map((one) => one.battery)}::real[], ${sorted.map((one) => one.signal)}::real[], ${sorted.map((one) => one.firmware)}::text[])
    on conflict (device_id) do update set last_seen_at = greatest(p.last_seen_at, excluded.last_seen_at),
      battery = coalesce(excluded.battery, p.battery), signal = coalesce(excluded.signal, p.signal),
      firmware = coalesce(excluded.firmware, p.firmware)`.execute(tx.db);
}

/** Locks devices that exist, in the order of ids. */
export async function lockDevices(tx: Tx, ids: readonly string[]): Promise<void> {
  await sql`select 1 from device_pulse where device_id = any(${[...ids]}::uuid[]) order by device_id for update`.execute(
    tx.db,
  );
}

export interface NamedMessage {
  deviceId: string;
  boot: string;
  seq: number;
  topic: DeviceTopic;
  effectiveMs: number;
  receivedMs: number;
  clockWrong: boolean;
}

export const nameOf = ({ deviceId, boot, seq }: { deviceId: string; boot: string; seq: number }) =>
  `${deviceId} ${boot} ${seq}`;

/** Writes the names of messages; answers the names that were new. */
export async function insertMessages(tx: Tx, messages: readonly NamedMessage[]): Promise<Set<string>> {
  if (messages.length === 0) return new Set();
  const column = <T>(pick: (one: NamedMessage) => T) => messages.map(pick);
  const { rows } = await sql<{ deviceId: string; boot: string; seq: number }>`
    insert into device_message (device_id, boot, seq, topic, effective_at, received_at, clock_wrong)
    select * from unnest(${column((m) => m.deviceId)}::uuid[], ${column((m) => m.boot)}::text[], ${column((m) => m.seq)}::bigint[],
      ${column((m) => m.topic)}::text[], ${column((m) => iso(m.effectiveMs))}::timestamptz[], ${column((m) => iso(m.receivedMs))}::timestamptz[],
      ${column((m) => m.clockWrong)}::boolean[])
    on conflict do nothing returning device_id as "deviceId", boot, seq`.execute(tx.db);
  return new Set(rows.map(nameOf));
}

export interface NewReading {
  deviceId: string;
  boot: string;
  seq: number;
  metric: string;
  value: number;
  measuredMs: number;
  receivedMs: number;
}

export async function insertReadings(tx: Tx, readings: readonly NewReading[]): Promise<void> {
  if (readings.length === 0) return;
  const column = <T>(pick: (one: NewReading) => T) => readings.map(pick);
  await sql`insert into reading (device_id, boot, seq, metric, value, measured_at, received_at)
    select * from unnest(${column((r) => r.deviceId)}::uuid[], ${column((r) => r.boot)}::text[], ${column((r) => r.seq)}::bigint[],
      ${column((r) => r.metric)}::text[], ${column((r) => r.value)}::float8[], ${column((r) => iso(r.measuredMs))}::timestamptz[],
      ${column((r) => iso(r.receivedMs))}::timestamptz[])`.execute(tx.db);
}

/** Readings of one metric from `fromMs` on, in the order of their marks. Receipt is never more than 5 minutes before measuring. */
export async function listPoints(tx: Tx, deviceId: string, metric: string, fromMs: number): Promise<Point[]> {
  const { rows } = await sql<{ at: Date; boot: string; seq: number; value: number; receivedAt: Date }>`
    select measured_at as at, boot, seq, value, received_at as "receivedAt" from reading
    where device_id = ${deviceId} and metric = ${metric} and measured_at >= ${iso(fromMs)} and received_at >= ${iso(fromMs - 300_000)}
    order by measured_at, boot, seq`.execute(tx.db);
  return rows.map(({ at, receivedAt, ...point }) => ({
    ...point,
    atMs: at.getTime(),
    receivedMs: receivedAt.getTime(),
  }));
}

export interface Refused {
  deviceId: string;
  deviceCode: string;
  topic: DeviceTopic;
  body: Buffer;
  reason: string;
  receivedMs: number;
}

/** Keeps what cannot be taken; the same body again only counts, and waits again if it had been put away as replayed. */
export async function saveDeadLetters(tx: Tx, refused: readonly Refused[]): Promise<void> {
  for (const one of refused) {
    const digest = createHash('sha256').update(one.body).digest();
    await sql`insert into dead_letter as d (id, device_id, device_code, topic, body, digest, reason, received_at, last_at)
      values (${uuidV7(one.receivedMs)}, ${one.deviceId}, ${one.deviceCode}, ${one.topic}, ${one.body}, ${digest}, ${one.reason},
        ${iso(one.receivedMs)}, ${iso(one.receivedMs)})
      on conflict (device_id, topic, digest) do update set times = d.times + 1, last_at = excluded.last_at, reason = excluded.reason,
        state = case when d.state = 'replayed' then 'waiting' else d.state end`.execute(tx.db);
  }
}

/** Months of readings from that of `atMs`, as many ahead as asked. Returns how many were made. */
export async function makePartitions(tx: Tx, atMs: number, ahead: number): Promise<number> {
  const { rows } = await sql<{
    made: number;
  }>`select reading_partitions(${iso(atMs).slice(0, 10)}::date, ${ahead}) as made`.execute(tx.db);
  return rows[0]?.made ?? 0;
}

/** Drops whole months of readings that ended before `beforeMs`, and at most `limit` names, receipts and dead letters each. */
export async function dropOld(tx: Tx, beforeMs: number, limit: number): Promise<{ months: string[]; rows: number }> {
  const { rows } = await sql<{
    gone: string[];
  }>`select reading_drop_before(${iso(beforeMs).slice(0, 10)}::date) as gone`.execute(tx.db);
  const names = await sql`delete from device_message where (device_id, boot, seq) in
    (select device_id, boot, seq from device_message where received_at < ${iso(beforeMs)} limit ${limit})`.execute(
    tx.db,
  );
  const receipts = await sql`delete from alert_receipt where (source_id, webhook_id) in
    (select source_id, webhook_id from alert_receipt where received_at < ${iso(beforeMs)} limit ${limit})`.execute(
    tx.db,
  );
  const letters = await sql`delete from dead_letter where id in
    (select id from dead_letter where last_at < ${iso(beforeMs)} limit ${limit})`.execute(tx.db);
  const counts = [names, receipts, letters].map((one) => Number(one.numAffectedRows ?? 0n));
  return { months: rows[0]?.gone ?? [], rows: Math.max(...counts) };
}
