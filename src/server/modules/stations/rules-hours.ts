/** When a station is open: decisions without a database or a clock. Days are local 'YYYY-MM-DD', minutes are of a local day. */

const dayMs = 86_400_000;
const minuteMs = 60_000;
/** How far a station's next opening is looked for. */
export const horizonDays = 14;

/** [from, until] in minutes after midnight of the day it belongs to: 0 ≤ from < 1440, from < until ≤ from + 1440. */
export type Span = readonly [from: number, until: number];

export interface Exception {
  id: string;
  /** Both included. */
  fromDay: string;
  toDay: string;
  /** None: closed all day. */
  spans: readonly Span[];
  reason: string;
  reasonEn: string;
  createdMs: number;
}

/** Longer hours that a warning has switched on for this station. */
export interface Extension {
  warningKind: string;
  colour: string;
  headline: string;
  /** The warning itself, epoch milliseconds: it counts on the days whose evening it touches. */
  onMs: number;
  endsMs: number;
  /** Minutes of the day the station opened on; past 1440 is the next morning. */
  openUntil: number;
}

/** Everything the hours of one station follow from. */
export interface Timetable {
  /** Monday … Sunday, then public holidays. */
  hours: readonly (readonly Span[])[];
  /** True: public holidays have the hours of their own (the eighth list); false: they are days like others. */
  holidayHours: boolean;
  exceptions: readonly Exception[];
  extensions: readonly Extension[];
  /** Public holidays of the house's calendar. */
  isHoliday: (day: string) => boolean;
  openedOn: string;
  closedOn: string | null;
  offsetMinutes: number;
}

export type Why = 'usual' | 'holiday' | 'exception';

/** The hours of one day before any warning, and what they follow from. */
export interface DayHours {
  day: string;
  spans: readonly Span[];
  why: Why;
  exception: Exception | null;
}

/** A time without a break in which the station is open. */
export interface Opening {
  fromMs: number;
  untilMs: number;
  why: Why;
  /** Public words of the exception it follows from. */
  reason: string;
  reasonEn: string;
  /** Set when a warning lengthened it: what it is, and when it would have closed. */
  extended: { warningKind: string; colour: string; usualUntilMs: number } | null;
}

/** The local day at this moment. */
export function dayAt(ms: number, { offsetMinutes }: Pick<Timetable, 'offsetMinutes'>): string {
  return new Date(ms + offsetMinutes * minuteMs).toISOString().slice(0, 10);
}

/** First moment of a local day, epoch milliseconds. */
export function startOf(day: string, { offsetMinutes }: Pick<Timetable, 'offsetMinutes'>): number {
  return Date.parse(`${day}T00:00:00Z`) - offsetMinutes * minuteMs;
}

/** The day `n` days later. */
export function dayAfter(day: string, n: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + n * dayMs).toISOString().slice(0, 10);
}

