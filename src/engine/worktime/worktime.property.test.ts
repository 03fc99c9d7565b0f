import fc from 'fast-check';
import { expect, test } from 'vitest';
import { OFFICE_WEEK } from './calendar.ts';
import type { Calendar, CalendarDay } from './calendar.ts';
import { addTime, timeBetween } from './elapsed.ts';
import type { TimeKind } from './elapsed.ts';
import { dueAt, fractionAt, instantAtFraction, usedMinutes } from './limit-clock.ts';
import type { LimitClock, Pause } from './limit-clock.ts';
import type { Segment } from './segments.ts';

/*
 * The judge: knows nothing of sums or searches, looks at one minute after the other. It shares no code with the engine
 * but the types. All its instants are whole minutes.
 */
const MINUTE = 60_000;
const WINDOW_START = Date.UTC(2026, 8, 14);

function localDate(calendar: Calendar, ms: number): string {
  return new Date(ms + calendar.offsetMinutes * MINUTE).toISOString().slice(0, 10);
}

function judgeHours(calendar: Calendar, date: string): readonly Segment[] {
  const usual = calendar.weekly[(new Date(`${date}T00:00:00Z`).getUTCDay() + 6) % 7] ?? [];
  const day = calendar.days.get(date);
  if (day?.kind === 'rest') return [];
  if (day?.segments) return day.segments;
  return day && usual.length === 0 ? (calendar.weekly.find((hours) => hours.length > 0) ?? []) : usual;
}

/** Minutes from an instant on: does work go on in it, and is it the last worked minute of its local day? */
function* walk(
  calendar: Calendar,
  fromMs: number,
): Generator<{ ms: number; date: string; works: boolean; closes: boolean }> {
  let date = '';
  let hours: readonly Segment[] = [];
  for (let ms = fromMs; ; ms += MINUTE) {
    const minute = (((Math.floor(ms / MINUTE) + calendar.offsetMinutes) % 1440) + 1440) % 1440;
    if (minute === 0 || date === '') {
      date = localDate(calendar, ms);
      hours = judgeHours(calendar, date);
    }
    const works = hours.some(([start, end]) => minute >= start && minute < end);
    yield { ms, date, works, closes: works && !hours.some(([, end]) => end > minute + 1) };
  }
}

function judgeAdd(
  calendar: Calendar,
  kind: TimeKind,
  startMs: number,
  amount: number,
): { at: number; certain: boolean } {
  const covered = (date: string): boolean => date >= calendar.coverageFrom && date <= calendar.coverageUntil;
  let certain = kind === 'continuous' || covered(localDate(calendar, startMs));
  let missing = kind === 'working_day' ? amount + 1 : amount;
  if (missing === 0) return { at: startMs, certain };
  for (const { ms, date, works, closes } of walk(calendar, startMs)) {
    certain &&= kind === 'continuous' || covered(date);
    if (kind === 'continuous' || (kind === 'working_time' ? works : closes)) missing -= 1;
    if (missing === 0) return { at: ms + MINUTE, certain };
  }
  throw new Error('the walk never ends');
}

function judgeUsed(calendar: Calendar, kind: TimeKind, fromMs: number, toMs: number, pauses: readonly Pause[]): number {
  let used = 0;
  for (const { ms, works } of walk(calendar, fromMs)) {
    if (ms >= toMs) return used;
    const paused = pauses.some((pause) => ms >= pause.fromMs && (pause.toMs === null || ms < pause.toMs));
    if (!paused && (works || kind === 'continuous')) used += 1;
  }
  return used;
}

function judgeMeasure(calendar: Calendar, clock: LimitClock): number {
  if (clock.kind !== 'working_day') return clock.limit + (clock.extraMinutes ?? 0);
  const due = judgeAdd(calendar, clock.kind, clock.startMs, clock.limit + (clock.extraDays ?? 0)).at;
  return judgeUsed(calendar, clock.kind, clock.startMs, due, []);
}

