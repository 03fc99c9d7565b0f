import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { shortfallMoments, shortfallRules } from './dictionary.ts';
import type { ClassReach, IdleRoom, ReachCell } from './parts.ts';
import { corrected, freshened, hasMoved, isSame, type Kept } from './rules-keep.ts';
import { newlyAt, rankMatches, roomsFor } from './rules-match.ts';
import { demandsOf, lacking, problemsOf, sumOf, within, type ClassFacts, type Figures } from './rules-produce.ts';
import { few } from './views.ts';

const rules = {
  least_people: 20,
  missing_share: 0.5,
  crowded_share: 1.5,
  few_people: 5,
  cells_shown: 200,
  paper_lines: 100,
};
const norm = { code: 'c', name: '类', nameEn: 'class', kind: 'market', walkMin: 5, perPeople: null, minFloorM2: null };

let made = 0;
const cell = (people: number, seconds: number | null, areaCode = '500103004001001'): ReachCell => ({
  code: `cell ${made++}`,
  areaCode,
  lon: 106,
  lat: 29,
  people,
  elders: 0,
  children: 0,
  seconds,
  facilityId: seconds === null ? null : 'f',
});
const reachOf = (cells: readonly ReachCell[]): ClassReach => ({ classCode: 'c', limitMin: 5, cells });
const factsOf = (cells: readonly ReachCell[], over: Partial<ClassFacts> = {}): ClassFacts => ({
  norm,
  reach: reachOf(cells),
  holds: () => true,
  facilities: [],
  needs: [],
  shut: [],
  ...over,
});

describe('what is listed', () => {
  test.each([
    [[cell(19, null)], []],
    [[cell(20, null)], ['missing']],
    [[cell(20, 301)], ['too_far']],
    [[cell(20, 300)], []],
    [[cell(10, null), cell(10, 400)], ['missing']],
    [[cell(9, null), cell(11, 400)], ['too_far']],
    [[cell(15, null), cell(15, null, '500103004002001')], []],
  ])('case %#', (cells, kinds) => {
    expect(problemsOf(factsOf(cells), rules).map(({ kind }) => kind)).toEqual(kinds);
  });

  test('homes outside the area make no line of it, but use its facilities', () => {
    const outside = cell(300, 100, '500103005');
    const facility = {
      id: 'f', classCode: 'c', name: '店', areaCode: '500103004001001', path: [], district: '500103', lon: 106, lat: 29,
      floorM2: 30, hours: null, stepFree: null,
    }; // prettier-ignore
    const facts = factsOf([outside, cell(50, null, '500103005')], {
      holds: (code) => code.startsWith('500103004'),
      facilities: [facility],
      norm: { ...norm, minFloorM2: 50, perPeople: 100 },
    });
    expect(problemsOf(facts, rules)).toMatchObject([
      { kind: 'too_small', figures: { people: 300, found: 30, wanted: 50 } },
    ]);
    const crowded = { ...facts, facilities: [{ ...facility, floorM2: null }] };
    expect(problemsOf(crowded, rules)).toMatchObject([
      { kind: 'too_small', figures: { found: 300, wanted: 100, unit: 'people' } },
    ]);
  });

  test('demand is for what a market gives; a need alone makes a line, one of a whole district does not', () => {
    const need = {
      id: 'n', title: '想要', classCode: 'c', groupCode: 'all', areaCode: '500103004001001', path: [], voices: 3, people: 9,
      state: 'open', lastAt: new Date(0),
    }; // prettier-ignore
    const near = [cell(40, 10)];
    expect(demandsOf(factsOf(near), rules)).toEqual([]);
    expect(demandsOf(factsOf(near, { needs: [need] }), rules)).toMatchObject([
      { areaCode: '500103004001', voices: 3, needIds: ['n'], figures: { people: 0 } },
    ]);
    expect(demandsOf(factsOf(near, { needs: [{ ...need, areaCode: '500103' }] }), rules)).toEqual([]);
    const open = factsOf([cell(40, null)], { norm: { ...norm, kind: 'public' } });
    expect(demandsOf(open, rules)).toEqual([]);
    expect(problemsOf(open, rules)).toHaveLength(1);
  });

  test('everybody with people either has one near or lacks it', () => {
    const homes = fc.array(fc.record({ people: fc.nat(50), seconds: fc.option(fc.nat(2000)) }));
    fc.assert(
      fc.property(homes, (given) => {
        const reach = reachOf(given.map(({ people, seconds }) => cell(people, seconds)));
        const [all, with_, without] = [sumOf(reach.cells), sumOf(within(reach)), sumOf(lacking(reach))];
        expect(with_.people + without.people).toBe(all.people);
      }),
    );
  });
});

