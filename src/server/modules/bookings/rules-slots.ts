import { addDays, dayOf, startOf, weekdayOf } from '#kit/shanghai-days.ts';
import type { WeeklyHours } from '#contract/bookings-views.ts';

/** Which times can be booked: no database, no clock. Days are YYYY-MM-DD in Asia/Shanghai (UTC+8, no summer time). */

export const minuteMs = 60_000;

/** `n` days from `from` on. */
export function daysFrom(from: string, n: number): string[] {
  return Array.from({ length: n }, (_, k) => addDays(from, k));
}

export interface Span {
  fromMs: number;
  untilMs: number;
}

export interface OfferTimes {
  weekly: readonly WeeklyHours[];
  /** Minutes. */
  slotMinutes: number;
  /** People at the same time. */
  capacity: number;
  firstDay: string;
  lastDay: string | null;
}

/** A seat that somebody has: 1..capacity. */
export interface Held {
  startMs: number;
  endMs: number;
  seat: number;
}

export interface Slot {
  startMs: number;
  endMs: number;
  capacity: number;
  left: number;
}

export interface Around {
  /** When the station is open; spans of any order, touching ones count as one. */
  open: readonly Span[];
  /** When the provider does not come. */
  away: readonly Span[];
  held: readonly Held[];
}

/**
 * The slots that begin in the hours of this day, in order. They are laid from the beginning of each weekly span, so they
 * stay where they are when the station opens later or closes earlier: such a day only loses slots. A slot is there when the
 * whole of it lies in the offer's hours and in one opening, and none of it while the provider is away.
 */
export function slotsOn(offer: OfferTimes, day: string, { open, away, held }: Around): Slot[] {
  if (day < offer.firstDay || (offer.lastDay !== null && day > offer.lastDay)) return [];
  const openings = joined(open);
  const lengthMs = offer.slotMinutes * minuteMs;
  const midnightMs = startOf(day);
  const slots: Slot[] = [];
  for (const { weekday, fromMinute, untilMinute } of offer.weekly) {
    if (weekday !== weekdayOf(day)) continue;
    const endMs = midnightMs + untilMinute * minuteMs;
    for (let startMs = midnightMs + fromMinute * minuteMs; startMs + lengthMs <= endMs; startMs += lengthMs) {
      const slot = { startMs, endMs: startMs + lengthMs };
      if (!openings.some((one) => one.fromMs <= slot.startMs && slot.endMs <= one.untilMs)) continue;
      if (away.some((one) => one.fromMs < slot.endMs && slot.startMs < one.untilMs)) continue;
      slots.push({ ...slot, capacity: offer.capacity, left: freeSeats(offer.capacity, slot, held).length });
    }
  }
  return slots.toSorted((a, b) => a.startMs - b.startMs);
}

/** Seats 1..capacity that nobody has at any time of the slot. */
export function freeSeats(capacity: number, slot: Pick<Slot, 'startMs' | 'endMs'>, held: readonly Held[]): number[] {
  const taken = new Set(
    held.filter((one) => one.startMs < slot.endMs && slot.startMs < one.endMs).map(({ seat }) => seat),
  );
  return Array.from({ length: capacity }, (_, k) => k + 1).filter((seat) => !taken.has(seat));
}

/** Spans in order; what touches or overlaps is one. */
export function joined(spans: readonly Span[]): Span[] {
  const list: Span[] = [];
  for (const { fromMs, untilMs } of spans.toSorted((a, b) => a.fromMs - b.fromMs)) {
    const before = list.at(-1);
    if (before !== undefined && fromMs <= before.untilMs) before.untilMs = Math.max(before.untilMs, untilMs);
    else list.push({ fromMs, untilMs });
  }
  return list;
}

export interface Limits {
  /** Days ahead, today not counted. */
  aheadDays: number;
  /** Minutes before its beginning at which a slot can no longer be taken. */
  leadMinutes: number;
}

/** May this slot be taken now, as far as time goes? */
export function isInTime(
  { startMs }: Pick<Slot, 'startMs'>,
  nowMs: number,
  { aheadDays, leadMinutes }: Limits,
): boolean {
  return startMs - leadMinutes * minuteMs >= nowMs && dayOf(startMs) <= addDays(dayOf(nowMs), aheadDays);
}

const weekMinutes = 7 * 1440;

/** What is wrong with weekly hours, as a sentence for whoever wrote them; undefined when nothing is. */
export function findWeeklyFault(weekly: readonly WeeklyHours[], slotMinutes: number): string | undefined {
  const spans = weekly
    .map(({ weekday, fromMinute, untilMinute }) => ({
      from: (weekday - 1) * 1440 + fromMinute,
      length: untilMinute - fromMinute,
    }))
    .toSorted((a, b) => a.from - b.from);
  for (const [k, span] of spans.entries()) {
    if (span.length < slotMinutes) return `one span is shorter than a slot of ${slotMinutes} minutes`;
    if (span.length > 1440) return 'one span is longer than a day';
    const next = spans[(k + 1) % spans.length];
    const nextFrom = (next?.from ?? 0) + (k + 1 === spans.length ? weekMinutes : 0);
    if (nextFrom < span.from + span.length) return 'two spans of the week overlap';
  }
  return undefined;
}

/** Do the offer's weekly hours and days still hold this time? */
export function liesInHours(offer: OfferTimes, { startMs, endMs }: Pick<Slot, 'startMs' | 'endMs'>): boolean {
  const today = dayOf(startMs);
  return [addDays(today, -1), today].some(
    (day) =>
      day >= offer.firstDay &&
      (offer.lastDay === null || day <= offer.lastDay) &&
      offer.weekly.some(
        ({ weekday, fromMinute, untilMinute }) =>
          weekday === weekdayOf(day) &&
          startOf(day) + fromMinute * minuteMs <= startMs &&
          endMs <= startOf(day) + untilMinute * minuteMs,
      ),
  );
}
