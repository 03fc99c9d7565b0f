import { addDays, dayMs, startOf, weekdayOf } from '#kit/shanghai-days.ts';
import type { Presence } from '#contract/volunteers-views.ts';
import { AppError } from '#kit/errors.ts';
import type { VolunteerWords } from './dictionary.ts';

/** Days and times are those of Asia/Shanghai, which keeps one offset all year. */

/** All days from `from` to `until`, both included. */
export function daysBetween(from: string, until: string): string[] {
  const days: string[] = [];
  for (let day = from; day <= until; day = addDays(day, 1)) days.push(day);
  return days;
}

/** Minutes after midnight; a span over midnight ends beyond 1440. */
export interface Span {
  fromMinute: number;
  untilMinute: number;
}

export interface Pattern {
  post: string;
  weekdays: readonly number[];
  startMinute: number;
  minutes: number;
  needed: number;
  most: number;
  partnerId: string | null;
  partnerPlaces: number;
}

export interface Planned {
  day: string;
  post: string;
  startMs: number;
  endMs: number;
  needed: number;
  most: number;
  partnerId: string | null;
  partnerPlaces: number;
}

/**
 * When a station is open around a day, in minutes of that day: what began the evening before (below 0) and what goes on into
 * the next morning (beyond 1440) too, joined where one span begins no later than another ends.
 */
export function openAround(before: readonly Span[], own: readonly Span[], after: readonly Span[]): Span[] {
  const moved = (spans: readonly Span[], by: number): Span[] =>
    spans.map(({ fromMinute, untilMinute }) => ({ fromMinute: fromMinute + by, untilMinute: untilMinute + by }));
  const all = [...moved(before, -dayMinutes), ...own, ...moved(after, dayMinutes)];
  const joined: Span[] = [];
  for (const span of all.toSorted((a, b) => a.fromMinute - b.fromMinute)) {
    const last = joined.at(-1);
    if (last === undefined || span.fromMinute > last.untilMinute) joined.push({ ...span });
    else last.untilMinute = Math.max(last.untilMinute, span.untilMinute);
  }
  return joined;
}

const dayMinutes = 1440;

/** True when the whole of `span` lies within one open span. */
export function isWithinHours(span: Span, open: readonly Span[]): boolean {
  return open.some(({ fromMinute, untilMinute }) => span.fromMinute >= fromMinute && span.untilMinute <= untilMinute);
}

/** The shifts of one day by the week's patterns: those within `open` (see openAround), and how many lie outside. */
export function planDay(
  day: string,
  patterns: readonly Pattern[],
  open: readonly Span[],
): { planned: Planned[]; outside: number } {
  const due = patterns.filter(({ weekdays }) => weekdays.includes(weekdayOf(day)));
  const inside = due.filter(({ startMinute, minutes }) =>
    isWithinHours({ fromMinute: startMinute, untilMinute: startMinute + minutes }, open),
  );
  const planned = inside.map(({ startMinute, minutes, weekdays: _weekdays, ...rest }) => {
    const startMs = startOf(day) + startMinute * 60_000;
    return { ...rest, day, startMs, endMs: startMs + minutes * 60_000 };
  });
  return { planned, outside: due.length - inside.length };
}

/** @throws AppError bad_input when more are wanted, or kept for a partner, than have a place */
export function assertPlaces(wish: {
  needed: number;
  most: number;
  partnerId: string | null;
  partnerPlaces: number;
}): void {
  if (wish.most < wish.needed)
    throw new AppError('bad_input', `most: expected ${wish.needed} or more (those needed), found ${wish.most}.`, {
      field: 'most',
    });
  if (wish.partnerPlaces > wish.most)
    throw new AppError('bad_input', `partnerPlaces: expected ${wish.most} or fewer, found ${wish.partnerPlaces}.`, {
      field: 'partnerPlaces',
    });
  if (wish.partnerPlaces > 0 && wish.partnerId === null)
    throw new AppError('bad_input', 'partnerId: places are kept for a partner. Choose one, or keep none.', {
      field: 'partnerId',
    });
}

export interface ShiftTimes {
  startMs: number;
  endMs: number;
}

export interface Told {
  presence: Presence;
  arrivedMs: number | null;
  leftMs: number | null;
}

