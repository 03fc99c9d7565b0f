import { sql } from 'kysely';
import type { AlarmKind } from '#contract/device-messages.ts';
import { keptMark, laterMark } from '#server/db/pipeline.ts';
import type { Tx } from '#server/db/pool.ts';
import type { Raises } from './rulebook.ts';
import type { Said } from './rules-alarm.ts';
import type { Word } from './rules-state.ts';

export interface NewAlarm {
  id: string;
  subject: string;
  kind: AlarmKind;
  priority: number;
  deviceId: string | null;
  sourceId: string | null;
  path: readonly string[];
  areaCode: string;
  district: string;
  unitId: string;
  lon: number;
  lat: number;
  placeWords: string;
  raisedMs: number;
  receivedMs: number;
  clockWrong: boolean;
  metric: string | null;
  value: number | null;
  text: string;
  thresholdId: string | null;
  categoryCode: string | null;
  planCode: string | null;
  raises: Raises;
  test: boolean;
}

/** An alarm as commands and the intake look at it. */
export interface AlarmState {
  id: string;
  subject: string;
  kind: AlarmKind;
  priority: number;
  deviceId: string | null;
  deviceCode: string | null;
  deviceName: string | null;
  sourceCode: string | null;
  path: string[];
  areaCode: string;
  district: string;
  unitId: string;
  lon: number;
  lat: number;
  placeWords: string;
  raisedAt: Date;
  metric: string | null;
  value: number | null;
  text: string;
  categoryCode: string | null;
  planCode: string | null;
  raises: Raises;
  acknowledgedAt: Date | null;
  outcome: 'false' | 'handled' | null;
  clearedAt: Date | null;
  eventId: string | null;
  eventNumber: string | null;
  secondAt: Date | null;
  test: boolean;
  version: number;
}

const iso = (ms: number) => new Date(ms).toISOString();
const kept = sql.raw(keptMark);
const keptLater = sql.raw(`${keptMark}${laterMark}`);

const stateColumns = sql`a.id, a.subject, a.kind, a.priority, a.device_id as "deviceId", d.code as "deviceCode", d.name as "deviceName",
  s.code as "sourceCode", a.path, a.area_code as "areaCode", a.district, a.unit_id as "unitId", a.lon, a.lat, a.place_words as "placeWords",
  a.raised_at as "raisedAt", a.metric, a.value, a.text, a.category_code as "categoryCode", a.plan_code as "planCode", a.raises,
  a.acknowledged_at as "acknowledgedAt", a.outcome, a.cleared_at as "clearedAt", a.event_id as "eventId",
  a.event_number as "eventNumber", a.second_at as "secondAt", a.test, a.version`;
const stateFrom = sql`alarm a left join device d on d.id = a.device_id left join alert_source s on s.id = a.source_id`;

/** Adds an alarm. False when (subject, kind) has an open one already: the index allows one. */
export async function insertAlarm(tx: Tx, a: NewAlarm): Promise<boolean> {
  const { rows } =
    await sql`insert into alarm (id, subject, kind, priority, device_id, source_id, path, area_code, district, unit_id, lon, lat,
      place_words, raised_at, received_at, clock_wrong, metric, value, text, threshold_id, category_code, plan_code, raises, test)
    values (${a.id}, ${a.subject}, ${a.kind}, ${a.priority}, ${a.deviceId}, ${a.sourceId}, ${[...a.path]}::text[], ${a.areaCode},
      ${a.district}, ${a.unitId}, ${a.lon}, ${a.lat}, ${a.placeWords}, ${iso(a.raisedMs)}, ${iso(a.receivedMs)}, ${a.clockWrong},
      ${a.metric}, ${a.value}, ${a.text}, ${a.thresholdId}, ${a.categoryCode}, ${a.planCode}, ${a.raises}, ${a.test})
    on conflict (subject, kind) where cleared_at is null do nothing returning id`.execute(tx.db);
  return rows.length > 0;
}

export async function lockAlarm(tx: Tx, id: string): Promise<AlarmState | undefined> {
  const { rows } =
    await sql<AlarmState>`select ${stateColumns} from ${stateFrom} where a.id = ${id} for update of a`.execute(tx.db);
  return rows[0];
}

export interface AlarmChange {
  acknowledgedMs?: number;
  acknowledgedBy?: string | null;
  outcome?: 'false' | 'handled';
  clearedMs?: number;
  clearedHow?: 'signal' | 'hand' | 'false';
  clearReason?: string;
  event?: { id: string; number: string };
  secondMs?: number;
}

/** Writes what changed and counts the version; what is not given stays. */
export async function changeAlarm(tx: Tx, id: string, change: AlarmChange): Promise<void> {
  const at = (ms: number | undefined) => (ms === undefined ? null : iso(ms));
  await sql`update alarm set version = version + 1,
      acknowledged_at = coalesce(acknowledged_at, ${at(change.acknowledgedMs)}::timestamptz),
      acknowledged_by = coalesce(acknowledged_by, ${change.acknowledgedBy ?? null}::uuid),
      outcome = coalesce(${change.outcome ?? null}, outcome),
      cleared_at = coalesce(cleared_at, ${at(change.clearedMs)}::timestamptz),
      cleared_how = coalesce(cleared_how, ${change.clearedHow ?? null}),
      clear_reason = coalesce(${change.clearReason ?? null}, clear_reason),
      event_id = coalesce(event_id, ${change.event?.id ?? null}::uuid),
      event_number = coalesce(event_number, ${change.event?.number ?? null}),
      second_at = coalesce(second_at, ${at(change.secondMs)}::timestamptz)
    where id = ${id}`.execute(tx.db);
}