describe('what is kept', () => {
  const figures = (people: number): Figures => ({ people, elders: 1, children: 1, nearestS: null });
  const row: Kept = {
    id: 'r', people: 50, elders: 1, children: 1, figures: figures(50), figuresSeen: null, voices: 0, needIds: [], runId: 'run',
    goneAt: new Date(0),
  }; // prettier-ignore
  const fresh = { figures: figures(60), voices: 2, needIds: ['n'] };

  test('figures follow production until somebody corrects them', () => {
    expect(freshened(row, fresh)).toMatchObject({ people: 60, voices: 2, goneAt: null });
    const own = corrected(row, { people: 40, elders: 0, children: 0 });
    expect(hasMoved(own)).toBe(false);
    const later = freshened(own, fresh);
    expect(later).toMatchObject({ people: 40, figures: { people: 60 }, figuresSeen: { people: 50 } });
    expect(hasMoved(later)).toBe(true);
    const seen = corrected(later, { people: 45, elders: 0, children: 0 });
    expect(hasMoved(seen)).toBe(false);
    expect(corrected(later, 'produced')).toMatchObject({ people: 60, figuresSeen: null });
    expect(corrected(later, undefined)).toBe(later);
  });

  test('the order of members in stored figures makes no difference', () => {
    const stored = { ...row, figures: { nearestS: null, children: 1, elders: 1, people: 50 } };
    expect(isSame(row, stored)).toBe(true);
    expect(isSame(row, { ...row, goneAt: null })).toBe(false);
    expect(isSame(row, { ...row, needIds: ['n'] })).toBe(false);
  });
});

describe('idle rooms', () => {
  const room = (code: string, over: Partial<IdleRoom> = {}): IdleRoom => ({
    id: code, code, name: code, areaCode: '500103004001', path: [], lon: 0, lat: 0, address: '', areaM2: 100, owner: '',
    ownerKind: 'street', condition: 'ready', uses: ['c'], state: 'idle', ...over,
  }); // prettier-ignore

  test('are left out with a reason; the one thought of stays', () => {
    const rooms = [
      room('a'), room('b', { uses: ['x'] }), room('c', { uses: [] }), room('d', { condition: 'unsafe' }),
      room('e', { state: 'reserved' }), room('f', { state: 'used' }),
    ]; // prettier-ignore
    const { fitting, excluded } = roomsFor(rooms, { classCode: 'c', idleId: 'e' });
    expect(fitting.map(({ code }) => code)).toEqual(['a', 'c', 'e']);
    expect(excluded).toEqual({ otherUse: 1, unsafe: 1, taken: 1 });
  });

  test('serve whoever walks to them, counted once for each room', () => {
    const cells = [cell(10, null), cell(20, null, '500103005'), cell(30, null)];
    // Home 0 reaches places 0 and 1, home 1 place 1, home 2 none.
    const walks = { first: [0, 2, 3, 3], target: [0, 1, 1] };
    const served = newlyAt(cells, walks, 3, ({ areaCode }) => areaCode.startsWith('500103004'));
    expect(served.map(({ newly, here }) => [newly.people, here.people])).toEqual([
      [10, 10],
      [30, 10],
      [0, 0],
    ]);
  });

  test('large enough ones stand first, then by people here, then by all, then code; those that serve nobody here are counted', () => {
    const heads = (people: number) => ({ people, elders: 0, children: 0 });
    const match = (code: string, areaM2: number, here: number, all = here, joined = true) => ({ room: room(code, { areaM2 }), newly: heads(all), here: heads(here), joined }); // prettier-ignore
    const found = [
      match('z', 10, 99), match('b', 100, 5, 7), match('a', 100, 5), match('c', 50, 5, 6), match('far', 900, 0, 500),
      match('off', 900, 0, 0, false),
    ]; // prettier-ignore
    const order = (least: number | null) => rankMatches(found, least).matches.map(({ room: { code } }) => code);
    expect(order(50)).toEqual(['b', 'c', 'a', 'z', 'off']);
    expect(order(null)).toEqual(['z', 'b', 'c', 'a', 'off']);
    expect(rankMatches(found, 50).elsewhere).toBe(1);
  });
});

test('dictionaries are read, and few people are not told', () => {
  expect(shortfallRules()).toMatchObject({ few_people: 5 });
  expect([...shortfallMoments().values()]).toMatchObject([
    { weekday: 3, minute: 1200 },
    { minute: 720 },
    { weekday: 6 },
  ]);
  expect([0, 1, 4, 5].map(few)).toEqual([0, null, null, 5]);
});