function judgeMark(calendar: Calendar, clock: LimitClock, fraction: number): number | null {
  let missing = judgeMeasure(calendar, clock) * fraction;
  if (missing === 0) return clock.startMs;
  for (const { ms, works } of walk(calendar, clock.startMs)) {
    if (clock.pauses.some((pause) => pause.toMs === null && ms >= pause.fromMs)) return null;
    const paused = clock.pauses.some((pause) => ms >= pause.fromMs && ms < (pause.toMs ?? 0));
    if (paused || !(works || clock.kind === 'continuous')) continue;
    if (missing <= 1) return ms + Math.round(missing * MINUTE);
    missing -= 1;
  }
  throw new Error('the walk never ends');
}

/* Random calendars, instants and clocks. */
const hours = fc
  .uniqueArray(fc.integer({ min: 0, max: 1440 }), { maxLength: 6 })
  .map((minutes) => minutes.toSorted((a, b) => a - b))
  .map((minutes) => pairs(minutes));
const someHours = hours.filter((segments) => segments.length > 0);
const touching: Segment[] = [
  [0, 600],
  [600, 1440],
];

const week: fc.Arbitrary<readonly (readonly Segment[])[]> = fc.oneof(
  fc.constant(OFFICE_WEEK),
  fc.constant(OFFICE_WEEK.map(() => touching)),
  fc.tuple(hours, hours, hours, hours, hours, hours, someHours),
);
const exception: fc.Arbitrary<CalendarDay> = fc.oneof(
  fc.record({ kind: fc.constant<'rest'>('rest') }),
  fc.record({ kind: fc.constant<'work'>('work') }),
  fc.record({ kind: fc.constantFrom<('half' | 'work')[]>('half', 'work'), segments: someHours }),
);
const dateInWindow = fc.integer({ min: 0, max: 30 }).map((day) => localIso(WINDOW_START + day * 1440 * MINUTE));
const calendars: fc.Arbitrary<Calendar> = fc
  .record({
    offsetMinutes: fc.constantFrom(480, 480, 0, -570, 345),
    weekly: week,
    days: fc.array(fc.tuple(dateInWindow, exception), { maxLength: 20 }).map((entries) => new Map(entries)),
    coverage: fc.tuple(dateInWindow, dateInWindow).map((dates) => dates.toSorted()),
  })
  .map(({ coverage: [coverageFrom = '', coverageUntil = ''], ...rest }) => ({ ...rest, coverageFrom, coverageUntil }));
const kinds = fc.constantFrom<TimeKind[]>('continuous', 'working_time', 'working_day');
const minuteInstant = fc.integer({ min: 0, max: 14 * 1440 }).map((minute) => WINDOW_START + minute * MINUTE);
const anyInstant = fc.integer({ min: 0, max: 14 * 1440 * MINUTE }).map((ms) => WINDOW_START + ms);

function pausesFrom(instant: fc.Arbitrary<number>): fc.Arbitrary<Pause[]> {
  const closed = fc.tuple(instant, instant).map(([a, b]): Pause => ({ fromMs: Math.min(a, b), toMs: Math.max(a, b) }));
  const open = fc.option(instant, { freq: 3 }).map((ms) => (ms === null ? [] : [{ fromMs: ms, toMs: null }]));
  return fc.tuple(fc.array(closed, { maxLength: 4 }), open).map(([some, last]) => [...some, ...last]);
}

