import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hear, type Said } from './rules-alarm.ts';
import {
  compareMarks,
  effectiveTime,
  judgeEnd,
  judgeSeries,
  judgeValue,
  ratesOf,
  type Point,
  type Word,
} from './rules-state.ts';

const minute = 60_000;
const limits = { direction: 'above', raiseAt: 10, clearAt: 5, holdOffS: 0 } as const;
const point = (atMs: number, value: number): Point => ({ atMs, boot: 'a', seq: atMs, value, receivedMs: atMs });

describe('a single value', () => {
  it.each([
    ['above', 10, true],
    ['above', 9.9, undefined],
    ['above', 5, false],
    ['below', 10, false],
    ['below', 5, true],
  ] as const)('%s: %d says %s', (direction, value, said) => {
    const numbers = direction === 'above' ? limits : { ...limits, direction, raiseAt: 5, clearAt: 10 };
    expect(judgeValue(numbers, value)).toBe(said);
  });
});

describe('a series', () => {
  it('stays active between the two limits', () => {
    expect(judgeSeries(limits, [point(1, 12), point(2, 7)], 2)).toMatchObject({ active: true, atMs: 1 });
    expect(judgeSeries(limits, [point(1, 12), point(2, 5), point(3, 7)], 3)).toMatchObject({ active: false });
    expect(judgeSeries(limits, [point(1, 7)], 1)).toBeUndefined();
  });

  it('with a hold-off must last: a normal point begins it anew', () => {
    const slow = { ...limits, holdOffS: 60 };
    const at = (points: Point[], nowMs: number) => judgeSeries(slow, points, nowMs);
    expect(at([point(0, 12), point(minute - 1, 12)], minute - 1)).toMatchObject({ active: false, dueMs: minute });
    expect(at([point(0, 12), point(minute, 12)], minute)).toMatchObject({ active: true });
    expect(at([point(0, 12), point(10, 4), point(minute, 12)], minute)).toMatchObject({ active: false });
  });

  it('with a hold-off is active when nothing more was heard, as long after its receipt', () => {
    const slow = { ...limits, holdOffS: 60 };
    expect(judgeSeries(slow, [point(0, 12)], minute - 1)).toMatchObject({ active: false, dueMs: minute });
    expect(judgeSeries(slow, [point(0, 12)], minute)).toEqual({ atMs: 0, boot: 'a', seq: 0, value: 12, active: true });
    const late = { ...point(0, 12), receivedMs: 10 * minute };
    expect(judgeSeries(slow, [late], 10 * minute)).toMatchObject({ active: false, dueMs: 11 * minute });
  });

  it('with a hold-off is at any moment what a clock beside it would say, whatever the order of arrival', () => {
    const step = fc.record({
      gap: fc.integer({ min: 1, max: 40 }),
      value: fc.constantFrom(1, 7, 12),
      late: fc.integer({ min: 0, max: 90 }),
    });
    fc.assert(
      fc.property(
        fc.array(step, { maxLength: 12 }),
        fc.integer({ min: 0, max: 60 }),
        fc.nat(600),
        (steps, holdOffS, nowS) => {
          let at = 0;
          const all = steps.map(({ gap, value, late }, seq) => {
            at += gap;
            return { atMs: at * 1000, boot: 'a', seq, value, receivedMs: (at + late) * 1000 };
          });
          const known = all.filter((one) => one.receivedMs <= nowS * 1000);
          // The oracle: since when has it been over without a normal one between, and has any of that run waited long enough?
          const decisive = known.filter(({ value }) => value !== 7);
          const run = decisive.slice(decisive.findLastIndex(({ value }) => value === 1) + 1);
          const lasted = run.some(
            (one) => nowS * 1000 - one.receivedMs + (one.atMs - (run[0]?.atMs ?? 0)) >= holdOffS * 1000,
          );
          const word = judgeSeries({ ...limits, holdOffS }, known, nowS * 1000);
          expect(word?.active ?? false).toBe(lasted);
          // Judged at the moment it names, it is active; a moment before, it is not.
          if (word?.dueMs === undefined) return;
          expect(judgeSeries({ ...limits, holdOffS }, known, word.dueMs)?.active).toBe(true);
          expect(judgeSeries({ ...limits, holdOffS }, known, word.dueMs - 1)?.active).toBe(false);
        },
      ),
      { numRuns: 500 },
    );
  });

  it('is judged by its end as by the whole, or not at all', () => {
    const step = fc.record({ value: fc.constantFrom(1, 7, 12), late: fc.nat(3) });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 12 }), fc.nat(12), fc.constantFrom(0, 60, 180), (all, from, holdOffS) => {
        const held = { ...limits, holdOffS };
        const points = all.map(({ value, late }, n) => ({
          ...point(n * minute, value),
          receivedMs: (n + late) * minute,
        }));
        for (const nowMs of [all.length + 3, all.length + 5].map((n) => n * minute)) {
          const word = judgeEnd(held, points.slice(from), nowMs);
          if (word !== 'unsure') expect(word).toEqual(judgeSeries(held, points, nowMs));
        }
      }),
      { numRuns: 1000 },
    );
    expect(judgeEnd(limits, [point(2, 5), point(3, 7)], 3)).toMatchObject({ active: false });
    expect(judgeEnd({ ...limits, holdOffS: 60 }, [point(2, 12)], 2)).toBe('unsure');
  });

  it('has rates per minute, and none over a gap of more than an hour', () => {
    expect(ratesOf([point(0, 1), point(2 * minute, 5)]).map(({ value }) => value)).toEqual([2]);
    expect(ratesOf([point(0, 1), point(61 * minute, 500)])).toEqual([]);
  });
});

