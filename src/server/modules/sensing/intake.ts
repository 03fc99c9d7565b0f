import type { AlarmKind, DeviceTopic } from '#contract/device-messages.ts';
import type { Tx } from '#server/db/pool.ts';
import { systemScope } from '#server/db/scope.ts';
import { addSaid, hearSubjects, type Heard } from './hear-subjects.ts';
import type { Kit } from './kit.ts';
import { parseMessage, type Parsed } from './parse-message.ts';
import { limitsOf, type Rulebook, type Threshold } from './rulebook.ts';
import { judgesAlone, judgeSeries, judgeValue, effectiveTime, lookBackMs, ratesOf, type Mark } from './rules-state.ts';
import {
  insertMessages,
  insertReadings,
  listHeardDevices,
  listPoints,
  makePartitions,
  nameOf,
  saveDeadLetters,
  savePulses,
  type HeardDevice,
  type NewReading,
  type Pulse,
  type Refused,
} from './store-intake.ts';
import { subjectOfDevice } from './subjects.ts';

/** One message of a device that proved who it is, as it came. */
export interface DeviceMessage {
  deviceId: string;
  deviceCode: string;
  topic: DeviceTopic;
  body: Buffer;
  receivedMs: number;
}

/** taken: committed now · duplicate: committed before · refused: can never be taken, kept as a dead letter. */
export type Verdict = 'taken' | 'duplicate' | 'refused';

/** What the broker hands messages to (server/mqtt says the same of whom it needs). */
export interface Intake {
  /** One verdict per message; everything is committed when it answers. @throws when nothing was */
  receive(messages: readonly DeviceMessage[]): Promise<readonly Verdict[]>;
}

/** A message that can be taken, with the time that counts. */
interface Taking extends Mark {
  index: number;
  deviceId: string;
  receivedMs: number;
  clockWrong: boolean;
  parsed: Parsed;
}

/** Takes messages of devices: one transaction for all that are given together. */
export function createIntake(kit: Kit): Intake {
  const known = new Set<string>();

  /** The month of receipt must have its partition: made ahead by a job, and here when that has not run. */
  async function openMonth(atMs: number): Promise<void> {
    const month = new Date(atMs).toISOString().slice(0, 7);
    if (known.has(month)) return;
    await kit.database.inTx(systemScope, (tx) => makePartitions(tx, atMs, 1));
    known.add(month);
  }

  return {
    async receive(messages) {
      if (messages.length === 0) return [];
      for (const month of new Set(messages.map(({ receivedMs }) => receivedMs))) await openMonth(month);
      const book = await kit.rules.get();
      return kit.database.inTx(systemScope, (tx) => takeAll(kit, book, tx, messages));
    },
  };
}

/** Takes messages inside a transaction; a dead letter sent again comes this way too. */
export async function takeAll(
  kit: Kit,
  book: Rulebook,
  tx: Tx,
  messages: readonly DeviceMessage[],
): Promise<Verdict[]> {
  const devices = await listHeardDevices(tx, [...new Set(messages.map(({ deviceId }) => deviceId))]);
  const verdicts = messages.map((): Verdict => 'refused');
  const { takings, refused } = sort(messages, devices);
  await saveDeadLetters(tx, refused);
  if (takings.length === 0) return verdicts;
  await savePulses(tx, pulsesOf(takings));
  const fresh = await keepNew(tx, takings);
  for (const { index } of takings) verdicts[index] = 'duplicate';
  for (const { index } of fresh) verdicts[index] = 'taken';
  await insertReadings(tx, fresh.flatMap(readingsOf));
  const heard = await listen(kit, book, tx, devices, fresh);
  await hearSubjects(kit, tx, heard, kit.clock.now());
  return verdicts;
}

function sort(
  messages: readonly DeviceMessage[],
  devices: ReadonlyMap<string, HeardDevice>,
): { takings: Taking[]; refused: Refused[] } {
  const takings: Taking[] = [];
  const refused: Refused[] = [];
  for (const [index, message] of messages.entries()) {
    const { deviceId, receivedMs, body, topic } = message;
    const device = devices.get(deviceId);
    const parsed = parseMessage(topic, body);
    const reason = device === undefined ? 'There is no such device.' : 'refusal' in parsed ? parsed.refusal : undefined;
    if (reason !== undefined || 'refusal' in parsed) {
      refused.push({ ...message, reason: reason ?? '' });
      continue;
    }
    const { boot, seq, at } = parsed.message;
    const time = effectiveTime(at === undefined ? null : Date.parse(at), receivedMs);
    takings.push({ index, deviceId, receivedMs, boot, seq, parsed, ...time });
  }
  return { takings, refused };
}