/** A calendar and a clock on it, its limit up to about three weeks of the calendar's own working time. */
function scenes(instant: fc.Arbitrary<number>): fc.Arbitrary<{ calendar: Calendar; clock: LimitClock }> {
  return fc
    .record({
      calendar: calendars,
      kind: kinds,
      startMs: instant,
      share: fc.nat(100),
      extra: fc.nat(100),
      pauses: pausesFrom(instant),
    })
    .map(({ calendar, kind, startMs, share, extra, pauses }) => {
      const weekMinutes = calendar.weekly.flat().reduce((sum, [start, end]) => sum + end - start, 0);
      const scale = kind === 'working_day' ? 6 : Math.min(3_000, weekMinutes * 2);
      const limit = Math.round((share * scale) / 100);
      const more = Math.round((extra * scale) / 300);
      const granted = kind === 'working_day' ? { extraDays: more } : { extraMinutes: more };
      return { calendar, clock: { kind, startMs, limit, pauses, ...granted } };
    });
}

function pairs(minutes: readonly number[]): Segment[] {
  const segments: Segment[] = [];
  for (let index = 0; index + 1 < minutes.length; index += 2)
    segments.push([minutes[index] ?? 0, minutes[index + 1] ?? 0]);
  return segments;
}

function localIso(ms: number): string {
  return new Date(ms).toISOString().slice(0, 10);
}

test('addTime agrees with the judge, in the instant and in its certainty', () => {
  fc.assert(
    fc.property(scenes(minuteInstant), ({ calendar, clock: { kind, startMs, limit } }) => {
      expect(addTime(calendar, kind, startMs, limit)).toEqual(judgeAdd(calendar, kind, startMs, limit));
    }),
    { numRuns: 400 },
  );
});

test('timeBetween agrees with the judge, and is its own opposite backwards', () => {
  fc.assert(
    fc.property(calendars, kinds, minuteInstant, minuteInstant, (calendar, kind, a, b) => {
      const [from, to] = [Math.min(a, b), Math.max(a, b)];
      const { minutes } = timeBetween(calendar, kind, from, to);
      expect(minutes).toBe(judgeUsed(calendar, kind, from, to, []));
      expect(timeBetween(calendar, kind, to, from).minutes + minutes).toBe(0);
    }),
    { numRuns: 300 },
  );
});

test('marks of paused and extended clocks agree with the judge', () => {
  fc.assert(
    fc.property(scenes(minuteInstant), fc.constantFrom(0.5, 0.8, 1, 1.5), ({ calendar, clock }, fraction) => {
      const found = instantAtFraction(calendar, clock, fraction).at;
      const judged = judgeMark(calendar, clock, fraction);
      // 0.8 of a minute count is no exact binary number: the judge's long subtraction may round the other way.
      if (found === null || judged === null) expect(found).toBe(judged);
      else expect(Math.abs(found - judged)).toBeLessThanOrEqual(fraction === 0.8 ? 1 : 0);
    }),
    { numRuns: 400 },
  );
});

test('used time and its fraction agree with the judge', () => {
  fc.assert(
    fc.property(scenes(minuteInstant), minuteInstant, ({ calendar, clock }, now) => {
      const used = judgeUsed(calendar, clock.kind, clock.startMs, now, clock.pauses);
      expect(usedMinutes(calendar, clock, now).minutes).toBe(used);
      const measure = judgeMeasure(calendar, clock);
      const spent = now < clock.startMs ? 0 : Number.POSITIVE_INFINITY;
      expect(fractionAt(calendar, clock, now).fraction).toBe(measure > 0 ? used / measure : spent);
    }),
    { numRuns: 300 },
  );
});

test('a later start or a longer limit is never due earlier', () => {
  fc.assert(
    fc.property(scenes(anyInstant), fc.nat(5), fc.nat(86_400_000), ({ calendar, clock }, more, laterMs) => {
      const { kind, startMs, limit } = clock;
      const { at } = addTime(calendar, kind, startMs, limit);
      expect(at).toBeGreaterThanOrEqual(startMs);
      expect(addTime(calendar, kind, startMs, limit + more).at).toBeGreaterThanOrEqual(at);
      expect(addTime(calendar, kind, startMs + laterMs, limit).at).toBeGreaterThanOrEqual(at);
    }),
    { numRuns: 1_000 },
  );
});

