import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { buildNetwork } from '#engine/network/build.ts';
import { compileGraph } from '#engine/network/graph.ts';
import { hangPlaces } from '#engine/network/holds.ts';
import { readWalkedWays } from '#engine/network/osm-ways.ts';
import { edgeFlag } from '#engine/network/network.ts';
import { impassable, lengthProfile, type WalkProfile } from '#engine/network/profile.ts';
import { makeSnapper } from '#engine/network/snap.ts';
import { drawTown, toDegrees, type Corner, type Street } from '#engine/network/town.fixture.ts';
import { makeWalker } from '#engine/reach/walker.ts';
import { evaluateClass, type ClassReach, type EvaluateOptions } from './evaluate.ts';
import { walksTo } from './walks-to.ts';

/** One metre a second on everything. */
const even: WalkProfile = {
  flatMs: 1, slopeShare: 1, climbSecondsPerM: 0, descentSecondsPerM: 0, escalatorMs: 1, liftSeconds: 0, roughFactor: 1, refuses: 0,
}; // prettier-ignore

/** One long street, a stair at its end, and an escalator one can only go up. */
const streets: Street[] = [
  { at: [[-1000, 0], [0, 0], [1000, 0]] },
  { at: [[0, 0], [0, 300]], tags: { highway: 'steps' } },
  { at: [[1000, 0], [1000, 100]], tags: { highway: 'steps', conveying: 'forward' } },
]; // prettier-ignore

interface Home {
  at: Corner;
  people: number;
  elders?: number;
  children?: number;
}

interface Place {
  at: Corner;
  capacity?: number;
  open?: boolean;
}

const asked: EvaluateOptions = {
  limits: [300, 600, 900],
  standardS: 600,
  cutoffS: 900,
  back: null,
  lengths: null,
  catchment: false,
};

interface Wish extends Partial<Omit<EvaluateOptions, 'back' | 'lengths'>> {
  lengths?: boolean;
  back?: boolean;
}

function evaluate(homes: readonly Home[], places: readonly Place[], wish: Wish = {}, profile = even) {
  const { network } = buildNetwork(readWalkedWays(drawTown(streets)), null);
  const graph = compileGraph(network, profile, 'to');
  const snapper = makeSnapper(network);
  const points = (all: readonly { at: Corner }[]) => {
    const degrees = all.map(({ at }) => toDegrees(at));
    return { lon: degrees.map(([lon]) => lon), lat: degrees.map(([, lat]) => lat) };
  };
  const cells = {
    holds: hangPlaces(graph, snapper, points(homes), 50),
    people: homes.map(({ people }) => people),
    elders: homes.map(({ elders = 0 }) => elders),
    children: homes.map(({ children = 0 }) => children),
  };
  const facilities = {
    holds: hangPlaces(graph, snapper, points(places), 50),
    capacity: places.map(({ capacity = NaN }) => capacity),
    open: places.some(({ open }) => open !== undefined) ? places.map(({ open }) => (open === true ? 1 : 0)) : null,
  };
  const back = wish.back === true ? compileGraph(network, profile, 'from') : null;
  const lengths = wish.lengths === true ? compileGraph(network, lengthProfile(profile), 'to') : null;
  return evaluateClass(graph, cells, facilities, { ...asked, ...wish, back, lengths });
}

const seconds = ({ nearestDs }: ClassReach) => [...nearestDs].map((ds) => (ds === impassable ? null : ds / 10));

/** Doors with 2^k people, so that every sum says exactly who is in it. */
const doors: Home[] = [
  { at: [-100, 0], people: 1, elders: 1 },
  { at: [-400, 0], people: 2, children: 2 },
  { at: [300, 0], people: 4, elders: 2, children: 1 },
  { at: [700, 0], people: 8, elders: 8 },
  { at: [0, 300], people: 16, children: 16 },
  { at: [1000, 100], people: 32 },
];