function pulsesOf(takings: readonly Taking[]): Pulse[] {
  const pulses = new Map<string, Pulse>();
  for (const { deviceId, receivedMs, parsed } of takings) {
    const before = pulses.get(deviceId);
    const status = parsed.topic === 'status' ? parsed.message : undefined;
    pulses.set(deviceId, {
      deviceId,
      receivedMs: Math.max(receivedMs, before?.receivedMs ?? 0),
      battery: status?.battery ?? before?.battery ?? null,
      signal: status?.signal ?? before?.signal ?? null,
      firmware: status?.firmware ?? before?.firmware ?? null,
    });
  }
  return [...pulses.values()];
}

/** Writes the names of messages; answers those that were never taken before, the same twice in a batch once. */
async function keepNew(tx: Tx, takings: readonly Taking[]): Promise<Taking[]> {
  const first = new Map<string, Taking>();
  for (const one of takings) if (!first.has(nameOf(one))) first.set(nameOf(one), one);
  const added = await insertMessages(
    tx,
    [...first.values()].map((one) => ({ ...one, topic: one.parsed.topic, effectiveMs: one.atMs })),
  );
  return [...first].flatMap(([name, one]) => (added.has(name) ? [one] : []));
}

function readingsOf({ parsed, deviceId, boot, seq, atMs, receivedMs }: Taking): NewReading[] {
  if (parsed.topic !== 'readings') return [];
  return Object.entries(parsed.message.values).map(([metric, value]) => ({
    deviceId,
    boot,
    seq,
    metric,
    value,
    measuredMs: atMs,
    receivedMs,
  }));
}

/** What the new messages say, by device. */
async function listen(
  kit: Kit,
  book: Rulebook,
  tx: Tx,
  devices: ReadonlyMap<string, HeardDevice>,
  fresh: readonly Taking[],
): Promise<Heard[]> {
  const all: Heard[] = [];
  for (const [deviceId, takings] of Map.groupBy(fresh, (one) => one.deviceId)) {
    const device = devices.get(deviceId);
    if (device === undefined) continue;
    const heard: Heard = { subject: subjectOfDevice(kit.territory, book, device, kit.clock.now()), said: new Map() };
    const rules = book.rulesFor(device);
    for (const taking of takings) hearOne(heard, rules, taking);
    await hearSeries(tx, heard, rules, takings, kit.clock.now());
    all.push(heard);
  }
  return all;
}

function hearOne(heard: Heard, rules: readonly Threshold[], taking: Taking): void {
  const { parsed, atMs, boot, seq, clockWrong, receivedMs } = taking;
  const mark = { atMs, boot, seq, clockWrong };
  const alive = { source: 'heartbeat', active: false, value: null, metric: null, text: '' };
  addSaid(heard, 'offline', { ...alive, atMs: receivedMs, boot, seq, clockWrong: false });
  if (parsed.topic === 'alarm') {
    const { kind, state, value, text } = parsed.message;
    const active = state === 'active';
    addSaid(heard, kind, { ...mark, source: 'message', active, value: value ?? null, metric: null, text: text ?? '' });
  }
  if (parsed.topic !== 'readings') return;
  for (const rule of rules) {
    const value = rule.metric === null ? undefined : parsed.message.values[rule.metric];
    if (value === undefined || !judgesAlone(rule.basis, rule)) continue;
    const active = judgeValue(limitsOf(rule), value);
    if (active !== undefined)
      addSaid(heard, rule.kind, { ...mark, source: rule.id, active, value, metric: rule.metric, text: '' });
  }
}

/** Rates and hold-offs need what came before: the series is read from the database, so the order of arrival does not matter. */
async function hearSeries(
  tx: Tx,
  heard: Heard,
  rules: readonly Threshold[],
  takings: readonly Taking[],
  nowMs: number,
): Promise<void> {
  for (const rule of rules) {
    const { metric, basis } = rule;
    if (metric === null || judgesAlone(basis, rule) || (basis !== 'rate' && basis !== 'value')) continue;
    const touched = takings.filter(({ parsed }) => parsed.topic === 'readings' && metric in parsed.message.values);
    if (touched.length === 0) continue;
    const fromMs = Math.min(...touched.map((one) => one.atMs)) - lookBackMs(rule);
    const points = await listPoints(tx, touched[0]?.deviceId ?? '', metric, fromMs);
    const word = judgeSeries(limitsOf(rule), basis === 'rate' ? ratesOf(points) : points, nowMs);
    if (word === undefined) continue;
    const clockWrong = touched.some((one) => one.clockWrong);
    addSaid(heard, rule.kind satisfies AlarmKind, {
      ...word,
      source: rule.id,
      metric,
      text: '',
      clockWrong,
      anew: true,
    });
  }
}
