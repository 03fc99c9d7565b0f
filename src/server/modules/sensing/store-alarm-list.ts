import { sql, type SqlBool } from 'kysely';
import type { AlarmKind } from '#contract/device-messages.ts';
import type { alarmShows } from '#contract/sensing-views.ts';
import type { Tx } from '#server/db/pool.ts';
import type { Raises } from './rulebook.ts';

/** An alarm as lists and details show it. */
export interface AlarmRecord {
  id: string;
  kind: AlarmKind;
  priority: number;
  deviceId: string | null;
  deviceCode: string | null;
  deviceName: string | null;
  deviceKind: string | null;
  sourceCode: string | null;
  sourceName: string | null;
  acknowledgedAt: Date | null;
  acknowledgedBy: string | null;
  outcome: 'false' | 'handled' | null;
  raisedAt: Date;
  receivedAt: Date;
  clearedAt: Date | null;
  clearedHow: 'signal' | 'hand' | 'false' | null;
  clearReason: string;
  metric: string | null;
  value: number | null;
  unit: string;
  text: string;
  repeats: number;
  lastAt: Date;
  eventId: string | null;
  eventNumber: string | null;
  eventWaiting: boolean;
  refusedStep: 'event' | 'plan' | null;
  refusedCode: string | null;
  path: string[];
  areaCode: string;
  unitId: string;
  lon: number;
  lat: number;
  placeWords: string;
  test: boolean;
  clockWrong: boolean;
  secondAt: Date | null;
  thresholdId: string | null;
  categoryCode: string | null;
  planCode: string | null;
  raises: Raises;
  version: number;
}

/** Of the value: what the device says of the metric, where a rule judged the reading itself. */
const unit = sql`coalesce((select m->>'unit' from jsonb_array_elements(d.metrics) m join threshold t on t.id = a.threshold_id
  where m->>'name' = a.metric and t.basis = 'value' limit 1), '')`;
const columns = sql`a.id, a.kind, a.priority, a.device_id as "deviceId", d.code as "deviceCode", d.name as "deviceName", d.kind as "deviceKind",
  s.code as "sourceCode", s.name as "sourceName", a.acknowledged_at as "acknowledgedAt", a.acknowledged_by as "acknowledgedBy", a.outcome,
  a.raised_at as "raisedAt", a.received_at as "receivedAt", a.cleared_at as "clearedAt", a.cleared_how as "clearedHow",
  a.clear_reason as "clearReason", a.metric, a.value, ${unit} as unit, a.text, coalesce(r.repeats, 0) as repeats, coalesce(r.last_at, a.raised_at) as "lastAt",
  a.event_id as "eventId", a.event_number as "eventNumber", (w.alarm_id is not null and w.done_at is null and a.event_id is null) as "eventWaiting",
  w.refused_step as "refusedStep", w.refused_code as "refusedCode", a.path,
  a.area_code as "areaCode", a.unit_id as "unitId", a.lon, a.lat, a.place_words as "placeWords", a.test, a.clock_wrong as "clockWrong",
  a.second_at as "secondAt", a.threshold_id as "thresholdId", a.category_code as "categoryCode", a.plan_code as "planCode", a.raises, a.version`;
const from = sql`alarm a left join device d on d.id = a.device_id left join alert_source s on s.id = a.source_id
  left join alarm_repeat r on r.alarm_id = a.id left join alarm_wish w on w.alarm_id = a.id`;

export interface AlarmFilter {
  show: (typeof alarmShows)[number];
  priority?: readonly number[] | undefined;
  kind?: readonly AlarmKind[] | undefined;
  areaCode?: string | undefined;
  deviceId?: string | undefined;
}

export interface AlarmPosition {
  at: string;
  id: string;
}

/** Areas and units of the viewer, written into the query; row-level security stands underneath. */
export interface AlarmSight {
  seeAll: boolean;
  areas: readonly string[];
  units: readonly string[];
}

function seen({ seeAll, areas, units }: AlarmSight) {
  if (seeAll) return sql<SqlBool>`true`;
  return sql<SqlBool>`(a.path && ${[...areas]}::text[] or a.unit_id = any(${[...units]}::uuid[]))`;
}

function shown(show: AlarmFilter['show']) {
  switch (show) {
    case 'open':
      return sql<SqlBool>`(a.cleared_at is null or a.acknowledged_at is null)`;
    case 'active':
      return sql<SqlBool>`a.cleared_at is null`;
    case 'unacknowledged':
      return sql<SqlBool>`a.acknowledged_at is null`;
    case 'cleared':
      return sql<SqlBool>`a.cleared_at is not null`;
    case 'false':
      return sql<SqlBool>`a.outcome = 'false'`;
    case 'all':
      return sql<SqlBool>`true`;
  }
}

