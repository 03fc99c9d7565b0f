/** What the strip needs to know of an alarm. */
export interface StripAlarm {
  id: string;
  /** Alarms of one device are one row. */
  deviceCode: string;
  /** 0 (most urgent) to 4. */
  priority: number;
  /** ISO time. */
  raisedAt: string;
  /** ISO time; null while nobody has answered it. */
  answeredAt: string | null;
}

export interface StripRow<A extends StripAlarm> {
  key: string;
  /** The alarm the row speaks of: of the unanswered the most urgent, then the newest. */
  top: A;
  /** Those a key would answer; the top one first. Empty: answered a moment ago, shown so that others see by whom. */
  waiting: readonly A[];
}

/** Somebody else's answer stays in sight this long. */
export const answeredShownMs = 20_000;

/** The rows of the strip: what waits, most urgent first and newest first among equals; below it what was answered just now. */
export function stripRows<A extends StripAlarm>(alarms: readonly A[], nowMs: number): StripRow<A>[] {
  const devices = new Map<string, A[]>();
  for (const alarm of alarms) {
    if (alarm.answeredAt !== null && nowMs - Date.parse(alarm.answeredAt) >= answeredShownMs) continue;
    devices.set(alarm.deviceCode, [...(devices.get(alarm.deviceCode) ?? []), alarm]);
  }
  return [...devices.entries()]
    .flatMap(([key, ofDevice]) => {
      const waiting = ofDevice.filter(({ answeredAt }) => answeredAt === null).sort(byUrgency);
      const [top] = waiting.length > 0 ? waiting : ofDevice.toSorted(byUrgency);
      return top === undefined ? [] : [{ key, top, waiting }];
    })
    .sort((a, b) => Number(a.waiting.length === 0) - Number(b.waiting.length === 0) || byUrgency(a.top, b.top));
}

function byUrgency(a: StripAlarm, b: StripAlarm): number {
  return a.priority - b.priority || Date.parse(b.raisedAt) - Date.parse(a.raisedAt);
}

/** An age as a clock face: 0:07, 12:30, 1:02:03. Never negative: clocks of two machines may differ a little. */
export function ageFace(sinceIso: string, nowMs: number): string {
  const seconds = Math.max(0, Math.floor((nowMs - Date.parse(sinceIso)) / 1000));
  const two = (n: number): string => String(n).padStart(2, '0');
  const hours = Math.floor(seconds / 3600);
  const minutes = Math.floor(seconds / 60) % 60;
  return hours > 0 ? `${hours}:${two(minutes)}:${two(seconds % 60)}` : `${minutes}:${two(seconds % 60)}`;
}
