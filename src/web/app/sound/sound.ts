import { useSyncExternalStore } from 'react';
import { chooseRinging, isMuted, muteChangesAt, newsMs, notMuted, repeats, type Mute, type Ringing } from './choice.ts';
import { patternOf, samplesOf } from './pattern.ts';

/** What the browser lets us do: blocked until the first touch or key, absent where there is no Web Audio. */
export type Speaker = 'absent' | 'blocked' | 'ready';

export interface SoundView {
  speaker: Speaker;
  /** What the browser calls it, for whoever looks for the reason. */
  browserState: string;
  mute: Mute;
  muted: boolean;
  /** The mute still holds for P0. */
  p0Muted: boolean;
  /** 0.2 to 1: silence is what muting is for, and muting ends. */
  volume: number;
  /** The alarm or call heard now. */
  ringing: Pick<Ringing, 'id' | 'priority' | 'once'> | null;
}

export const lowestVolume = 0.2;
const key = 'huangge.alarm-sound';
const gestures = ['pointerdown', 'keydown', 'touchend'] as const;

const kept = readKept();
let view: SoundView = {
  speaker: 'blocked',
  browserState: 'closed',
  mute: kept.mute,
  muted: isMuted(4, kept.mute, Date.now()),
  p0Muted: isMuted(0, kept.mute, Date.now()),
  volume: kept.volume,
  ringing: null,
};
let alarms: readonly Ringing[] = [];
/** New urgent events: each is heard once. */
let calls: readonly Ringing[] = [];
const sounded = new Set<string>();
const listeners = new Set<() => void>();
let context: AudioContext | null = null;
let loudness: GainNode | null = null;
let playing: AudioBufferSourceNode | null = null;
let timer: ReturnType<typeof setTimeout> | undefined;

export function useSound(): SoundView {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => view,
  );
}

function change(part: Partial<SoundView>): void {
  view = { ...view, ...part };
  for (const listener of listeners) listener();
}

/** Readies the loudspeaker while the desk is shown; the first touch or key unlocks it. Returns the end of it. */
export function openSound(): () => void {
  if (typeof AudioContext === 'undefined') {
    change({ speaker: 'absent' });
    return () => undefined;
  }
  const opened = new AudioContext({ latencyHint: 'interactive' });
  context = opened;
  loudness = opened.createGain();
  loudness.gain.value = view.volume;
  loudness.connect(opened.destination);
  const look = (): void => {
    change({ speaker: opened.state === 'running' ? 'ready' : 'blocked', browserState: opened.state });
    settle();
  };
  const unlock = (): void => {
    if (opened.state !== 'running') void opened.resume().catch(() => undefined);
  };
  opened.addEventListener('statechange', look);
  for (const gesture of gestures) addEventListener(gesture, unlock, { capture: true });
  look();
  return () => {
    for (const gesture of gestures) removeEventListener(gesture, unlock, { capture: true });
    opened.removeEventListener('statechange', look);
    clearTimeout(timer);
    stop();
    alarms = [];
    calls = [];
    void opened.close();
    if (context === opened) context = loudness = null;
  };
}

/** Tells which alarms there are now; what must be heard is heard at once, what was acknowledged falls silent. */
export function ringFor(now: readonly Ringing[]): void {
  alarms = now;
  settle();
}

/**
 * Lets a new urgent event be heard once, with the volume and the mute of the alarms; where it cannot be heard within a
 * minute (no touch yet, muted, something louder), it is left to the eyes.
 */
export function callOnce(call: Pick<Ringing, 'id' | 'priority'>): void {
  const nowMs = Date.now();
  const young = calls.filter(({ raisedAt }) => nowMs - Date.parse(raisedAt) < newsMs);
  calls = [...young, { ...call, raisedAt: new Date(nowMs).toISOString(), acknowledged: false, once: true }];
  settle();
}

/** Silences now. P0 comes back after ten minutes. @param until epoch ms; null: until taken back */
export function muteUntil(until: number | null): void {
  take({ from: Date.now(), until });
}

