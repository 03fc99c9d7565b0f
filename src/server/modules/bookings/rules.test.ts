import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readBookingWords, readWeekly, ruleOf } from './dictionary.ts';
import { isPossible, makeCode, maskName, maskPhone, meanOf, noShowFrom, plainPhone } from './rules.ts';
import { likeness } from '#kit/likeness.ts';
import { groupAlike } from './rules-alike.ts';
import { addDays, startOf, weekdayOf } from '#kit/shanghai-days.ts';
import {
  findWeeklyFault,
  freeSeats,
  isInTime,
  joined,
  liesInHours,
  slotsOn,
  type Held,
  type OfferTimes,
  type Span,
} from './rules-slots.ts';

const minute = 60_000;
const day = '2026-06-15';
const base = startOf(day);

// ── the naive judge: it looks at every single minute ───────────────────────────────────────────────────────────────

const within = (spans: readonly Span[], ms: number): boolean =>
  spans.some(({ fromMs, untilMs }) => fromMs <= ms && ms < untilMs);

function judge(offer: OfferTimes, of: string, open: readonly Span[], away: readonly Span[], held: readonly Held[]) {
  if (of < offer.firstDay || (offer.lastDay !== null && of > offer.lastDay)) return [];
  const found: { startMs: number; left: number }[] = [];
  for (const span of offer.weekly) {
    if (span.weekday !== weekdayOf(of)) continue;
    for (let m = span.fromMinute; m < span.untilMinute; m++) {
      if ((m - span.fromMinute) % offer.slotMinutes !== 0 || m + offer.slotMinutes > span.untilMinute) continue;
      const startMs = startOf(of) + m * minute;
      const minutes = Array.from({ length: offer.slotMinutes }, (_, k) => startMs + k * minute);
      if (!minutes.every((ms) => within(open, ms)) || minutes.some((ms) => within(away, ms))) continue;
      let left = 0;
      for (let seat = 1; seat <= offer.capacity; seat++)
        if (!minutes.some((ms) => held.some((one) => one.seat === seat && one.startMs <= ms && ms < one.endMs))) left++;
      found.push({ startMs, left });
    }
  }
  return found.toSorted((a, b) => a.startMs - b.startMs);
}

const span = fc
  .tuple(fc.integer({ min: -1440, max: 4000 }), fc.integer({ min: 1, max: 1500 }))
  .map(([from, length]) => ({ fromMs: base + from * minute, untilMs: base + (from + length) * minute }));
const offers = fc.record({
  weekly: fc.array(
    fc.record({
      weekday: fc.integer({ min: 1, max: 3 }),
      fromMinute: fc.integer({ min: 0, max: 1439 }),
      untilMinute: fc.integer({ min: 1, max: 2160 }),
    }),
    { maxLength: 4 },
  ),
  slotMinutes: fc.integer({ min: 5, max: 120 }),
  capacity: fc.integer({ min: 1, max: 4 }),
  firstDay: fc.constantFrom('2026-01-01', '2026-06-15', '2026-06-16'),
  lastDay: fc.constantFrom(null, '2026-06-15', '2026-12-31'),
});
const seats = fc.array(
  fc
    .tuple(fc.integer({ min: -200, max: 3200 }), fc.integer({ min: 5, max: 120 }), fc.integer({ min: 1, max: 6 }))
    .map(([from, length, seat]) => ({ startMs: base + from * minute, endMs: base + (from + length) * minute, seat })),
  { maxLength: 12 },
);

