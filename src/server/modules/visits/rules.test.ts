import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formWords, readRules, visitTriggers } from './dictionary.ts';
import { afterRecord, cycleFor, ladderOf, limitMs, rungAt, shareOf } from './rules.ts';
import { applyChanges, changedFields, emptyForm, firstForm, isMajor, tagsOfForm } from './rules-form.ts';
import { levelVisits, type Slot } from './rules-level.ts';
import { routeLengthM, routeOrder, type Stop } from './rules-route.ts';

const rules = readRules(readFileSync('db/data/visit-rules.csv', 'utf8'));
const hour = 3_600_000;

describe('the cycle of a person', () => {
  it.each([
    [['elder_alone'], 'key_elder', 30],
    [['elder_alone', 'oxygen'], 'high_frail', 7],
    [['martyr', 'elder_couple'], 'key_elder', 30],
    [['martyr'], 'general_all', 90],
    [['mental', 'disabled'], 'key_disabled', 30],
    [['oxygen'], 'key_frail', 30],
  ])('of tags %j is %s: %i days', (tags, code, days) => {
    expect(cycleFor(rules, tags)).toMatchObject({ code, amount: days });
  });

  it('is never longer with one more tag', () => {
    const known = [...new Set(rules.flatMap(({ tags, also }) => [...tags, ...also]))].filter((tag) => tag !== '*');
    fc.assert(
      fc.property(fc.subarray(known), fc.constantFrom(...known), (tags, more) => {
        const days = (of: string[]) => cycleFor(rules, of)?.amount ?? Infinity;
        expect(days([...tags, more])).toBeLessThanOrEqual(days(tags));
      }),
    );
  });

  it('is undefined when no row fits, and a limit that is missing is told', () => {
    expect(cycleFor([], ['poor'])).toBeUndefined();
    expect(() => limitMs([], 'after_change')).toThrow('no row after_change');
    expect(limitMs(rules, 'after_change')).toBe(24 * hour);
    expect(shareOf(rules, 'early_share')).toBe(0.5);
    expect(() => limitMs(rules, 'early_share')).toThrow('a share');
  });

  it('names the line of the dictionary that is wrong', () => {
    expect(() =>
      readRules('code,kind,name,name_en,tier,tags,also,amount,unit,certainty,source\nx,often,a,b,,,,1,day,V,\n'),
    ).toThrow('visit-rules.csv line 2: kind');
  });
});

describe('when nobody answers', () => {
  const ladder = ladderOf(rules);
  const t0 = Date.UTC(2026, 5, 15, 2);
  const miss = (standing: Parameters<typeof afterRecord>[1], atMs: number) =>
    afterRecord(ladder, standing, { method: 'home', outcome: 'no_answer', atMs });

  it('asks the neighbour at once, tries again after two hours, goes to the door at twenty-four', () => {
    const first = miss({ state: 'due', rung: 0, missedMs: null }, t0);
    expect(first).toMatchObject({ state: 'no_answer', rung: 1, missedMs: t0, nextTryMs: t0, seen: false });
    const second = miss(first, t0 + 10 * 60_000);
    expect(second).toMatchObject({ rung: 2, nextTryMs: t0 + 2 * hour });
    const third = miss(second, t0 + 2 * hour);
    expect(third).toMatchObject({ state: 'no_answer', rung: 3, nextTryMs: t0 + 24 * hour });
    expect(miss({ ...third, state: 'door_check' }, t0 + 25 * hour)).toMatchObject({ state: 'door_check', rung: 3 });
  });

  it('goes on by itself, never down, and reaches the door within twenty-four hours', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 3 }), fc.nat(48 * hour), (rung, later) => {
        const reached = rungAt(ladder, rung, t0, t0 + later);
        expect(reached).toBeGreaterThanOrEqual(rung);
        if (later >= 24 * hour) expect(reached).toBe(3);
      }),
    );
  });

  it('ends with any word that somebody saw them, and holds the plan of those who left', () => {
    const standing = { state: 'no_answer' as const, rung: 1, missedMs: t0 };
    const did = (outcome: 'neighbour_ok' | 'died' | 'changed') =>
      afterRecord(ladder, standing, { method: 'neighbour', outcome, atMs: t0 });
    expect(did('neighbour_ok')).toMatchObject({ state: 'done', seen: true, held: false, nextTryMs: null });
    expect(did('died')).toMatchObject({ state: 'done', seen: false, held: true });
    expect(() => afterRecord(ladder, standing, { method: 'neighbour', outcome: 'nothing_changed', atMs: t0 })).toThrow(
      'neighbour_ok',
    );
    expect(() => afterRecord(ladder, standing, { method: 'phone', outcome: 'met_with_police', atMs: t0 })).toThrow(
      'at home',
    );
  });
});

describe('the form', () => {
  const words = formWords();

  it('asks nothing that the register says', () => {
    expect(firstForm(words, ['elder_alone', 'bedridden'])).toMatchObject({ living: 'alone', mobility: 'bed' });
    expect(firstForm(words, ['poor'])).toEqual(emptyForm);
  });

  it('keeps what was not changed and knows what was', () => {
    const before = { ...emptyForm, living: 'alone', needs: ['meals', 'repair'], helper: '女儿' };
    expect(changedFields(before, { needs: ['repair', 'meals'], helper: '女儿', health: '' })).toEqual([]);
    const after = applyChanges(words, before, { mobility: 'bed' });
    expect(after).toEqual({ ...before, mobility: 'bed' });
    expect(isMajor(words, before, after)).toBe(true);
    expect(isMajor(words, after, { ...after, helper: '儿子' })).toBe(false);
    expect(tagsOfForm(words, after)).toEqual(['bedridden']);
    expect(() => applyChanges(words, before, { mobility: 'flies' })).toThrow('expected walks');
    expect(() => applyChanges(words, before, { needs: ['bed'] })).toThrow('changes.needs');
  });

  it('every category and tag that a trigger names is known', () => {
    const categories = readFileSync('db/data/categories.csv', 'utf8');
    for (const { categories: codes } of visitTriggers().values())
      for (const code of codes) expect(categories).toContain(`\n${code},`);
  });
});