test('minutes add up: in one go or in two, and measured again they are the same', () => {
  fc.assert(
    fc.property(scenes(anyInstant), fc.nat(2_000), ({ calendar, clock }, more) => {
      const kind = clock.kind === 'working_day' ? 'working_time' : clock.kind;
      const first = addTime(calendar, kind, clock.startMs, clock.limit).at;
      expect(addTime(calendar, kind, first, more).at).toBe(
        addTime(calendar, kind, clock.startMs, clock.limit + more).at,
      );
      expect(timeBetween(calendar, kind, clock.startMs, first).minutes).toBe(clock.limit);
    }),
    { numRuns: 1_000 },
  );
});

test('elapsed time adds up over any point between', () => {
  fc.assert(
    fc.property(calendars, kinds, anyInstant, anyInstant, anyInstant, (calendar, kind, a, b, c) => {
      const whole = timeBetween(calendar, kind, a, c).minutes;
      const parts = timeBetween(calendar, kind, a, b).minutes + timeBetween(calendar, kind, b, c).minutes;
      expect(parts).toBeCloseTo(whole, 6);
    }),
    { numRuns: 1_000 },
  );
});

test('a pause moves the due by exactly the time of its kind inside it, however it is cut and ordered', () => {
  fc.assert(
    fc.property(scenes(anyInstant), anyInstant, anyInstant, anyInstant, ({ calendar, clock }, a, b, c) => {
      const [from = a, middle = b, to = c] = [a, b, c].toSorted((x, y) => x - y);
      const plain = { ...clock, pauses: [] };
      const before = dueAt(calendar, plain).at ?? Number.NaN;
      const pausedMs = Math.max(from, clock.startMs);
      fc.pre(clock.limit > 0 && pausedMs < before && to > pausedMs);
      const after = dueAt(calendar, { ...clock, pauses: [{ fromMs: from, toMs: to }] }).at ?? Number.NaN;
      const moved = timeBetween(calendar, clock.kind, before, after).minutes;
      expect(moved).toBeCloseTo(timeBetween(calendar, clock.kind, pausedMs, Math.max(to, pausedMs)).minutes, 6);
      const pieces = [
        { fromMs: middle, toMs: to },
        { fromMs: from, toMs: from },
        { fromMs: from, toMs: middle },
      ];
      expect(dueAt(calendar, { ...clock, pauses: pieces }).at).toBe(after);
    }),
    { numRuns: 1_000 },
  );
});

test('an extension is the same as a longer limit, and marks keep their order', () => {
  fc.assert(
    fc.property(scenes(anyInstant), ({ calendar, clock }) => {
      const longer = { ...clock, limit: clock.limit + (clock.extraMinutes ?? 0) + (clock.extraDays ?? 0) };
      expect(dueAt(calendar, clock)).toEqual(dueAt(calendar, { ...longer, extraMinutes: 0, extraDays: 0 }));
      const marks = [0, 0.8, 1, 1.5].map(
        (mark) => instantAtFraction(calendar, clock, mark).at ?? Number.POSITIVE_INFINITY,
      );
      expect(marks).toEqual(marks.toSorted((x, y) => x - y));
    }),
    { numRuns: 1_000 },
  );
});

test('the fraction at a mark is the mark, and a millisecond earlier it is less', () => {
  fc.assert(
    fc.property(scenes(anyInstant), fc.constantFrom(0.5, 1, 1.5), ({ calendar, clock }, mark) => {
      const { at } = instantAtFraction(calendar, clock, mark);
      fc.pre(at !== null && clock.limit > 0 && at > clock.startMs);
      expect(fractionAt(calendar, clock, at).fraction).toBeCloseTo(mark, 4);
      expect(fractionAt(calendar, clock, at - 1).fraction).toBeLessThan(fractionAt(calendar, clock, at).fraction);
    }),
    { numRuns: 1_000 },
  );
});