describe('slots', () => {
  it('are what the minute-by-minute judge finds: openings that touch, absences, nights past midnight, seats', () => {
    fc.assert(
      fc.property(
        offers,
        fc.array(span, { maxLength: 5 }),
        fc.array(span, { maxLength: 3 }),
        seats,
        fc.constantFrom(day, '2026-06-16'),
        (offer, open, away, held, of) => {
          const found = slotsOn(offer, of, { open, away, held });
          expect(found.map(({ startMs, left }) => ({ startMs, left }))).toEqual(judge(offer, of, open, away, held));
          for (const slot of found) expect(slot.endMs - slot.startMs).toBe(offer.slotMinutes * minute);
        },
      ),
      { numRuns: 400 },
    );
  });

  it('stay where they are when the station opens later: such a day only loses slots', () => {
    const offer = {
      weekly: [{ weekday: 1, fromMinute: 540, untilMinute: 660 }],
      slotMinutes: 30,
      capacity: 1,
      firstDay: day,
      lastDay: null,
    };
    const clockOf = (open: Span[]) =>
      slotsOn(offer, day, { open, away: [], held: [] }).map(({ startMs }) => (startMs - base) / minute);
    expect(clockOf([{ fromMs: base, untilMs: base + 1440 * minute }])).toEqual([540, 570, 600, 630]);
    expect(clockOf([{ fromMs: base + 555 * minute, untilMs: base + 1440 * minute }])).toEqual([570, 600, 630]);
    expect(clockOf([])).toEqual([]);
  });

  it('give the lowest seat that is free all along', () => {
    const held = [
      { startMs: 0, endMs: 30, seat: 1 },
      { startMs: 40, endMs: 60, seat: 2 },
    ];
    expect(freeSeats(3, { startMs: 20, endMs: 50 }, held)).toEqual([3]);
    expect(freeSeats(2, { startMs: 30, endMs: 40 }, held)).toEqual([1, 2]);
  });

  it('can be taken from two weeks before until half an hour before', () => {
    const limits = { aheadDays: 14, leadMinutes: 30 };
    const startMs = base + 600 * minute;
    expect(isInTime({ startMs }, startMs - 30 * minute, limits)).toBe(true);
    expect(isInTime({ startMs }, startMs - 29 * minute, limits)).toBe(false);
    expect(isInTime({ startMs }, startOf(addDays(day, -14)), limits)).toBe(true);
    expect(isInTime({ startMs }, startOf(addDays(day, -14)) - 1, limits)).toBe(false);
  });

  it('join what touches', () => {
    expect(
      joined([
        { fromMs: 5, untilMs: 9 },
        { fromMs: 0, untilMs: 5 },
        { fromMs: 11, untilMs: 12 },
      ]),
    ).toEqual([
      { fromMs: 0, untilMs: 9 },
      { fromMs: 11, untilMs: 12 },
    ]);
  });

  it('tell what no longer lies in the hours', () => {
    const night = {
      weekly: [{ weekday: 1, fromMinute: 1380, untilMinute: 1500 }],
      slotMinutes: 30,
      capacity: 1,
      firstDay: day,
      lastDay: day,
    };
    const slot = (from: number) => ({ startMs: base + from * minute, endMs: base + (from + 30) * minute });
    expect([slot(1380), slot(1470), slot(1480), slot(1350)].map((one) => liesInHours(night, one))).toEqual([
      true,
      true,
      false,
      false,
    ]);
  });
});

