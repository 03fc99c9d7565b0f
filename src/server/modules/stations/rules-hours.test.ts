import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  dayAfter,
  dayAt,
  findSpanFault,
  hoursOn,
  openingsBetween,
  standingAt,
  startOf,
  weekdayOf,
  type Exception,
  type Extension,
  type Span,
  type Timetable,
} from './rules-hours.ts';

const hourMs = 3_600_000;
const at = (text: string): number => Date.parse(`${text}:00+08:00`);
const shown = (ms: number | null): string | null =>
  ms === null ? null : new Date(ms + 8 * hourMs).toISOString().slice(0, 16);

function table(change: Partial<Timetable> = {}): Timetable {
  const day: Span[] = [[540, 1020]];
  return {
    hours: [day, day, day, day, day, [[600, 900]], [], [[600, 720]]],
    holidayHours: true,
    exceptions: [],
    extensions: [],
    isHoliday: () => false,
    openedOn: '2020-01-01',
    closedOn: null,
    offsetMinutes: 480,
    ...change,
  };
}

const exception = (fromDay: string, toDay: string, spans: Span[], createdMs = 0): Exception => ({
  id: `${fromDay}-${createdMs}`,
  fromDay,
  toDay,
  spans,
  reason: '检修',
  reasonEn: 'Repairs',
  createdMs,
});

const heat = (change: Partial<Extension> = {}): Extension => ({
  warningKind: 'heat',
  colour: 'orange',
  headline: '高温',
  openUntil: 22 * 60,
  onMs: at('2026-08-03T10:00'),
  endsMs: at('2026-08-04T10:00'),
  ...change,
});

describe('the hours of a day', () => {
  // Monday 2026-08-03.
  test.each([
    ['a weekday', '2026-08-03', table(), [[540, 1020]], 'usual'],
    ['a Saturday', '2026-08-08', table(), [[600, 900]], 'usual'],
    ['a Sunday that is closed', '2026-08-09', table(), [], 'usual'],
    ['a holiday has its own', '2026-08-03', table({ isHoliday: () => true }), [[600, 720]], 'holiday'],
    ['a holiday as usual', '2026-08-03', table({ isHoliday: () => true, holidayHours: false }), [[540, 1020]], 'usual'],
    ['before it opened', '2019-12-31', table(), [], 'usual'],
    ['after it was given up', '2026-08-03', table({ closedOn: '2026-08-02' }), [], 'usual'],
    ['its last day', '2026-08-03', table({ closedOn: '2026-08-03' }), [[540, 1020]], 'usual'],
    ['closed by an exception', '2026-08-03', table({ exceptions: [exception('2026-08-01', '2026-08-03', [])] }), [], 'exception'],
    ['an exception opens a Sunday', '2026-08-09', table({ exceptions: [exception('2026-08-09', '2026-08-09', [[480, 600]])] }), [[480, 600]], 'exception'],
    [
      'an exception beats a holiday',
      '2026-08-03',
      table({ isHoliday: () => true, exceptions: [exception('2026-08-03', '2026-08-03', [[0, 60]])] }),
      [[0, 60]],
      'exception',
    ],
    [
      'the exception entered last counts',
      '2026-08-03',
      table({ exceptions: [exception('2026-08-03', '2026-08-03', [[60, 120]], 2), exception('2026-08-01', '2026-08-05', [], 1)] }),
      [[60, 120]],
      'exception',
    ],
    ['the day after an exception', '2026-08-04', table({ exceptions: [exception('2026-08-01', '2026-08-03', [])] }), [[540, 1020]], 'usual'],
  ] as const)('%s', (_name, day, given, spans, why) => {
    expect(hoursOn(given, day)).toMatchObject({ spans, why });
  }); // prettier-ignore

  test('weekdays are counted from Monday', () => {
    expect(['2026-08-03', '2026-08-09', '2024-02-29'].map(weekdayOf)).toEqual([0, 6, 3]);
  });
});

