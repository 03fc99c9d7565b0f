import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { clockKinds } from '#contract/events-words.ts';
import { rehearsedSteps } from '#contract/rehearsals.ts';
import { OFFICE_WEEK, SHANGHAI_OFFSET_MINUTES, type Calendar } from '#engine/worktime/calendar.ts';
import { replay, type ReplayOrder } from './rehearsal-replay.ts';
import { createTally, marksOf, type ReplayedEvent } from './rehearsal-tally.ts';
import { pauseClock, resumeClock, startClock, stopClock, type ClockRow, type Limit } from './worktime.ts';

const calendar: Calendar = {
  offsetMinutes: SHANGHAI_OFFSET_MINUTES,
  weekly: OFFICE_WEEK,
  days: new Map(),
  coverageFrom: '2026-01-01',
  coverageUntil: '2026-12-31',
};
/** Monday, 10:00 in Shanghai. */
const monday = Date.parse('2026-06-15T02:00:00Z');
const minute = 60_000;
const handle = rehearsedSteps.indexOf('handle');

interface Pair {
  before: Limit;
  after: Limit;
  priority?: number;
}

/** An order about one event whose clocks are these. */
function orderOf(clocks: readonly ClockRow[], { before, after, priority = 3 }: Pair, set = 255): ReplayOrder {
  const kindOf = ({ kind }: ClockRow) => clockKinds.indexOf(kind);
  return {
    calendar,
    nowMs: monday + 100_000 * minute,
    rules: [
      {
        before: { priority: 3, limits: { handle: before } },
        after: { priority, limits: { handle: after } },
      },
    ],
    events: { rule: Uint16Array.of(0), setPriority: Uint8Array.of(set) },
    clocks: {
      event: new Uint32Array(clocks.length),
      step: new Uint8Array(clocks.length).fill(handle),
      startMs: Float64Array.from(clocks, ({ startedMs }) => startedMs),
      stopMs: Float64Array.from(clocks, ({ stoppedMs }) => stoppedMs ?? Number.NaN),
      extra: Float64Array.from(clocks, ({ extra }) => extra),
      extraKind: Uint8Array.from(clocks, kindOf),
    },
    pauses: new Map(
      clocks.map(({ pauses }, k) => [
        k,
        pauses.map(({ from, to }) => ({ fromMs: Date.parse(from), toMs: to === null ? null : Date.parse(to) })),
      ]),
    ),
  };
}

const start = (limit: Limit): ClockRow =>
  startClock(calendar, { id: 'c', eventId: 'e', taskId: null, step: 'handle', limit, nowMs: monday });
const hours = (amount: number): Limit => ({ kind: 'continuous', amount: amount * 60 });

describe('clocks replayed', () => {
  test('say late exactly when the clock itself said so, under the same limit, whatever it stood still', () => {
    const limits = fc.oneof(
      fc.record({ kind: fc.constantFrom('continuous' as const, 'working_time' as const), amount: fc.integer({ min: 0, max: 5_000 }) }), // prettier-ignore
      fc.record({ kind: fc.constant('working_day' as const), amount: fc.integer({ min: 0, max: 9 }) }),
    );
    const times = fc.tuple(...[1, 2, 3].map(() => fc.integer({ min: 0, max: 20_000 })));
    fc.assert(
      fc.property(limits, times, fc.boolean(), (limit, asked, paused) => {
        const [first = 0, second = 0, third = 0] = asked.toSorted((a, b) => a - b).map((at) => monday + at * minute);
        const ran = start(limit);
        const rested = paused ? resumeClock(calendar, pauseClock(calendar, ran, first, 'shelved'), second) : ran;
        const stopped = stopClock(calendar, rested, third);
        const answer = replay(orderOf([stopped], { before: limit, after: limit }));
        expect(answer.before[0] !== 0).toBe(stopped.late);
        expect(answer.steps[handle]).toMatchObject({ clocks: 1, becomeLate: 0, becomeTimely: 0 });
      }),
    );
  });

  test('a pause counts under the changed limit too: waiting for the reporter makes nobody late', () => {
    const ran = start(hours(4));
    const rested = resumeClock(calendar, pauseClock(calendar, ran, monday + 30 * minute, 'waiting'), monday + 600 * minute); // prettier-ignore
    const stopped = stopClock(calendar, rested, monday + 640 * minute); // ran 70 minutes in truth
    const answer = (after: Limit) => replay(orderOf([stopped], { before: hours(4), after }));
    expect(answer(hours(2)).after[0]).toBe(0);
    expect(answer(hours(1))).toMatchObject({ after: Uint8Array.of(1 << handle), becomeLate: Uint8Array.of(1 << handle) }); // prettier-ignore
  });

  test('a granted extension stays where the changed limit is counted in the same unit, and falls away where not', () => {
    const stopped = stopClock(calendar, { ...start(hours(4)), extra: 300 }, monday + 500 * minute);
    const late = (after: Limit) => replay(orderOf([stopped], { before: hours(4), after })).after[0] !== 0;
    expect(late(hours(4))).toBe(false);
    expect(late(hours(3))).toBe(true); // 180 + 300 minutes
    expect(late({ kind: 'working_day', amount: 0 })).toBe(true); // 18:20, after closing
    expect(late({ kind: 'working_day', amount: 1 })).toBe(false);
  });

  test('a priority set by hand would have been set again; one of the rule goes with the rule', () => {
    const stopped = stopClock(calendar, start(hours(4)), monday + 300 * minute);
    const pair = { before: hours(4), after: hours(6), priority: 1 };
    const late = (set?: number) => {
      const { before, after } = replay(orderOf([stopped], pair, set));
      return [before[0], after[0]];
    };
    expect(late()).toEqual([1 << handle, 0]);
    // P0 on both sides: neither rule's own limit counts, but the 4 hours of P0.
    expect(late(0)).toEqual([1 << handle, 1 << handle]);
  });

  test('one that still runs is judged now; one that stands still is not late', () => {
    const order = orderOf([start(hours(4))], { before: hours(4), after: hours(10_000) });
    const { before, after, becomeTimely } = replay(order);
    expect([before[0], after[0], becomeTimely[0]]).toEqual([1 << handle, 0, 1 << handle]);
    const shelved = pauseClock(calendar, start(hours(4)), monday + minute, 'shelved');
    expect(replay(orderOf([shelved], { before: hours(4), after: hours(1) })).after[0]).toBe(0);
  });

  test('a limit that reaches beyond the calendar is told', () => {
    const order = orderOf([start(hours(4))], { before: hours(4), after: { kind: 'working_day', amount: 400 } });
    expect(replay(order).uncertain).toBe(1);
  });
});