/** The stored words of subjects, by "subject kind". */
export async function listWords(tx: Tx, subjects: readonly string[]): Promise<Map<string, Map<string, Word>>> {
  const { rows } = await sql<{
    subject: string;
    kind: string;
    source: string;
    active: boolean;
    at: Date;
    boot: string;
    seq: number;
    value: number | null;
  }>`${kept} select subject, kind, source, active, at, boot, seq, value from alarm_signal where subject = any(${[...subjects]})`.execute(
    tx.db,
  );
  const words = new Map<string, Map<string, Word>>();
  for (const { subject, kind, source, at, ...rest } of rows) {
    const key = pairKey(subject, kind);
    const ofPair = words.get(key) ?? new Map<string, Word>();
    ofPair.set(source, { ...rest, atMs: at.getTime() });
    words.set(key, ofPair);
  }
  return words;
}

export const pairKey = (subject: string, kind: string) => `${subject} ${kind}`;

export async function saveWords(tx: Tx, words: readonly (Said & { subject: string; kind: string })[]): Promise<void> {
  if (words.length === 0) return;
  const column = <T>(pick: (one: (typeof words)[number]) => T) => words.map(pick);
  await sql`${keptLater} insert into alarm_signal (subject, kind, source, active, at, boot, seq, metric, value, due_at)
    select * from unnest(${column((w) => w.subject)}::text[], ${column((w) => w.kind)}::text[], ${column((w) => w.source)}::text[],
      ${column((w) => w.active)}::boolean[], ${column((w) => iso(w.atMs))}::timestamptz[], ${column((w) => w.boot)}::text[],
      ${column((w) => w.seq)}::bigint[], ${column((w) => w.metric)}::text[], ${column((w) => w.value)}::float8[],
      ${column((w) => (w.dueMs === undefined ? null : iso(w.dueMs)))}::timestamptz[])
    on conflict (subject, kind, source) do update set active = excluded.active, at = excluded.at, boot = excluded.boot,
      seq = excluded.seq, metric = excluded.metric, value = excluded.value, due_at = excluded.due_at`.execute(tx.db);
}

/** Open alarms of subjects, locked, by "subject kind"; test calls have subjects of their own. */
export async function lockOpenAlarms(tx: Tx, subjects: readonly string[]): Promise<Map<string, AlarmState>> {
  const { rows } = await sql<AlarmState>`${kept} select ${stateColumns} from ${stateFrom}
    where a.subject = any(${[...subjects]}) and a.cleared_at is null order by a.id for update of a`.execute(tx.db);
  return new Map(rows.map((row) => [pairKey(row.subject, row.kind), row]));
}

/** When people last ended an alarm of each pair, by "subject kind", in epoch milliseconds. */
export async function listEndings(tx: Tx, subjects: readonly string[]): Promise<Map<string, number>> {
  const { rows } = await sql<{ subject: string; kind: string; at: Date }>`${kept}
    select subject, kind, max(cleared_at) as at from alarm
    where subject = any(${[...subjects]}) and cleared_how in ('hand', 'false') group by subject, kind`.execute(tx.db);
  return new Map(rows.map(({ subject, kind, at }) => [pairKey(subject, kind), at.getTime()]));
}

/** Adds to how often alarms were said again. */
export async function addRepeats(
  tx: Tx,
  repeats: ReadonlyMap<string, { times: number; lastMs: number }>,
): Promise<void> {
  if (repeats.size === 0) return;
  const all = [...repeats].toSorted(([a], [b]) => (a < b ? -1 : 1));
  await sql`insert into alarm_repeat as r (alarm_id, repeats, last_at)
    select * from unnest(${all.map(([id]) => id)}::uuid[], ${all.map(([, one]) => one.times)}::integer[],
      ${all.map(([, one]) => iso(one.lastMs))}::timestamptz[])
    on conflict (alarm_id) do update set repeats = r.repeats + excluded.repeats, last_at = greatest(r.last_at, excluded.last_at)`.execute(
    tx.db,
  );
}

/** Counts for the device whether an alarm of it was right; the first word counts. */
export async function countOutcome(tx: Tx, deviceId: string, outcome: 'false' | 'handled'): Promise<void> {
  const wrong = outcome === 'false' ? 1 : 0;
  await sql`update device_pulse set false_alarms = false_alarms + ${wrong}, true_alarms = true_alarms + ${1 - wrong}
    where device_id = ${deviceId}`.execute(tx.db);
}

/** What was counted as right was false after all. */
export async function recountAsFalse(tx: Tx, deviceId: string): Promise<void> {
  await sql`update device_pulse set false_alarms = false_alarms + 1, true_alarms = greatest(true_alarms - 1, 0)
    where device_id = ${deviceId}`.execute(tx.db);
}
