import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import type { DeviceTopic } from '#contract/device-messages.ts';
import { uuidV7 } from '#kit/ids.ts';
import { keptMark, laterMark } from '#server/db/pipeline.ts';
import type { Tx } from '#server/db/pool.ts';
import type { Point } from './rules-state.ts';
import type { Device } from './device-store.ts';

/** What the intake needs to know of a device. */
export type HeardDevice = Pick<
  Device,
  'id' | 'code' | 'name' | 'kind' | 'lon' | 'lat' | 'path' | 'areaCode' | 'district' | 'unitId' | 'state'
> & {
  mutedUntil: Date | null;
  /** The plan of the risk point it watches, if that has one. */
  pointPlan?: string | null;
};

const iso = (ms: number) => new Date(ms).toISOString();
const kept = sql.raw(keptMark);
const keptLater = sql.raw(`${keptMark}${laterMark}`);

export async function listHeardDevices(tx: Tx, ids: readonly string[]): Promise<Map<string, HeardDevice>> {
  const { rows } =
    await sql<HeardDevice>`${kept} select d.id, d.code, d.name, d.kind, d.lon, d.lat, d.path, d.area_code as "areaCode",
      d.district, d.unit_id as "unitId", d.state, m.until as "mutedUntil",
      (select p.plan_code from risk_point p where p.code = d.risk_point and p.retired_at is null) as "pointPlan"
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
  await sql`${keptLater} insert into device_pulse as p (device_id, last_seen_at, battery, signal, firmware)
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

export interface NewReading {
  /** Place of its message in the list it is given with. */
  message: number;
  metric: string;
  value: number;
}

/** A list as PostgreSQL reads it; made here because a batch has thousands of values and none needs an escape. */
const list = (values: readonly (string | number | boolean)[]): string => `{${values.join(',')}}`;
/** The same of words: letters, digits and `._-` by the contract, but one may say NULL. */
const words = (values: readonly string[]): string => `{${values.map((word) => `"${word}"`).join(',')}}`;

/**
 * Writes the names of messages (each once) and the readings of those that were new. Answers the places of the messages that
 * had been taken before.
 */
export async function keepMessages(
  tx: Tx,
  messages: readonly NamedMessage[],
  readings: readonly NewReading[],
): Promise<Set<number>> {
  if (messages.length === 0) return new Set();
  const { rows } = await sql<{ place: number }>`${kept} with given as materialized (
      select m.*, to_timestamp(effective_ms / 1000) as effective_at, to_timestamp(received_ms / 1000) as received_at
      from unnest(${list(messages.map((m) => m.deviceId))}::uuid[], ${words(messages.map((m) => m.boot))}::text[],
        ${list(messages.map((m) => m.seq))}::bigint[], ${words(messages.map((m) => m.topic))}::text[],
        ${list(messages.map((m) => m.effectiveMs))}::float8[], ${list(messages.map((m) => m.receivedMs))}::float8[],
        ${list(messages.map((m) => m.clockWrong))}::boolean[])
      with ordinality as m(device_id, boot, seq, topic, effective_ms, received_ms, clock_wrong, nr)),
    fresh as (
      insert into device_message (device_id, boot, seq, topic, effective_at, received_at, clock_wrong)
      select device_id, boot, seq, topic, effective_at, received_at, clock_wrong from given
      on conflict do nothing returning device_id, boot, seq),
    measured as (
      insert into reading (device_id, boot, seq, metric, value, measured_at, received_at)
      select device_id, boot, seq, r.metric, r.value, given.effective_at, given.received_at
      from fresh join given using (device_id, boot, seq)
      join unnest(${list(readings.map((r) => r.message + 1))}::bigint[], ${words(readings.map((r) => r.metric))}::text[],
        ${list(readings.map((r) => r.value))}::float8[]) as r(nr, metric, value) using (nr))
    select (nr - 1)::integer as place from given left join fresh using (device_id, boot, seq)
    where fresh.seq is null`.execute(tx.db);
  return new Set(rows.map(({ place }) => place));
}

/** A series asked for: one metric of one device from a time on. */
export interface Asked {
  deviceId: string;
  metric: string;
  fromMs: number;
}

/**
 * The last points of each series, at most `most` (null: all), in the order of their marks. Receipt is never more than five
 * minutes before measuring.
 */
export async function listSeries(tx: Tx, asked: readonly Asked[], most: number | null): Promise<Point[][]> {
  const series = asked.map((): Point[] => []);
  if (asked.length === 0) return series;
  const { rows } = await sql<Point & { place: number }>`${kept}
    select (a.nr - 1)::integer as place, (extract(epoch from r.measured_at) * 1000)::float8 as "atMs", r.boot, r.seq, r.value,
      (extract(epoch from r.received_at) * 1000)::float8 as "receivedMs"
    from unnest(${list(asked.map((a) => a.deviceId))}::uuid[], ${words(asked.map((a) => a.metric))}::text[],
      ${list(asked.map((a) => a.fromMs))}::float8[]) with ordinality as a(device_id, metric, from_ms, nr)
    cross join lateral (
      select measured_at, boot, seq, value, received_at from reading
      where device_id = a.device_id and metric = a.metric and measured_at >= to_timestamp(a.from_ms / 1000)
        and received_at >= to_timestamp(a.from_ms / 1000) - interval '5 minutes'
      order by measured_at desc, boot desc, seq desc limit ${most}::bigint) r
    order by a.nr, r.measured_at, r.boot, r.seq`.execute(tx.db);
  for (const { place, ...point } of rows) series[place]?.push(point);
  return series;
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
