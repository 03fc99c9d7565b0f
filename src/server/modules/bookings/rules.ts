import type { BookingState } from '#contract/bookings-views.ts';
import { minuteMs } from './rules-slots.ts';

/** Who may do what with a booking, and when. */

export type CounterVerb = 'arrive' | 'serve' | 'no_show' | 'cancel' | 'move';

/** From which states each act is possible. What was noted wrongly at a busy counter can be put right. */
export const possibleFrom: Readonly<Record<CounterVerb, readonly BookingState[]>> = {
  arrive: ['booked', 'no_show', 'lapsed'],
  serve: ['booked', 'arrived', 'no_show', 'lapsed', 'served'],
  no_show: ['booked', 'arrived', 'lapsed'],
  cancel: ['booked'],
  move: ['booked'],
};

export function isPossible(verb: CounterVerb, state: BookingState): boolean {
  return possibleFrom[verb].includes(state);
}

/** From this moment on somebody may be noted as not come, epoch milliseconds. */
export function noShowFrom(startMs: number, afterMinutes: number): number {
  return startMs + afterMinutes * minuteMs;
}

/** How late a tablet without network may tell what happened, milliseconds. */
const longestLate = 3 * 86_400_000;

/** When it happened: as the tablet says, unless that is in the future or long ago. */
export function happenedMs(at: string | undefined, nowMs: number): number {
  const ms = at === undefined ? nowMs : Date.parse(at);
  return ms > nowMs || ms < nowMs - longestLate ? nowMs : ms;
}

const letters = 'ACEFHJKMNPRTUVWXY';
const figures = '23456789';

/** A short code said aloud at the counter: one letter and four figures, none of which looks or sounds like another. */
export function makeCode(pick: (below: number) => number): string {
  const sign = (of: string): string => of.charAt(pick(of.length));
  return `${sign(letters)}${sign(figures)}${sign(figures)}${sign(figures)}${sign(figures)}`;
}

/** Digits only; what begins like a country code of ours loses it. */
export function plainPhone(text: string): string {
  return text
    .normalize('NFKC')
    .replaceAll(/\D/g, '')
    .replace(/^(00)?86(?=1\d{10}$)/, '');
}

/** 138****8000; anything shorter than 7 digits shows nothing. */
export function maskPhone(phone: string): string {
  return phone.length < 7 ? '****' : `${phone.slice(0, 3)}****${phone.slice(-4)}`;
}

/** 王小明 → 王**: enough to call somebody to the counter. */
export function maskName(name: string): string {
  const [first] = name;
  return first === undefined ? '' : `${first}**`;
}

/** Mean to one decimal; null while there are fewer than `least`. */
export function meanOf(sum: number, n: number, least: number): number | null {
  return n < least || n === 0 ? null : Math.round((sum / n) * 10) / 10;
}