describe('spreading visits over days', () => {
  const slot = fc.record({ earliest: fc.integer({ min: 0, max: 9 }), length: fc.integer({ min: 0, max: 6 }) });
  const week = (day: number) => day % 7 < 5;

  /** The least largest load, by trying every plan. */
  function leastMost(
    slots: readonly Slot[],
    load: ReadonlyMap<number, number>,
    works: (day: number) => boolean,
  ): number {
    const count = new Map(load);
    const go = (k: number): number => {
      const one = slots[k];
      if (one === undefined) return Math.max(...slots.flatMap((s) => daysIn(s).map((d) => count.get(d) ?? 0)));
      let best = Infinity;
      for (const day of daysIn(one)) {
        count.set(day, (count.get(day) ?? 0) + 1);
        best = Math.min(best, go(k + 1));
        count.set(day, (count.get(day) ?? 0) - 1);
      }
      return best;
    };
    const daysIn = ({ earliest, latest }: Slot): number[] => {
      const days = Array.from({ length: latest - earliest + 1 }, (_, k) => earliest + k);
      return days.some(works) ? days.filter(works) : days;
    };
    return go(0);
  }

  it('puts nobody outside their window, works on working days, and makes the fullest day as light as can be', () => {
    fc.assert(
      fc.property(
        fc.array(slot, { minLength: 1, maxLength: 5 }),
        fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 16, maxLength: 16 }),
        (wishes, loads) => {
          const slots = wishes.map(({ earliest, length }, k) => ({ id: `p${k}`, earliest, latest: earliest + length }));
          const load = new Map(loads.map((n, day) => [day, n]));
          const plan = levelVisits(slots, load, week);
          const count = new Map(load);
          for (const { id, earliest, latest } of slots) {
            const day = plan.get(id) ?? -1;
            expect(day).toBeGreaterThanOrEqual(earliest);
            expect(day).toBeLessThanOrEqual(latest);
            const someWork = Array.from({ length: latest - earliest + 1 }, (_, k) => earliest + k).some(week);
            if (someWork) expect(week(day)).toBe(true);
            count.set(day, (count.get(day) ?? 0) + 1);
          }
          const used = Math.max(...[...plan.values()].map((day) => count.get(day) ?? 0));
          expect(used).toBeLessThanOrEqual(leastMost(slots, load, week));
          expect(levelVisits(slots.toReversed(), load, week)).toEqual(plan);
        },
      ),
      { numRuns: 150 },
    );
  });

  it('gives a worker with forty people a month one or two a day', () => {
    const slots = Array.from({ length: 40 }, (_, k) => ({ id: `p${k}`, earliest: 0, latest: 29 }));
    const perDay = Map.groupBy(levelVisits(slots, new Map(), () => true).values(), (day) => day);
    expect(Math.max(...[...perDay.values()].map((list) => list.length))).toBe(2);
    expect(perDay.size).toBe(30);
  });
});

describe('the way of a day', () => {
  const stop = fc.record({
    lon: fc.double({ min: 106.5, max: 106.6, noNaN: true }),
    lat: fc.double({ min: 29.5, max: 29.6, noNaN: true }),
  });
  const named = (list: { lon: number; lat: number }[]): Stop[] => list.map((one, k) => ({ ...one, id: `s${k}` }));
  const lengthOf = (order: readonly string[], stops: readonly Stop[]) =>
    routeLengthM(order.flatMap((id) => stops.find((one) => one.id === id) ?? []));

  function shortest(stops: readonly Stop[]): number {
    if (stops.length < 2) return 0;
    const walk = (done: Stop[], left: readonly Stop[]): number =>
      left.length === 0
        ? routeLengthM(done)
        : Math.min(
            ...left.map((next) =>
              walk(
                [...done, next],
                left.filter((one) => one !== next),
              ),
            ),
          );
    return walk([], stops);
  }

  it('passes every stop once, the same whatever the order given', () => {
    fc.assert(
      fc.property(fc.array(stop, { maxLength: 12 }), (list) => {
        const stops = named(list);
        const order = routeOrder(stops);
        expect(order.toSorted()).toEqual(stops.map(({ id }) => id).toSorted());
        expect(routeOrder(stops.toReversed())).toEqual(order);
      }),
    );
  });

  it('is at most a tenth longer than the shortest way of seven stops', () => {
    fc.assert(
      fc.property(fc.array(stop, { minLength: 3, maxLength: 7 }), (list) => {
        const stops = named(list);
        expect(lengthOf(routeOrder(stops), stops)).toBeLessThanOrEqual(shortest(stops) * 1.1 + 1);
      }),
      { numRuns: 60 },
    );
  });

  it('walks along a street instead of to and fro', () => {
    const stops = [3, 0, 4, 1, 2].map((k) => ({ id: `h${k}`, lon: 106.5 + k / 1000, lat: 29.5 }));
    expect(routeOrder(stops)).toEqual(['h0', 'h1', 'h2', 'h3', 'h4']);
  });
});
