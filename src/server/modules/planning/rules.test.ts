import { describe, expect, it } from 'vitest';
import { isAppError } from '#kit/errors.ts';
import { fitOf } from './candidates.ts';
import { compareRuns } from './compare.ts';
import { figuresOfChoice } from './figures.ts';
import { splitWalks } from './gather.ts';
import type { ReachOfRun } from './parts.ts';
import { needsServed } from './rules-needs.ts';
import { assertAnotherDecides, assertPlanned, lateDays, plannedFrom, stateAfter } from './rules.ts';
import type { SitingData } from './siting-data.ts';
import { choicesOf } from './siting.ts';

/** Three homes of 1, 2 and 4 people; one place reaches the first two, another the last two. */
const data: SitingData = {
  goal: 'cover',
  choose: 1,
  budgetYuan: null,
  weighting: { others: 1, elders: 1, children: 1 },
  limitS: 480,
  cutoffS: 1_800,
  cells: {
    code: ['a', 'b', 'c'],
    areaCode: ['500105001001001', '500105001001002', '500105001001002'],
    lon: [106, 106.01, 106.02],
    lat: [29, 29, 29],
    people: [1, 2, 4],
    elders: [1, 0, 2],
    children: [0, 1, 1],
    nearestDs: [-1, 6_000, 9_000],
  },
  candidates: ['west', 'east'].map((key) => ({ key, kind: 'point', idleId: null, name: key, lon: 0, lat: 0, address: '', floorM2: null, capacity: null, costYuan: key === 'west' ? 10 : null })), // prettier-ignore
  walks: { first: [0, 1, 3, 4], candidate: [0, 0, 1, 1], ds: [4_800, 1_000, 2_000, 4_801] },
  existing: [],
  basis: { areaCode: '500105001001', classCode: 'fresh_market', profile: 'adult', moment: null, on: '2026-06-15', networkVersion: 'n', offNetwork: [], codeVersion: 'c' }, // prettier-ignore
};

describe('what a choice brings', () => {
  it('counts whoever is within the limit to the second, and says place by place', () => {
    const west = figuresOfChoice(data, ['west']);
    // 480.0 s is within, 480.1 s of the third home to the east is not.
    expect(west.newly).toEqual({ people: 3, elders: 1, children: 1 });
    expect(west.costYuan).toBe(10);
    const both = figuresOfChoice(data, ['west', 'east']);
    expect(both.newly.people).toBe(3);
    expect(both.costYuan).toBeNull();
    expect(both.each).toEqual([
      { key: 'west', newly: { people: 3, elders: 1, children: 1 }, serves: 3 },
      { key: 'east', newly: { people: 0, elders: 0, children: 0 }, serves: 4 },
    ]);
  });

  it('changes nothing when nothing is chosen, and never makes a walk longer', () => {
    const none = figuresOfChoice(data, []);
    expect(none.after).toEqual(none.before);
    for (const keys of [['west'], ['east'], ['west', 'east']]) {
      const { before, after } = figuresOfChoice(data, keys);
      expect(after.within.people).toBeGreaterThanOrEqual(before.within.people);
      expect(after.meanS ?? 0).toBeLessThanOrEqual(before.meanS ?? 0);
    }
  });
});

describe('a question', () => {
  it('takes the nearest of what exists, and the walks to what could be', () => {
    const times = { first: [0, 3, 3], target: [0, 1, 2], ds: [900, 700, 50] };
    expect(splitWalks(times, 2)).toEqual({
      nearestDs: [700, -1],
      walks: { first: [0, 1, 1], candidate: [0], ds: [50] },
    });
  });

  it('says how many choices there are, where that can be counted', () => {
    const many = { ...data, candidates: Array.from({ length: 10 }, () => data.candidates[0] as never) };
    expect(choicesOf({ ...many, choose: 3 })).toBe(120);
    expect(choicesOf({ ...many, choose: 30 })).toBe(1);
    expect(choicesOf({ ...many, budgetYuan: 5 })).toBeNull();
  });
});