it('a clock more than five minutes ahead is not believed', () => {
  expect(effectiveTime(null, 100)).toEqual({ atMs: 100, clockWrong: false });
  expect(effectiveTime(100 + 5 * minute, 100)).toEqual({ atMs: 100 + 5 * minute, clockWrong: false });
  expect(effectiveTime(101 + 5 * minute, 100)).toEqual({ atMs: 100, clockWrong: true });
});

describe('what is heard', () => {
  const word = fc.record({
    source: fc.constantFrom('message', 'one', 'two'),
    active: fc.boolean(),
    atMs: fc.integer({ min: 0, max: 20 }),
    boot: fc.constantFrom('a', 'b'),
    seq: fc.integer({ min: 0, max: 3 }),
  });
  const asSaid = (one: { source: string; active: boolean; atMs: number; boot: string; seq: number }): Said => ({
    ...one,
    metric: null,
    value: null,
    text: '',
    clockWrong: false,
  });
  // One mark says one thing for ever: that is what a message is.
  const unique = (all: Said[]) => [
    ...new Map(all.map((one) => [`${one.source} ${one.atMs} ${one.boot} ${one.seq}`, one])).values(),
  ];

  it('ends the same in whatever order and however often it comes; never two alarms are open', () => {
    fc.assert(
      fc.property(fc.array(word, { maxLength: 30 }), fc.infiniteStream(fc.nat()), (all, dice) => {
        const said = unique(all.map(asSaid));
        const shuffled = [...said, ...said.filter((_, index) => index % 3 === 0)]
          .map((one) => ({ one, place: dice.next().value ?? 0 }))
          .toSorted((a, b) => a.place - b.place)
          .map(({ one }) => one);
        let words = new Map<string, Word>();
        let open = false;
        for (const one of shuffled) {
          const pair = { words, open: open ? { id: 'x', acknowledged: false } : null, endedMs: null, muted: false };
          const result = hear('smoke', pair, [one], 0);
          words = new Map([...words, ...result.words]);
          for (const step of result.steps) {
            expect(step.do === 'raise').toBe(!open && step.do === 'raise');
            if (step.do !== 'repeat') open = step.do === 'raise';
          }
        }
        const last = Map.groupBy(said.toSorted(compareMarks), (one) => one.source);
        const active = [...last.values()].some((list) => list.at(-1)?.active === true);
        expect(open).toBe(active);
      }),
      { numRuns: 300 },
    );
  });

  const pair = { words: new Map<string, Word>(), open: null, endedMs: null, muted: false };
  const active = asSaid({ source: 'message', active: true, atMs: 5, boot: 'a', seq: 1 });

  it('late does not raise what is over', () => {
    const normal = { ...active, active: false, atMs: 9 };
    expect(hear('smoke', { ...pair, words: new Map([['message', normal]]) }, [active], 0)).toEqual({
      words: new Map(),
      steps: [],
    });
  });

  it('muted is kept and raises nothing', () => {
    const { words, steps } = hear('smoke', { ...pair, muted: true }, [active], 0);
    expect([words.size, steps]).toEqual([1, []]);
  });

  it('as a cry for help after the first was acknowledged is a new one', () => {
    const again = { ...active, atMs: 6 };
    const before = { ...pair, words: new Map([['message', active]]) };
    const heard = (acknowledged: boolean) =>
      hear('sos', { ...before, open: { id: 'x', acknowledged } }, [again], 0).steps.map((step) => step.do);
    expect([heard(false), heard(true)]).toEqual([['repeat'], ['clear', 'raise']]);
  });

  it('while people ended it comes back after half an hour', () => {
    const before = { ...pair, words: new Map([['message', active]]), endedMs: 0 };
    const again = { ...active, atMs: 6 };
    expect(hear('smoke', before, [again], 29 * minute).steps).toEqual([]);
    expect(hear('smoke', before, [again], 30 * minute).steps).toMatchObject([{ do: 'raise' }]);
  });
});