describe('what would have been otherwise', () => {
  const route = (unitId: string | null, transfers = 0) => ({ unitId, transfers, tier: 'street' as const, leadRole: 'x' }); // prettier-ignore
  const event = (changes: Partial<ReplayedEvent>): ReplayedEvent => ({
    id: 'e',
    categoryCode: 'E01',
    reportedMs: 0,
    doneBy: null,
    returnedBy: [],
    before: route('post', 1),
    after: route('committee', 0),
    priority: { before: 3, after: 3 },
    late: { before: 0, after: 0, becomeLate: 0, becomeTimely: 0 },
    ...changes,
  });

  test('is marked, and a return is avoided only when the right one would have been asked first', () => {
    expect([...marksOf(event({}))]).toEqual(['moved', 'fewer']);
    expect([...marksOf(event({ doneBy: 'committee', returnedBy: ['post'] }))]).toEqual([
      'moved',
      'fewer',
      'agrees',
      'returned',
    ]);
    expect([...marksOf(event({ doneBy: 'post', returnedBy: ['post'] }))]).toEqual(['moved', 'fewer', 'disagrees']);
    expect([...marksOf(event({ before: route('post'), after: route('post'), doneBy: 'post' }))]).toEqual([]);
    expect([...marksOf(event({ after: route('post', 2), late: { before: 0, after: 1, becomeLate: 1, becomeTimely: 0 } }))]).toEqual(['more', 'late']); // prettier-ignore
  });

  test('is summed: every event once before and once after, and nobody named where no unit carries the duty', () => {
    const tally = createTally(2);
    tally.add(event({ id: 'a' }));
    tally.add(event({ id: 'b', after: route(null) }));
    tally.add(event({ id: 'c', late: { before: 5, after: 0, becomeLate: 0, becomeTimely: 5 } }));
    tally.add(event({ id: 'd', after: route('post', 1), doneBy: 'post' }));
    const figures = tally.figures(14, (id) => ({ id, name: id, nameEn: id }));
    expect(figures).toMatchObject({
      events: 4,
      days: 14,
      moved: 3,
      transfers: { before: 4, after: 1, fewer: 3, more: 0 },
      noUnit: { before: 0, after: 1 },
      finishedThere: { done: 1, before: 1, after: 1 },
      late: { before: 1, after: 0, becomeLate: 0, becomeTimely: 1 },
      byUnit: [
        { unit: { id: 'post' }, before: 4, after: 1 },
        { unit: { id: 'committee' }, before: 0, after: 2 },
        { unit: null, before: 0, after: 1 },
      ],
      flows: [
        { from: { id: 'post' }, to: { id: 'committee' }, events: 2 },
        { from: { id: 'post' }, to: null, events: 1 },
      ],
    });
    expect(figures.byUnit.reduce((sum, unit) => sum + unit.before - unit.after, 0)).toBe(0);
    expect(tally.cases.map(({ eventId }) => eventId)).toEqual(['a', 'b']); // no more than are kept
  });
});