describe('needs a place answers', () => {
  const need = (id: string, lon: number | null, areaCode = '500105001001002') => ({ id, areaCode, lon, lat: lon === null ? null : 29 }); // prettier-ignore
  it('are those next to a home that reaches it, and those of areas where half the people do', () => {
    const needs = [need('at a', 106.001), need('at c', 106.019), need('area of b and c', null), need('area of a', null, '500105001001001')]; // prettier-ignore
    expect(needsServed(data, 'west', needs)).toEqual(['at a', 'area of a']);
    // To the east b is within, c is not: 2 of 6 people.
    expect(needsServed(data, 'east', needs)).toEqual([]);
  });
});

describe('predicted against real', () => {
  const run = (seconds: (number | null)[], over: Partial<ReachOfRun> = {}): ReachOfRun => ({
    hash: 'h',
    networkVersion: 'n',
    profile: 'adult',
    limitMin: 8,
    cells: seconds.map((at, k) => ({ code: `c${k}`, areaCode: k < 3 ? '5001050010010' : '500105002', people: 2 ** k, elders: 0, children: 0, seconds: at, facilityId: at === null ? null : k === 0 ? 'old' : 'new' })), // prettier-ignore
    facilityIds: ['old'],
    ...over,
  });
  const isServed = (code: string): boolean => code.startsWith('500105001001');
  it('counts who is newly within, who by this facility, who lost one, and only homes it was decided for', () => {
    const before = run([900, 481, null, null]);
    const after = run([480, 480, 100, 100], { facilityIds: ['old', 'new', 'third'], networkVersion: 'm' });
    expect(compareRuns(before, after, { facilityId: 'new', limitMin: 8, isServed })).toMatchObject({
      newly: { people: 7 },
      byThis: { people: 6 },
      lost: { people: 0 },
      population: 0,
      networkChanged: true,
      otherOpened: 1,
      otherClosed: 0,
    });
    const back = compareRuns(after, before, { facilityId: 'new', limitMin: 8, isServed });
    expect(back).toMatchObject({ newly: { people: 0 }, lost: { people: 7 }, otherOpened: 0, otherClosed: 2 });
  });
});

describe('rooms', () => {
  const market = { code: 'fresh_market', minFloorM2: 750 };
  it.each([
    [{ uses: ['fresh_market'], areaM2: 750, condition: 'ready' }, 'fits'],
    [{ uses: ['fresh_market'], areaM2: 749, condition: 'ready' }, 'too_small'],
    [{ uses: ['express'], areaM2: 900, condition: 'ready' }, 'other_use'],
    [{ uses: [], areaM2: 900, condition: 'ready' }, 'use_unsaid'],
    [{ uses: ['fresh_market'], areaM2: 900, condition: 'unsafe' }, 'unsafe'],
  ])('%j: %s', (room, why) => expect(fitOf(room, market)).toBe(why));
});

describe('decisions and stages', () => {
  it('are made by somebody else than whoever proposed', () => {
    expect(() => assertAnotherDecides('b', ['a'])).not.toThrow();
    for (const decider of ['a', null])
      expect(() => assertAnotherDecides(decider, ['a', 'c'])).toThrow(
        expect.toSatisfy((error: unknown) => isAppError(error, 'own_scenario')),
      );
  });

  it('follow one another, on days in their order', () => {
    expect(stateAfter('approval')).toBe('building');
    expect(stateAfter('opening')).toBe('open');
    const planned = plannedFrom('2026-01-31');
    expect(planned.approval).toBe('2026-03-02');
    expect(Object.values(planned)).toEqual(Object.values(planned).toSorted());
    expect(() =>
      assertPlanned([
        { stage: 'approval', plannedOn: '2026-03-02' },
        { stage: 'building', plannedOn: '2026-03-01' },
      ]),
    ).toThrow(/order/);
  });

  it('are late from the day after the planned one, while in hand and when done', () => {
    expect(lateDays({ plannedOn: '2026-03-01', doneOn: null }, '2026-03-01')).toBeNull();
    expect(lateDays({ plannedOn: '2026-03-01', doneOn: null }, '2026-03-02')).toBe(1);
    expect(lateDays({ plannedOn: '2026-03-01', doneOn: '2026-03-04' }, '2026-09-01')).toBe(3);
    expect(lateDays({ plannedOn: null, doneOn: null }, '2026-09-01')).toBeNull();
  });
});
