import { patternOf } from './pattern.ts';

/** What the sound needs to know of an alarm. */
export interface Ringing {
  id: string;
  /** 0 to 4. */
  priority: number;
  /** ISO time. */
  raisedAt: string;
  acknowledged: boolean;
  /** Heard once whatever its priority: a call to look, not an alarm that waits for an answer. */
  once?: true;
}

/** Whether it goes on until somebody answers. */
export function repeats({ priority, once }: Pick<Ringing, 'priority' | 'once'>): boolean {
  return once !== true && patternOf(priority).repeats;
}

export interface Mute {
  /** Epoch ms; 0: never muted. */
  from: number;
  /** Epoch ms; null: until it is taken back. */
  until: number | null;
}

export const notMuted: Mute = { from: 0, until: 0 };
/** Life may hang on a P0: its sound comes back by itself after this long. */
export const longestMuteOfP0 = 10 * 60_000;

/** Is the sound of this priority muted now? */
export function isMuted(priority: number, mute: Mute, nowMs: number): boolean {
  if (nowMs < mute.from || (mute.until !== null && nowMs >= mute.until)) return false;
  return priority > 0 || nowMs < mute.from + longestMuteOfP0;
}

/** When something about the mute changes by itself, in epoch ms; null: never. */
export function muteChangesAt(mute: Mute, nowMs: number): number | null {
  const times = [mute.from + longestMuteOfP0, ...(mute.until === null ? [] : [mute.until])];
  const ahead = times.filter((time) => time > nowMs && isMuted(4, mute, nowMs));
  return ahead.length === 0 ? null : Math.min(...ahead);
}

/** What came in longer ago is no news: only what repeats is still heard. */
export const newsMs = 60_000;

/**
 * The one alarm to be heard now: the most urgent that nobody has acknowledged, the newest of those. What sounds only
 * once is left out when it sounded already (`sounded`) or is no news.
 */
export function chooseRinging(
  alarms: readonly Ringing[],
  sounded: ReadonlySet<string>,
  mute: Mute,
  nowMs: number,
): Ringing | null {
  const wanting = alarms.filter((alarm) => {
    if (alarm.acknowledged || isMuted(alarm.priority, mute, nowMs)) return false;
    if (repeats(alarm)) return true;
    return !sounded.has(alarm.id) && nowMs - Date.parse(alarm.raisedAt) < newsMs;
  });
  wanting.sort((a, b) => a.priority - b.priority || Date.parse(b.raisedAt) - Date.parse(a.raisedAt));
  return wanting[0] ?? null;
}