describe('how it stands', () => {
  test('open: until when; closed: when it opens next, over a closed Sunday too', () => {
    expect(standingAt(table(), at('2026-08-03T09:00'))).toMatchObject({ open: true, untilMs: at('2026-08-03T17:00') });
    // The minute it closes it is closed.
    expect(standingAt(table(), at('2026-08-03T17:00'))).toMatchObject({ open: false, untilMs: at('2026-08-04T09:00') });
    expect(standingAt(table(), at('2026-08-08T15:30'))).toMatchObject({ open: false, untilMs: at('2026-08-10T09:00') });
  });

  test('a night goes on past midnight, also into a day that is closed', () => {
    const night = table({
      hours: [[], [], [], [], [[1200, 1560]], [], [], []],
      exceptions: [exception('2026-08-08', '2026-08-08', [])],
    });
    expect(standingAt(night, at('2026-08-08T01:59'))).toMatchObject({ open: true, untilMs: at('2026-08-08T02:00') });
    expect(standingAt(night, at('2026-08-08T02:00')).open).toBe(false);
    expect(standingAt(night, at('2026-08-08T12:00')).closedFor).toEqual({ reason: '检修', reasonEn: 'Repairs' });
  });

  test('around the clock it has no end; with one hour of pause it has', () => {
    const always = table({ hours: Array.from({ length: 8 }, () => [[0, 1440] as const]) });
    expect(standingAt(always, at('2026-08-03T03:00'))).toMatchObject({ open: true, untilMs: null });
    const paused = { ...always, exceptions: [exception('2026-08-05', '2026-08-05', [[60, 1440]])] };
    expect(shown(standingAt(paused, at('2026-08-03T03:00')).untilMs)).toBe('2026-08-05T00:00');
  });

  test('what touches is one opening: 20:00-24:00 and the next day from 00:00', () => {
    const touching = table({ hours: [[[1200, 1440]], [[0, 120]], [], [], [], [], [], []] });
    expect(standingAt(touching, at('2026-08-03T21:00'))).toMatchObject({ untilMs: at('2026-08-04T02:00') });
  });

  test('without any hours it is closed, and nobody knows until when', () => {
    const blank = table({ hours: Array.from({ length: 8 }, () => []) });
    expect(standingAt(blank, at('2026-08-03T09:00'))).toEqual({
      open: false,
      untilMs: null,
      opening: null,
      closedFor: null,
    });
  });
});

describe('a warning', () => {
  test('keeps it open longer that evening, and says what would have been', () => {
    const standing = standingAt(table({ extensions: [heat()] }), at('2026-08-03T18:00'));
    expect(standing).toMatchObject({ open: true, untilMs: at('2026-08-03T22:00') });
    expect(standing.opening?.extended).toEqual({
      warningKind: 'heat',
      colour: 'orange',
      usualUntilMs: at('2026-08-03T17:00'),
    });
  });

  test.each([
    ['that is over before closing time', { endsMs: at('2026-08-03T17:00') }],
    ['that would close it earlier', { openUntil: 16 * 60 }],
    ['of another evening', { onMs: at('2026-08-04T10:00'), endsMs: at('2026-08-05T10:00') }],
  ])('%s changes nothing', (_name, change) => {
    expect(standingAt(table({ extensions: [heat(change)] }), at('2026-08-03T18:00')).open).toBe(false);
  });

  test('opens no door on a day that is closed', () => {
    const closed = { extensions: [heat()], exceptions: [exception('2026-08-03', '2026-08-03', [])] };
    expect(standingAt(table(closed), at('2026-08-03T18:00')).open).toBe(false);
  });

  test('the longest of several counts; all night it runs into the next morning', () => {
    const red = heat({ colour: 'red', openUntil: 30 * 60 });
    const standing = standingAt(table({ extensions: [heat(), red] }), at('2026-08-04T03:00'));
    expect(standing).toMatchObject({ open: true, untilMs: at('2026-08-04T06:00') });
    expect(standing.opening?.extended?.colour).toBe('red');
  });
});

test.each([
  [[[540, 720], [840, 1080]], undefined],
  [[[1200, 1560]], undefined],
  [[[0, 1440]], undefined],
  [[[540, 720], [700, 900]], /overlaps/],
  [[[1440, 1500]], /begins at 1440/],
  [[[600, 600]], /ends at 600/],
  [[[600, 2041]], /ends at 2041/],
  [[[0.5, 60]], /begins at 0.5/],
] as const)('the fault of %j', (spans, fault) => {
  if (fault === undefined) expect(findSpanFault(spans as unknown as Span[])).toBeUndefined();
  else expect(findSpanFault(spans as unknown as Span[])).toMatch(fault);
}); // prettier-ignore