export function unmute(): void {
  take(notMuted);
}

/** @param volume 0.2 to 1 */
export function setVolume(volume: number): void {
  const next = Math.min(1, Math.max(lowestVolume, volume));
  if (loudness !== null) loudness.gain.value = next;
  change({ volume: next });
  keep();
}

/** Lets one priority be heard once, muted or not; nothing while an alarm rings. */
export function testSound(priority: number): void {
  if (view.ringing === null) play(priority, false);
}

function take(mute: Mute): void {
  change({ mute });
  keep();
  settle();
}

/** Brings what is heard in line with the alarms, the mute and the loudspeaker. */
function settle(): void {
  const now = Date.now();
  clearTimeout(timer);
  const next = muteChangesAt(view.mute, now);
  if (next !== null) timer = setTimeout(settle, Math.min(next - now + 20, 2 ** 31 - 1));
  const muted = isMuted(4, view.mute, now);
  const p0Muted = isMuted(0, view.mute, now);
  if (muted !== view.muted || p0Muted !== view.p0Muted) change({ muted, p0Muted });
  if (context?.state !== 'running') return stop();
  const chosen = chooseRinging([...alarms, ...calls], sounded, view.mute, now);
  // What sounds once and has begun is heard to its end, unless something more urgent comes.
  if (chosen === null) return view.ringing !== null && stillWanted(now) ? undefined : stop();
  if (view.ringing?.id === chosen.id) return;
  stop();
  playing = play(chosen.priority, repeats(chosen));
  if (playing === null) return;
  sounded.add(chosen.id);
  performance.mark('alarm-sound', {
    detail: { alarmId: chosen.id, priority: chosen.priority, outputLatencyMs: context.outputLatency * 1000 },
  });
  change({ ringing: chosen });
}

/** May what is heard now sound to its end? Only what sounds once, is not acknowledged and not muted. */
function stillWanted(now: number): boolean {
  const { ringing, mute } = view;
  if (ringing === null || repeats(ringing) || isMuted(ringing.priority, mute, now)) return false;
  return [...alarms, ...calls].some((alarm) => alarm.id === ringing.id && !alarm.acknowledged);
}

/** Starts a pattern now; it loops inside the audio thread, so that a busy or hidden page does not break it. */
function play(priority: number, loop: boolean): AudioBufferSourceNode | null {
  if (context?.state !== 'running' || loudness === null) return null;
  const samples = samplesOf(patternOf(priority), context.sampleRate);
  const buffer = context.createBuffer(1, samples.length, context.sampleRate);
  buffer.copyToChannel(samples, 0);
  const node = new AudioBufferSourceNode(context, { buffer, loop });
  node.connect(loudness);
  node.addEventListener('ended', () => {
    node.disconnect();
    if (playing !== node) return;
    playing = null;
    change({ ringing: null });
    settle();
  });
  node.start();
  return node;
}

function stop(): void {
  const node = playing;
  playing = null;
  node?.stop();
  if (view.ringing !== null) change({ ringing: null });
}

function keep(): void {
  try {
    localStorage.setItem(key, JSON.stringify({ mute: view.mute, volume: view.volume }));
  } catch {
    // Refused storage only shortens how long the choice lasts.
  }
}

function readKept(): { mute: Mute; volume: number } {
  const fresh = { mute: notMuted, volume: 0.8 };
  try {
    const found = JSON.parse(localStorage.getItem(key) ?? 'null') as Partial<typeof fresh> | null;
    const { mute, volume } = found ?? {};
    return {
      mute: isMute(mute) ? mute : fresh.mute,
      volume: typeof volume === 'number' && volume >= lowestVolume && volume <= 1 ? volume : fresh.volume,
    };
  } catch {
    return fresh;
  }
}

function isMute(value: Mute | undefined): value is Mute {
  return typeof value?.from === 'number' && (value.until === null || typeof value.until === 'number');
}