describe('one class of facilities', () => {
  test('adds up: who is within each limit, who lacks it, whose nearest it is', () => {
    const found = evaluate(doors, [{ at: [-300, 0] }, { at: [450, 0] }]);
    expect(seconds(found)).toEqual([200, 100, 150, 250, 600, null]); // the last stands above an escalator that only goes up
    expect([...found.facility]).toEqual([0, 0, 1, 1, 0, -1]);
    expect(found.within.map(({ people }) => people)).toEqual([15, 31, 31]);
    expect(found.within.map(({ elders }) => elders)).toEqual([11, 11, 11]);
    expect(found.within.map(({ children }) => children)).toEqual([3, 19, 19]);
    expect(found.whole).toEqual({ people: 63, elders: 11, children: 19 });
    expect([...found.lackingCells]).toEqual([5]);
    expect(found.lacking).toEqual({ people: 32, elders: 0, children: 0 });
    expect(found.unjoined.people).toBe(0);
  });

  test('only what is open counts', () => {
    const found = evaluate(doors, [{ at: [-300, 0], open: false }, { at: [450, 0], open: true }]); // prettier-ignore
    expect(seconds(found)).toEqual([550, 850, 150, 250, 750, null]);
    expect([found.counted, found.lacking.people]).toEqual([1, 2 + 16 + 32]);
  });

  test('of equally near ones the lowest is told; two in one street are told apart within it', () => {
    expect([...evaluate([{ at: [0, 0], people: 1 }], [{ at: [200, 0] }, { at: [-200, 0] }]).facility]).toEqual([0]);
    const one = evaluate([{ at: [520, 0], people: 1 }], [{ at: [900, 0] }, { at: [500, 0] }]);
    expect([seconds(one), [...one.facility]]).toEqual([[20], [1]]);
  });

  test('the way back is its own: up by the escalator, and nowhere down', () => {
    const up = evaluate([{ at: [900, 0], people: 1 }], [{ at: [1000, 100] }], { back: true });
    expect([seconds(up), [...(up.backDs ?? [])]]).toEqual([[200], [impassable]]);
    const level = evaluate([{ at: [-100, 0], people: 1 }], [{ at: [0, 300] }], { back: true });
    expect([...(level.backDs ?? [])]).toEqual([4000]);
  });

  test('the length of the way is told in metres, however slowly it is walked', () => {
    const slow = { ...even, flatMs: 0.5 };
    const found = evaluate([{ at: [-100, 20], people: 1 }, { at: [1000, 50], people: 1 }], [{ at: [300, 0] }], { lengths: true }, slow); // prettier-ignore
    expect([seconds(found), found.metres?.map(Math.round)]).toEqual([[840, null], new Float64Array([420, NaN])]);
  });

  test('a wheelchair is joined to no stair and reaches nothing by one', () => {
    const wheels = { ...even, refuses: edgeFlag.steps };
    const found = evaluate([{ at: [0, 200], people: 8 }, { at: [-10, 0], people: 1 }], [{ at: [0, 280] }, { at: [400, 0] }], {}, wheels); // prettier-ignore
    expect(seconds(found)).toEqual([null, 410]);
    expect([found.unjoined.people, found.counted]).toEqual([8, 1]);
  });

  test('capacity is shared by those within the time of the standard; what nobody knows is said, not taken as nothing', () => {
    const homes = [{ at: [0, 0], people: 10 }, { at: [900, 0], people: 30 }] satisfies Home[]; // prettier-ignore
    const found = evaluate(homes, [{ at: [100, 0], capacity: 20 }, { at: [450, 0], capacity: 40 }, { at: [1, 0] }], { catchment: true }); // prettier-ignore
    expect([...(found.perHead ?? [])]).toEqual([2 + 1, 1]);
    expect([found.counted, found.capacityUnknown]).toEqual([3, 1]);
    expect(found.gini).toBeCloseTo(0.25, 9); // half of all goes to a quarter of the people
    expect(evaluate(homes, [{ at: [1, 0] }], { catchment: true })).toMatchObject({
      perHead: null,
      gini: null,
      palma: null,
    });
  });

  test('where nobody lives nobody lacks anything', () => {
    const found = evaluate([{ at: [-900, 0], people: 0 }], [{ at: [900, 0] }]);
    expect([found.lackingCells.length, found.lacking.people, found.within[2]?.people]).toEqual([0, 0, 0]);
    expect(evaluate([], []).within.map(({ people }) => people)).toEqual([0, 0, 0]);
  });
});

const corner = fc.oneof(
  fc.integer({ min: -1000, max: 1000 }).map((x): Corner => [x, 0]),
  fc.integer({ min: 0, max: 300 }).map((y): Corner => [0, y]),
  fc.integer({ min: 0, max: 100 }).map((y): Corner => [1000, y]),
);

describe('any town', () => {
  const some = { minLength: 1, maxLength: 6 };
  test('the nearest is the least of all walks; another facility makes nobody wait longer', () => {
    fc.assert(
      fc.property(fc.array(corner, some), fc.array(corner, some), corner, (homes, places, more) => {
        const people = homes.map((at) => ({ at, people: 1 }));
        const found = evaluate(
          people,
          places.map((at) => ({ at })),
        );
        const walks = allWalks(homes, places);
        expect([...found.nearestDs]).toEqual(walks.map((row) => Math.min(impassable, ...row.map(({ ds }) => ds))));
        walks.forEach((row, k) => {
          const least = row.filter(({ ds }) => ds === found.nearestDs[k]);
          expect(found.facility[k]).toBe(least.length === 0 ? -1 : Math.min(...least.map(({ place }) => place)));
        });
        const after = evaluate(
          people,
          [...places, more].map((at) => ({ at })),
        );
        after.nearestDs.forEach((ds, k) => expect(ds).toBeLessThanOrEqual(found.nearestDs[k] as number));
      }),
      { numRuns: 60 },
    );
  });
});

/** By cell, all walks within the cutoff. */
function allWalks(homes: readonly Corner[], places: readonly Corner[]) {
  const { network } = buildNetwork(readWalkedWays(drawTown(streets)), null);
  const graph = compileGraph(network, even, 'to');
  const snapper = makeSnapper(network);
  const hang = (at: readonly Corner[]) => {
    const degrees = at.map(toDegrees);
    return hangPlaces(graph, snapper, { lon: degrees.map(([lon]) => lon), lat: degrees.map(([, lat]) => lat) }, 50);
  };
  const { first, target, ds } = walksTo(graph, makeWalker(graph), {
    cells: hang(homes),
    places: hang(places),
    limitDs: 9000,
  });
  return homes.map((_, cell) =>
    Array.from({ length: (first[cell + 1] as number) - (first[cell] as number) }, (__, n) => {
      const pair = (first[cell] as number) + n;
      return { place: target[pair] as number, ds: ds[pair] as number };
    }),
  );
}