/** What is kept of a presence. `minutes` is null for whoever did not come, and never more than the span of the times. */
export interface Kept extends Told {
  minutes: number | null;
}

/**
 * Reads what a head says of somebody's presence.
 * @throws AppError bad_input for times that cannot be, transition_not_allowed before the shift began or long after it
 */
export function keepPresence(shift: ShiftTimes, told: Told, rules: VolunteerWords['rules'], nowMs: number): Kept {
  if (nowMs < shift.startMs - rules.early_minutes * 60_000)
    throw new AppError('transition_not_allowed', 'This shift has not begun. Confirm it when somebody is there.');
  if (nowMs > shift.endMs + rules.confirm_days * dayMs)
    throw new AppError(
      'transition_not_allowed',
      `Expected a confirmation within ${rules.confirm_days} days of the shift; that time has passed.`,
    );
  if (told.presence === 'absent') {
    if (nowMs < shift.startMs)
      throw new AppError('transition_not_allowed', 'This shift has not begun: nobody is missing yet.');
    return { presence: 'absent', arrivedMs: null, leftMs: null, minutes: null };
  }
  const { arrivedMs, leftMs } = told;
  if (arrivedMs === null || leftMs === null)
    throw wrongTimes('Whoever came has a time of coming and one of leaving. Give both.');
  if (arrivedMs < shift.startMs - rules.early_minutes * 60_000)
    throw wrongTimes(`Expected a coming at most ${rules.early_minutes} minutes before the shift. Correct the time.`);
  if (leftMs > shift.endMs + rules.late_minutes * 60_000)
    throw wrongTimes(`Expected a leaving at most ${rules.late_minutes} minutes after the shift. Correct the time.`);
  if (leftMs <= arrivedMs) throw wrongTimes('Expected a leaving after the coming. Correct the times.');
  if (leftMs > nowMs) throw wrongTimes('Expected a leaving that is past. Correct the time, or confirm later.');
  return { presence: 'came', arrivedMs, leftMs, minutes: Math.floor((leftMs - arrivedMs) / 60_000) };
}

const wrongTimes = (message: string): AppError => new AppError('bad_input', message, { field: 'leftAt' });

/** Late and early, beyond the grace of the rules; nobody who has not come, or not left yet, is either. */
export function marksOf(
  shift: ShiftTimes,
  { arrivedMs, leftMs }: { arrivedMs: number | null; leftMs: number | null },
  graceMinutes: number,
): { late: boolean; early: boolean } {
  const grace = graceMinutes * 60_000;
  return {
    late: arrivedMs !== null && arrivedMs > shift.startMs + grace,
    early: leftMs !== null && leftMs < shift.endMs - grace,
  };
}

/** Hours as people read them: minutes summed first, then rounded down once, to a step of `stepMinutes`. */
export function hoursOf(minutes: number, stepMinutes: number): number {
  return Math.floor(minutes / stepMinutes) * (stepMinutes / 60);
}

/** 王*; a name of two parts or Latin letters shows its first letter only. */
export function maskName(name: string): string {
  const [first = ''] = name;
  return first === '' ? '' : `${first}*`;
}

/** The last four digits, enough to tell two of one name apart. */
export function tailOf(phone: string): string {
  return phone.length < 7 ? '' : phone.slice(-4);
}

/** The same number however it was typed: digits only, +86 and 0086 dropped. */
export function plainPhone(text: string): string {
  return text
    .normalize('NFKC')
    .replace(/[^0-9+]/g, '')
    .replace(/^(\+|00)86/, '')
    .replace(/^\+/, '00');
}

/** The same name however it was typed. */
export function sameName(a: string, b: string): boolean {
  const plain = (name: string): string => name.normalize('NFKC').replace(/\s+/g, '').toLowerCase();
  return plain(a) === plain(b);
}

const numberLetters = '23456789ABCDEFGHJKMNPQRSTVWXYZ';

/** A number nobody guesses: ZY + district, day, eight letters from `bytes` (8 of them; 30⁸ ≈ 6.5 × 10¹¹). */
export function certificateNumber(district: string, day: string, bytes: Uint8Array): string {
  const tail = [...bytes.subarray(0, 8)].map((byte) => numberLetters[byte % numberLetters.length]).join('');
  return `ZY${district}-${day.replaceAll('-', '')}-${tail}`;
}