describe('for any timetable', () => {
  /** One span a half-day long at most, so that two of a day do not overlap. */
  const spans = fc
    .tuple(fc.integer({ min: 0, max: 700 }), fc.integer({ min: 1, max: 700 }), fc.integer({ min: 0, max: 30 }), fc.integer({ min: 1, max: 1200 }), fc.integer({ min: 0, max: 2 }))
    .map(([from, length, gap, later, count]): Span[] => {
      const second = from + length + gap;
      const both: Span[] = [[from, from + length], ...(second < 1440 ? [[second, second + Math.min(later, 1440)] as const] : [])];
      return both.slice(0, count);
    }); // prettier-ignore
  const day = fc.integer({ min: 0, max: 20 }).map((n) => dayAfter('2026-07-25', n));
  const exceptions = fc.array(
    fc
      .record({ a: day, b: day, spans, createdMs: fc.integer({ min: 0, max: 9 }) })
      .map((one) => exception(one.a < one.b ? one.a : one.b, one.a < one.b ? one.b : one.a, one.spans, one.createdMs)),
    { maxLength: 3 },
  );
  const extensions = fc.array(
    fc.record({ start: fc.integer({ min: 0, max: 400 }), hours: fc.integer({ min: 1, max: 60 }), openUntil: fc.integer({ min: 60, max: 2880 }) }).map(
      ({ start, hours, openUntil }) => {
        const onMs = at('2026-07-25T00:00') + start * hourMs;
        return heat({ onMs, endsMs: onMs + hours * hourMs, openUntil });
      },
    ),
    { maxLength: 3 },
  ); // prettier-ignore
  const tables = fc
    .record({
      hours: fc.array(spans, { minLength: 8, maxLength: 8 }),
      exceptions,
      extensions,
      holidayHours: fc.boolean(),
      holidays: fc.array(day, { maxLength: 4 }),
    })
    .map(({ holidays, ...rest }) => table({ ...rest, isHoliday: (one) => holidays.includes(one) }));
  const moments = fc.integer({ min: 0, max: 18 * 24 * 60 }).map((n) => at('2026-07-26T00:00') + n * 60_000);

  /** The slow obvious version: does any span of yesterday or today hold this minute? */
  function openByLooking(given: Timetable, ms: number): boolean {
    const today = dayAt(ms, given);
    return [dayAfter(today, -1), today].some((one) => {
      const minute = (ms - startOf(one, given)) / 60_000;
      return hoursOn(given, one).spans.some(([from, until]) => from <= minute && minute < until);
    });
  }

  test('without warnings it is open exactly where a span of its days says so', () => {
    fc.assert(
      fc.property(tables, moments, (given, ms) => {
        const plain = { ...given, extensions: [] };
        expect(standingAt(plain, ms).open).toBe(openByLooking(plain, ms));
      }),
      { numRuns: 2000 },
    );
  });

  test('a warning never shuts it: whenever it is open without, it is open with', () => {
    fc.assert(
      fc.property(tables, moments, (given, ms) => {
        const without = standingAt({ ...given, extensions: [] }, ms);
        const withAll = standingAt(given, ms);
        if (without.open) {
          expect(withAll.open).toBe(true);
          if (withAll.untilMs !== null) expect(withAll.untilMs).toBeGreaterThanOrEqual(without.untilMs ?? Infinity);
        }
      }),
      { numRuns: 2000 },
    );
  });

  test('a closing exception of the last word closes every minute that no earlier night reaches', () => {
    fc.assert(
      fc.property(tables, day, (given, one) => {
        const closed = { ...given, extensions: [], exceptions: [...given.exceptions, exception(dayAfter(one, -1), one, [], 99)] };
        const noon = startOf(one, given) + 12 * hourMs;
        expect(standingAt(closed, noon).open).toBe(false);
      }),
    );
  }); // prettier-ignore

  test('openings come in order, never touch, and until and next agree with them', () => {
    fc.assert(
      fc.property(tables, moments, (given, ms) => {
        const list = openingsBetween(given, ms, ms + 9 * 24 * hourMs);
        for (const [k, one] of list.entries()) {
          expect(one.fromMs).toBeLessThan(one.untilMs);
          const next = list[k + 1];
          if (next !== undefined) expect(next.fromMs).toBeGreaterThan(one.untilMs);
        }
        const { open, untilMs, opening } = standingAt(given, ms);
        if (opening !== null && untilMs !== null) expect(open ? opening.untilMs : opening.fromMs).toBe(untilMs);
        if (untilMs !== null && open) expect(standingAt(given, untilMs).open).toBe(false);
        if (untilMs !== null && !open) expect(standingAt(given, untilMs).open).toBe(true);
      }),
      { numRuns: 1500 },
    );
  });
});