/** One page, the newest raised first; one row more than `limit` tells that there is a next page. */
export async function listAlarms(
  tx: Tx,
  sight: AlarmSight,
  filter: AlarmFilter,
  after: AlarmPosition | null,
  limit: number,
): Promise<AlarmRecord[]> {
  const parts = [seen(sight), shown(filter.show)];
  if (filter.priority !== undefined) parts.push(sql<SqlBool>`a.priority = any(${[...filter.priority]}::smallint[])`);
  if (filter.kind !== undefined) parts.push(sql<SqlBool>`a.kind = any(${[...filter.kind]}::text[])`);
  if (filter.areaCode !== undefined) parts.push(sql<SqlBool>`a.path @> array[${filter.areaCode}]::text[]`);
  if (filter.deviceId !== undefined) parts.push(sql<SqlBool>`a.device_id = ${filter.deviceId}`);
  if (after !== null) parts.push(sql<SqlBool>`(a.raised_at, a.id) < (${after.at}::timestamptz, ${after.id}::uuid)`);
  const { rows } = await sql<AlarmRecord>`select ${columns} from ${from} where ${sql.join(parts, sql` and `)}
    order by a.raised_at desc, a.id desc limit ${limit + 1}`.execute(tx.db);
  return rows;
}

export async function findAlarm(tx: Tx, sight: AlarmSight, id: string): Promise<AlarmRecord | undefined> {
  const { rows } = await sql<AlarmRecord>`select ${columns} from ${from} where a.id = ${id} and ${seen(sight)}`.execute(
    tx.db,
  );
  return rows[0];
}

export async function countBoard(
  tx: Tx,
  sight: AlarmSight,
): Promise<{ priority: number; unacknowledged: number; active: number }[]> {
  const { rows } = await sql<{ priority: number; unacknowledged: number; active: number }>`
    select a.priority, count(*) filter (where a.acknowledged_at is null) as unacknowledged,
      count(*) filter (where a.cleared_at is null) as active
    from alarm a where ${seen(sight)} and (a.cleared_at is null or a.acknowledged_at is null)
    group by a.priority order by a.priority`.execute(tx.db);
  return rows;
}

/** Alarms of a device since `sinceMs`, test calls left out. */
export async function countOfDevice(
  tx: Tx,
  deviceId: string,
  sinceMs: number,
): Promise<{ alarms: number; false: number; handled: number }> {
  const { rows } = await sql<{ alarms: number; false: number; handled: number }>`
    select count(*) as alarms, count(*) filter (where outcome = 'false') as "false", count(*) filter (where outcome = 'handled') as handled
    from alarm where device_id = ${deviceId} and raised_at >= ${new Date(sinceMs).toISOString()} and not test`.execute(
    tx.db,
  );
  return rows[0] ?? { alarms: 0, false: 0, handled: 0 };
}

export async function findMute(tx: Tx, deviceId: string): Promise<Date | null> {
  const { rows } = await sql<{ until: Date }>`select until from device_mute where device_id = ${deviceId}`.execute(
    tx.db,
  );
  return rows[0]?.until ?? null;
}

export interface Trace {
  metric: string;
  unit: string;
  points: { at: Date; value: number }[];
  truncated: boolean;
}

/** What a device measured in a span, by metric; the newest `limit` points of each. */
export async function listTraces(
  tx: Tx,
  deviceId: string,
  span: { fromMs: number; toMs: number; limit: number },
): Promise<Trace[]> {
  const [from, to] = [span.fromMs, span.toMs].map((ms) => new Date(ms).toISOString());
  const { rows } = await sql<{ metric: string; unit: string | null; at: Date; value: number }>`
    select m.name as metric, m.unit, r.at, r.value
    from device d cross join lateral jsonb_to_recordset(d.metrics) as m(name text, unit text)
    cross join lateral (select measured_at as at, value from reading where device_id = d.id and metric = m.name
      and measured_at between ${from}::timestamptz and ${to}::timestamptz
      and received_at >= ${from}::timestamptz - interval '5 minutes' order by measured_at desc limit ${span.limit + 1}) r
    where d.id = ${deviceId} order by m.name, r.at desc`.execute(tx.db);
  return [...Map.groupBy(rows, (row) => row.metric)].map(([metric, all]) => ({
    metric,
    unit: all[0]?.unit ?? '',
    points: all
      .slice(0, span.limit)
      .toReversed()
      .map(({ at, value }) => ({ at, value })),
    truncated: all.length > span.limit,
  }));
}