describe('weekly hours', () => {
  const hours = (weekday: number, fromMinute: number, untilMinute: number) => ({ weekday, fromMinute, untilMinute });
  it('may not overlap, not even over Sunday midnight', () => {
    expect(findWeeklyFault([hours(1, 540, 660), hours(1, 660, 720)], 30)).toBeUndefined();
    expect(findWeeklyFault([hours(1, 540, 661), hours(1, 660, 720)], 30)).toMatch(/overlap/);
    expect(findWeeklyFault([hours(7, 1380, 1500), hours(1, 30, 120)], 30)).toMatch(/overlap/);
    expect(findWeeklyFault([hours(7, 1380, 1500), hours(1, 60, 120)], 30)).toBeUndefined();
    expect(findWeeklyFault([hours(3, 540, 560)], 30)).toMatch(/shorter/);
    expect(findWeeklyFault([hours(3, 540, 1981)], 30)).toMatch(/longer/);
  });
  it('of the examples are all good, and every area has a word', () => {
    const words = readBookingWords();
    expect([...words.areas.keys()]).toEqual([
      'party',
      'commerce',
      'tax',
      'police',
      'medical',
      'legal',
      'affairs',
      'safety',
    ]);
    for (const one of words.examples.values()) {
      expect([one.code, findWeeklyFault(one.weekly, one.slotMinutes)]).toEqual([one.code, undefined]);
      expect([one.code, words.areas.has(one.area), one.bring.length]).toEqual([one.code, true, one.bringEn.length]);
    }
    expect(words.examples.size).toBeGreaterThan(15);
    expect(ruleOf(words, 'ahead_days')).toBe(14);
    expect(() => ruleOf(words, 'no_such')).toThrow('no_such');
    expect(readWeekly('1-2@09:00-11:30|7@22:00-24:00')).toEqual([
      hours(1, 540, 690),
      hours(2, 540, 690),
      hours(7, 1320, 1440),
    ]);
    expect(() => readWeekly('9@1')).toThrow('expected days');
  });
});

describe('words that mean the same', () => {
  it('are found by their letters, whatever the politeness around them', () => {
    expect(likeness('周末法律咨询', '想要周末的法律咨询')).toBe(1);
    expect(likeness('配老花镜', '配老花眼镜')).toBeGreaterThan(0.5);
    expect(likeness('法律咨询', '量血压')).toBe(0);
    expect(likeness('牙', '牙')).toBe(1);
    expect(likeness('牙', '眼')).toBe(0);
  });
  it('lose nobody and cross no station', () => {
    const texts = ['周末法律咨询', '周末法律', '牙科', '请问有没有牙科？', '理发', '老人理发'];
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.constantFrom(...texts), fc.constantFrom('a', 'b')), { maxLength: 30 }),
        (list) => {
          const wishes = list.map(([what, key], k) => ({ id: String(k), what, key }));
          const groups = groupAlike(wishes, 0.6);
          expect(groups.flatMap(({ all }) => all.map(({ id }) => id)).toSorted()).toEqual(
            wishes.map(({ id }) => id).toSorted(),
          );
          for (const { first, all } of groups) expect(new Set(all.map(({ key }) => key))).toEqual(new Set([first.key]));
        },
      ),
    );
    const wishes = texts.map((what, k) => ({ id: String(k), what, key: 'a' }));
    expect(groupAlike(wishes, 0.6).map(({ all }) => all.map(({ what }) => what))).toContainEqual([
      '牙科',
      '请问有没有牙科？',
    ]);
  });
});

describe('small rules', () => {
  it('codes are one letter and four figures without look-alikes', () => {
    for (let k = 0; k < 200; k++)
      expect(makeCode((below) => (k * 31 + 7) % below)).toMatch(/^[ACEFHJKMNPRTUVWXY][2-9]{4}$/);
  });
  it('numbers and names are masked', () => {
    expect(plainPhone('+86 138-0000-1234')).toBe('13800001234');
    expect([maskPhone('13800001234'), maskPhone('123456'), maskName('王小明'), maskName('')]).toEqual([
      '138****1234',
      '****',
      '王**',
      '',
    ]);
  });
  it('few ratings have no mean', () => {
    expect([meanOf(20, 4, 5), meanOf(23, 5, 5), meanOf(0, 0, 0)]).toEqual([null, 4.6, null]);
  });
  it('nobody is written off before their time, and what is cancelled stays so', () => {
    expect(noShowFrom(1_000_000, 15)).toBe(1_900_000);
    expect([isPossible('arrive', 'cancelled'), isPossible('serve', 'no_show'), isPossible('move', 'arrived')]).toEqual([
      false,
      true,
      false,
    ]);
  });
});
