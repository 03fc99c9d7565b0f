import { personalChannels, type NoticeKind, type PersonalChannel } from '#contract/notices-words.ts';

const minuteMs = 60_000;
const dayMinutes = 1440;
const shanghaiMs = 8 * 3_600_000;

export type Choice = Partial<Record<NoticeKind, readonly PersonalChannel[]>>;

/** What the house sends where somebody has chosen nothing. The inbox gets everything and is no choice. */
export const houseChoice: Readonly<Record<NoticeKind, readonly PersonalChannel[]>> = {
  second_channel: personalChannels,
  alarm: ['web_push'],
  incident: ['web_push', 'sms'],
  warning: ['web_push'],
  operation: ['web_push'],
  task: ['web_push'],
  urge: ['web_push'],
  clock: ['web_push'],
  duty: ['web_push'],
  visit: ['web_push'],
  system: ['email'],
};

/** The second channel is there for those whom the first did not reach: it uses every way, whatever was chosen. */
export function channelsFor(kind: NoticeKind, choice: Choice): readonly PersonalChannel[] {
  return kind === 'second_channel' ? personalChannels : (choice[kind] ?? houseChoice[kind]);
}

export interface QuietHours {
  /** Minutes after midnight in Asia/Shanghai; `until` may lie on the next day. */
  from: number;
  until: number;
}

/** True for what may wake people: the second channel and everything of priority 0. */
export function breaksQuiet(kind: NoticeKind, priority: number): boolean {
  return kind === 'second_channel' || priority === 0;
}

/** The earliest moment at which a message may be sent: now, or when the quiet hours end. */
export function sendFrom(quiet: QuietHours | null, nowMs: number): number {
  if (quiet === null) return nowMs;
  const minute = Math.floor((nowMs + shanghaiMs) / minuteMs) % dayMinutes;
  const since = (minute - quiet.from + dayMinutes) % dayMinutes;
  const length = (quiet.until - quiet.from + dayMinutes) % dayMinutes;
  if (since >= length) return nowMs;
  return Math.floor(nowMs / minuteMs) * minuteMs + (length - since) * minuteMs;
}

/** Seconds until the next attempt; when the list is used up the message is dead. */
const patience = {
  person: [5, 30, 120, 600, 1800, 3600],
  webhook: [5, 300, 1800, 7200, 18_000, 36_000, 50_400, 72_000, 86_400],
} as const;

/**
 * When to try again after `tries` attempts (1 …), or null: never. A tenth of chance keeps targets that failed together
 * from coming back together; `random` is 0 … 1.
 */
export function retryAt(
  way: keyof typeof patience,
  tries: number,
  nowMs: number,
  options: { retryAfterMs: number | null; random: number },
): number | null {
  const wait = patience[way][tries - 1];
  if (wait === undefined) return null;
  return nowMs + Math.max(wait * 1000 * (1 + options.random / 10), options.retryAfterMs ?? 0);
}

/** An endpoint that has taken nothing for this long is switched off. */
export const giveUpMs = 5 * 86_400_000;

export interface Bucket {
  tokens: number;
  atMs: number;
}

/** Takes one token from a bucket that holds and refills `perMinute` a minute; or says when there will be one. */
export function takeToken(
  bucket: Bucket | undefined,
  perMinute: number,
  nowMs: number,
): { bucket: Bucket; taken: boolean; atMs: number } {
  const before = bucket ?? { tokens: perMinute, atMs: nowMs };
  const grown = Math.min(perMinute, before.tokens + (Math.max(0, nowMs - before.atMs) / minuteMs) * perMinute);
  if (grown >= 1) return { bucket: { tokens: grown - 1, atMs: nowMs }, taken: true, atMs: nowMs };
  const wait = Math.ceil(((1 - grown) / perMinute) * minuteMs);
  return { bucket: { tokens: grown, atMs: nowMs }, taken: false, atMs: nowMs + wait };
}

/**
 * Divides what waits for one target into messages: those that were tried before stay together as they were, the rest
 * is merged, most urgent first, `mergeUpTo` matters to a message.
 */
export function batchesOf<T extends { batchId: string | null; priority: number }>(
  rows: readonly T[],
  mergeUpTo: number,
): T[][] {
  const tried = [...Map.groupBy(rows, ({ batchId }) => batchId).entries()].flatMap(([id, part]) =>
    id === null ? [] : [part],
  );
  const fresh = rows.filter(({ batchId }) => batchId === null).toSorted((a, b) => a.priority - b.priority);
  const merged = Array.from({ length: Math.ceil(fresh.length / mergeUpTo) }, (_, k) =>
    fresh.slice(k * mergeUpTo, (k + 1) * mergeUpTo),
  );
  return [...tried, ...merged].toSorted((a, b) => urgency(a) - urgency(b));
}

function urgency(rows: readonly { priority: number }[]): number {
  return Math.min(...rows.map(({ priority }) => priority));
}