/** Monday 0 … Sunday 6. */
export function weekdayOf(day: string): number {
  return (new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7;
}

/**
 * What a day's hours are before any warning: those of the exception that covers it (the one entered last), else those of
 * public holidays where the station has them, else those of the weekday. None before it opened for good and after it was
 * given up. Spans belong to the day they begin on, so a night that began yesterday is not touched by an exception of today.
 */
export function hoursOn(table: Timetable, day: string): DayHours {
  if (day < table.openedOn || (table.closedOn !== null && day > table.closedOn))
    return { day, spans: [], why: 'usual', exception: null };
  const exception = table.exceptions
    .filter(({ fromDay, toDay }) => fromDay <= day && day <= toDay)
    .reduce<Exception | null>((last, one) => (last === null || one.createdMs >= last.createdMs ? one : last), null);
  if (exception !== null) return { day, spans: inOrder(exception.spans), why: 'exception', exception };
  if (table.holidayHours && table.isHoliday(day))
    return { day, spans: inOrder(table.hours[7] ?? []), why: 'holiday', exception: null };
  return { day, spans: inOrder(table.hours[weekdayOf(day)] ?? []), why: 'usual', exception: null };
}

const inOrder = (spans: readonly Span[]): Span[] => spans.toSorted((a, b) => a[0] - b[0]);

/**
 * Openings that touch [fromMs, toMs), in order, joined where one begins when another ends; warnings only lengthen the last
 * span of a day, and only on days on which the station opens at all.
 */
export function openingsBetween(table: Timetable, fromMs: number, toMs: number): Opening[] {
  // A day earlier and a day later: what began yesterday still runs, and what is joined on to must be known.
  const last = dayAfter(dayAt(toMs, table), 1);
  const found: Opening[] = [];
  for (let day = dayAfter(dayAt(fromMs, table), -1); day <= last; day = dayAfter(day, 1))
    for (const opening of openingsOf(table, day)) join(found, opening);
  return found.filter(({ fromMs: from, untilMs: until }) => until > fromMs && from < toMs);
}

function openingsOf(table: Timetable, day: string): Opening[] {
  const { spans, why, exception } = hoursOn(table, day);
  const startMs = startOf(day, table);
  const openings = spans.map(([from, until]) => ({
    fromMs: startMs + from * minuteMs,
    untilMs: startMs + until * minuteMs,
    why,
    reason: exception?.reason ?? '',
    reasonEn: exception?.reasonEn ?? '',
    extended: null,
  }));
  const lastOne = openings.reduce<Opening | undefined>(
    (late, one) => (late === undefined || one.untilMs > late.untilMs ? one : late),
    undefined,
  );
  if (lastOne === undefined) return openings;
  return openings.map((one) => (one === lastOne ? lengthened(one, startMs, table.extensions) : one));
}

function lengthened(opening: Opening, startMs: number, extensions: readonly Extension[]): Opening {
  return extensions.reduce<Opening>((longest, { warningKind, colour, onMs, endsMs, openUntil }) => {
    const untilMs = startMs + openUntil * minuteMs;
    const runsThen = onMs < untilMs && endsMs > opening.untilMs;
    if (!runsThen || untilMs <= longest.untilMs) return longest;
    return { ...longest, untilMs, extended: { warningKind, colour, usualUntilMs: opening.untilMs } };
  }, opening);
}

/** Adds an opening to a list in order of begin; what touches or overlaps the last becomes one with it. */
function join(list: Opening[], next: Opening): void {
  const before = list.at(-1);
  if (before === undefined || next.fromMs > before.untilMs) {
    list.push(next);
    return;
  }
  if (next.untilMs <= before.untilMs) return;
  // What a warning added is no news any more where the next ordinary hours take over.
  list[list.length - 1] = { ...before, untilMs: next.untilMs, extended: next.extended };
}

/** How it stands at one moment. */
export interface Standing {
  open: boolean;
  /** Open: when it closes; closed: when it next opens. Null: not within the horizon (open around the clock, or closed for long). */
  untilMs: number | null;
  /** The opening it stands in, or the next one. */
  opening: Opening | null;
  /** Closed by an exception today: its words. */
  closedFor: { reason: string; reasonEn: string } | null;
}

/** Whether it is open at a moment, until when, and why. */
export function standingAt(table: Timetable, atMs: number): Standing {
  const horizonMs = atMs + horizonDays * dayMs;
  const [opening] = openingsBetween(table, atMs, horizonMs);
  const closed = closedFor(table, atMs);
  if (opening === undefined) return { open: false, untilMs: null, opening: null, closedFor: closed };
  if (opening.fromMs > atMs) return { open: false, untilMs: opening.fromMs, opening, closedFor: closed };
  const untilMs = opening.untilMs >= horizonMs ? null : opening.untilMs;
  return { open: true, untilMs, opening, closedFor: null };
}

function closedFor(table: Timetable, atMs: number): Standing['closedFor'] {
  const { exception } = hoursOn(table, dayAt(atMs, table));
  return exception === null ? null : { reason: exception.reason, reasonEn: exception.reasonEn };
}

/** What is wrong with the spans of one day, or undefined: out of range, or two at once. */
export function findSpanFault(spans: readonly Span[]): string | undefined {
  const ordered = inOrder(spans);
  for (const [k, [from, until]] of ordered.entries()) {
    if (!Number.isInteger(from) || from < 0 || from >= 1440) return `begins at ${from}, expected 0 to 1439 minutes`;
    if (!Number.isInteger(until) || until <= from || until > from + 1440)
      return `ends at ${until}, expected ${from + 1} to ${from + 1440} minutes`;
    const next = ordered[k + 1];
    if (next !== undefined && next[0] < until)
      return `${clockOf(from)}-${clockOf(until)} overlaps what begins at ${clockOf(next[0])}`;
  }
  return undefined;
}

/** 545 → '09:05'; past midnight goes on counting: 1500 → '25:00'. */
export function clockOf(minutes: number): string {
  return `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
}
