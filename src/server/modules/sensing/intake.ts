import type { DeviceTopic } from '#contract/device-messages.ts';
import type { Tx } from '#server/db/pool.ts';
import { systemScope } from '#server/db/scope.ts';
import { addSaid, hearSubjects, type Heard } from './hear-subjects.ts';
import type { Kit } from './kit.ts';
import { parseMessage, type Parsed } from './parse-message.ts';
import { limitsOf, type Rulebook, type Threshold } from './rulebook.ts';
import {
  effectiveTime,
  judgeEnd,
  judgesAlone,
  judgeSeries,
  judgeValue,
  lookBackMs,
  ratesOf,
  type Mark,
  type Point,
  type Word,
} from './rules-state.ts';
import {
  keepMessages,
  listHeardDevices,
  listSeries,
  makePartitions,
  nameOf,
  saveDeadLetters,
  savePulses,
  type Asked,
  type HeardDevice,
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

/** Keeps messages and their readings; answers those that were never taken before, the same twice in a batch once. */
async function keepNew(tx: Tx, takings: readonly Taking[]): Promise<Taking[]> {
  const first = new Map<string, Taking>();
  for (const one of takings) if (!first.has(nameOf(one))) first.set(nameOf(one), one);
  const all = [...first.values()];
  const known = await keepMessages(
    tx,
    all.map((one) => ({ ...one, topic: one.parsed.topic, effectiveMs: one.atMs })),
    all.flatMap(({ parsed }, message) =>
      parsed.topic === 'readings'
        ? Object.entries(parsed.message.values).map(([metric, value]) => ({ message, metric, value }))
        : [],
    ),
  );
  return all.filter((_, place) => !known.has(place));
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
  const series: Series[] = [];
  for (const [deviceId, takings] of Map.groupBy(fresh, (one) => one.deviceId)) {
    const device = devices.get(deviceId);
    if (device === undefined) continue;
    const heard: Heard = { subject: subjectOfDevice(kit.territory, book, device, kit.clock.now()), said: new Map() };
    const rules = book.rulesFor(device);
    for (const taking of takings) hearOne(heard, rules, taking);
    series.push(...seriesOf(heard, rules, takings));
    all.push(heard);
  }
  await hearSeries(tx, series, kit.clock.now());
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

/** A series that must be read to hear what a rule says of new readings. */
interface Series extends Asked {
  heard: Heard;
  rule: Threshold;
  clockWrong: boolean;
}

/** Rates and hold-offs need what came before. */
function seriesOf(heard: Heard, rules: readonly Threshold[], takings: readonly Taking[]): Series[] {
  return rules.flatMap((rule): Series[] => {
    const { metric, basis } = rule;
    if (metric === null || judgesAlone(basis, rule) || (basis !== 'rate' && basis !== 'value')) return [];
    const touched = takings.filter(({ parsed }) => parsed.topic === 'readings' && metric in parsed.message.values);
    const [first] = touched;
    if (first === undefined) return [];
    const fromMs = Math.min(...touched.map((one) => one.atMs)) - lookBackMs(rule);
    const clockWrong = touched.some((one) => one.clockWrong);
    return [{ heard, rule, deviceId: first.deviceId, metric, fromMs, clockWrong }];
  });
}

/** Nearly always these decide: a rate needs two, a hold-off is mostly not under way. */
const endLength = 8;

/**
 * Reads series from the database, so that the order of arrival does not matter: their ends, and the whole only of those
 * whose end does not decide.
 */
async function hearSeries(tx: Tx, series: readonly Series[], nowMs: number): Promise<void> {
  const ends = await listSeries(tx, series, endLength);
  const unsure: Series[] = [];
  for (const [place, one] of series.entries()) {
    const points = ends[place] ?? [];
    const [limits, values] = [limitsOf(one.rule), valuesOf(one.rule, points)];
    const word = points.length < endLength ? judgeSeries(limits, values, nowMs) : judgeEnd(limits, values, nowMs);
    if (word === 'unsure') unsure.push(one);
    else addWord(one, word);
  }
  const whole = await listSeries(tx, unsure, null);
  for (const [place, one] of unsure.entries())
    addWord(one, judgeSeries(limitsOf(one.rule), valuesOf(one.rule, whole[place] ?? []), nowMs));
}

const valuesOf = ({ basis }: Threshold, points: readonly Point[]) => (basis === 'rate' ? ratesOf(points) : points);

function addWord({ heard, rule, clockWrong }: Series, word: Word | undefined): void {
  if (word === undefined) return;
  const { id: source, kind, metric } = rule;
  addSaid(heard, kind, { ...word, source, metric, text: '', clockWrong, anew: true });
}
