import type { AlarmKind } from '#contract/device-messages.ts';
import { toIso } from '#kit/clock.ts';
import { uuidV7 } from '#kit/ids.ts';
import type { Tx } from '#server/db/pool.ts';
import type { Kit } from './kit.ts';
import { program, recordAlarm } from './record.ts';
import { hear, isCall, type Pair, type Said, type Step } from './rules-alarm.ts';
import type { Word } from './rules-state.ts';
import {
  addRepeats,
  changeAlarm,
  insertAlarm,
  listEndings,
  listWords,
  lockOpenAlarms,
  pairKey,
  saveWords,
  type AlarmState,
  type NewAlarm,
} from './store-alarm.ts';
import type { Subject } from './subjects.ts';
import { insertWish, reportFor } from './wish-store.ts';

/** What was said about one subject, by kind. */
export interface Heard {
  subject: Subject;
  said: Map<AlarmKind, Said[]>;
}

export function addSaid(heard: Heard, kind: AlarmKind, said: Said): void {
  const list = heard.said.get(kind);
  if (list === undefined) heard.said.set(kind, [said]);
  else list.push(said);
}

/**
 * Hears what was said and does what follows: words saved, alarms raised, counted and cleared, each with its line. The caller
 * holds the subjects' locks. Answers the open alarm of each (subject, kind) that was spoken about, by "subject kind".
 */
export async function hearSubjects(
  kit: Kit,
  tx: Tx,
  all: readonly Heard[],
  nowMs: number,
): Promise<ReadonlyMap<string, string>> {
  const spoken = all.filter((one) => one.said.size > 0);
  const keys = spoken.map((one) => one.subject.key);
  if (keys.length === 0) return new Map();
  const words = await listWords(tx, keys);
  const open = await lockOpenAlarms(tx, keys);
  const endings = await listEndings(tx, keys);
  const changed: (Said & { subject: string; kind: string })[] = [];
  const repeats: Repeats = new Map();
  const ids = new Map<string, string>();
  for (const { subject, said } of spoken) {
    for (const [kind, list] of said) {
      const key = pairKey(subject.key, kind);
      const before = open.get(key);
      const result = hear(kind, pairOf(subject, words.get(key), before, endings.get(key)), list, nowMs);
      for (const word of result.words.values())
        if (isWorthKeeping(word, words.get(key)?.get(word.source)))
          changed.push({ ...word, subject: subject.key, kind });
      const id = await takeSteps(kit, tx, { subject, kind, open: before, nowMs, repeats }, result.steps);
      if (id !== null) ids.set(key, id);
    }
  }
  await saveWords(tx, changed);
  await addRepeats(tx, repeats);
  return ids;
}

/** Every message says that its device is alive: that is kept only where it ends a silence. */
function isWorthKeeping(word: Said, before: Word | undefined): boolean {
  return word.source !== 'heartbeat' || word.active || before?.active === true;
}

type Repeats = Map<string, { times: number; lastMs: number }>;

function pairOf(
  { muted }: Subject,
  words: Pair['words'] | undefined,
  open: AlarmState | undefined,
  endedMs: number | undefined,
): Pair {
  return {
    words: words ?? new Map(),
    open: open === undefined ? null : { id: open.id, acknowledged: open.acknowledgedAt !== null },
    endedMs: endedMs ?? null,
    muted,
  };
}

interface Scene {
  subject: Subject;
  kind: AlarmKind;
  open: AlarmState | undefined;
  nowMs: number;
  repeats: Repeats;
}

/** Returns the id of the alarm that is open at the end, or of the last one that was. */
async function takeSteps(kit: Kit, tx: Tx, scene: Scene, steps: readonly Step[]): Promise<string | null> {
  let current = scene.open ?? null;
  let last = current?.id ?? null;
  for (const step of steps) {
    if (step.do === 'raise') {
      const raised = await raiseAlarm(kit, tx, scene, step.said);
      current = raised;
      last = raised?.id ?? last;
    } else if (current !== null && step.do === 'repeat') {
      const before = scene.repeats.get(current.id);
      const lastMs = Math.max(step.said.atMs, before?.lastMs ?? 0);
      scene.repeats.set(current.id, { times: (before?.times ?? 0) + 1, lastMs });
    } else if (current !== null) {
      await clearAlarm(tx, scene, current, step.said);
      current = null;
    }
  }
  return last;
}

async function raiseAlarm(kit: Kit, tx: Tx, { subject, kind, nowMs }: Scene, said: Said): Promise<AlarmState | null> {
  const rule = subject.ruleOf(kind, said.source);
  const alarm: NewAlarm = {
    ...placeOf(subject),
    ...rule,
    id: uuidV7(nowMs),
    kind,
    raisedMs: said.atMs,
    receivedMs: nowMs,
    clockWrong: said.clockWrong,
    metric: said.metric,
    value: said.value,
    text: said.text,
    test: false,
  };
  if (!(await insertAlarm(tx, alarm))) return null;
  const wished = rule.raises === 'auto' && rule.categoryCode !== null;
  if (wished) await insertWish(tx, await reportFor(kit, stateOf(alarm, subject)), { askedBy: null, nowMs });
  await recordAlarm(tx, 'raise', stateOf(alarm, subject), {
    actor: program,
    atMs: nowMs,
    data: {
      raisedAt: toIso(said.atMs),
      unitId: alarm.unitId,
      metric: said.metric,
      value: said.value,
      thresholdId: rule.thresholdId,
      ...(said.clockWrong ? { clockWrong: true } : {}),
      ...(wished ? { becomesEvent: true } : {}),
    },
    words: { text: said.text },
  });
  if (wished) tx.afterCommit(() => kit.wake());
  return stateOf(alarm, subject);
}

async function clearAlarm(tx: Tx, { kind, nowMs }: Scene, alarm: AlarmState, said: Said): Promise<void> {
  await changeAlarm(tx, alarm.id, { clearedMs: nowMs, clearedHow: 'signal' });
  await recordAlarm(tx, 'clear', alarm, {
    actor: program,
    atMs: nowMs,
    data: {
      how: 'signal',
      at: toIso(said.atMs),
      value: said.value,
      ...(isCall(kind) && said.active ? { anew: true } : {}),
    },
  });
}

export function placeOf(subject: Subject) {
  const { key, deviceId, sourceId, path, areaCode, district, unitId, lon, lat, placeWords } = subject;
  return { subject: key, deviceId, sourceId, path, areaCode, district, unitId, lon, lat, placeWords };
}

/** A new alarm as it will be read back. */
export function stateOf(alarm: NewAlarm, { deviceCode, sourceCode, placeWords }: Subject): AlarmState {
  return {
    ...alarm,
    path: [...alarm.path],
    deviceCode,
    deviceName: deviceCode === null ? null : placeWords,
    sourceCode,
    raisedAt: new Date(alarm.raisedMs),
    acknowledgedAt: null,
    outcome: null,
    clearedAt: null,
    eventId: null,
    eventNumber: null,
    secondAt: null,
    version: 1,
  };
}
