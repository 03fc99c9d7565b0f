import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { buildNetwork } from '#engine/network/build.ts';
import { compileGraph, holdOf, type Hold, type WalkGraph } from '#engine/network/graph.ts';
import { readWalkedWays } from '#engine/network/osm-ways.ts';
import { edgeTimes, impassable, type WalkProfile } from '#engine/network/profile.ts';
import { makeSnapper } from '#engine/network/snap.ts';
import { drawTown, toDegrees, type Corner, type Street } from '#engine/network/town.fixture.ts';
import { nearestFrom, nearestOf } from './nearest.ts';
import { hangTargets, makeWays } from './targets.ts';
import { makeWalker } from './walker.ts';

/** One metre a second on everything but escalators. */
const even: WalkProfile = {
  flatMs: 1, slopeShare: 1, climbSecondsPerM: 0, descentSecondsPerM: 0, escalatorMs: 1, liftSeconds: 0, roughFactor: 1, refuses: 0,
}; // prettier-ignore

function townOf(streets: readonly Street[], sense: WalkGraph['sense'] = 'from') {
  const { network } = buildNetwork(readWalkedWays(drawTown(streets)), null);
  const graph = compileGraph(network, even, sense);
  const snapper = makeSnapper(network);
  const hold = (corner: Corner): Hold => {
    const found = snapper.snap(...toDegrees(corner), 1000);
    if (found === null) throw new Error('The town has no street.');
    return holdOf(graph, found);
  };
  return { network, graph, hold };
}

/** Seconds between places, `null` beyond the limit. */
function secondsBetween(
  streets: readonly Street[],
  from: Corner,
  to: readonly Corner[],
  limit = 900,
  sense: WalkGraph['sense'] = 'from',
) {
  const { graph, hold } = townOf(streets, sense);
  const ways = makeWays(graph, makeWalker(graph), hangTargets(graph, to.map(hold)));
  ways.from(hold(from), limit * 10);
  return to.map((_, k) => (ways.timeTo(k) === impassable ? null : Math.round(ways.timeTo(k) / 10)));
}

/** A cross of two streets with an escalator up its east arm: predicted by adding metres. */
const cross: Street[] = [
  { at: [[-400, 0], [0, 0], [300, 0]] },
  { at: [[0, -200], [0, 0], [0, 500]] },
  { at: [[300, 0], [300, 100]], tags: { highway: 'steps', conveying: 'forward' } },
]; // prettier-ignore

describe('walking', () => {
  test('adds up the metres from door to door, half-way along streets too', () => {
    const to: Corner[] = [[300, 0], [0, 500], [-400, 0], [150, 8], [0, 250], [300, 100], [90, 0]]; // prettier-ignore
    expect(secondsBetween(cross, [100, 6], to)).toEqual([206, 606, 506, 64, 356, 306, 16]);
  });

  test('ends at the limit, whatever lies a second further', () => {
    expect(secondsBetween(cross, [0, 0], [[0, 200], [-201, 0]], 200)).toEqual([200, null]); // prettier-ignore
  });

  test('goes an escalator one way; asked the other way round it tells the time to where one is going', () => {
    expect(secondsBetween(cross, [300, 100], [[0, 0]])).toEqual([null]); // prettier-ignore
    expect(secondsBetween(cross, [300, 100], [[0, 0]], 900, 'to')).toEqual([400]); // prettier-ignore
  });

  test('witnesses: with 2^k people at the k-th door, the sum says exactly who is within reach', () => {
    const doors: Corner[] = [[-50, 0], [-150, 0], [0, 100], [0, 210], [200, 0], [300, 80]]; // prettier-ignore
    const reached = secondsBetween(cross, [0, 0], doors, 210).reduce<number>(
      (sum, s, k) => sum + (s === null ? 0 : 2 ** k),
      0,
    );
    expect(reached.toString(2)).toBe('11111'); // all but the door beyond the escalator, 380 s away
  });
});

/** Bellman and Ford's slow way: as many rounds over all arcs as there are nodes. */
function timesByBruteForce(graph: WalkGraph, start: Hold): number[] {
  const { network, profile } = graph;
  const times = edgeTimes(network, profile);
  const best: number[] = Array.from(network.nodeLon, () => Infinity);
  const offer = (node: number, at: number): boolean => at < (best[node] ?? 0) && ((best[node] = at), true);
  if (start.leaveFrom !== impassable) offer(start.from, start.leaveFrom);
  if (start.leaveTo !== impassable) offer(start.to, start.leaveTo);
  for (let changed = true; changed;) {
    changed = false;
    network.edgeFrom.forEach((a, e) => {
      const b = network.edgeTo[e] as number;
      const [there, back] = [times[2 * e] as number, times[2 * e + 1] as number];
      if (there !== impassable && offer(b, (best[a] as number) + there)) changed = true;
      if (back !== impassable && offer(a, (best[b] as number) + back)) changed = true;
    });
  }
  return best;
}

const corner = fc
  .tuple(fc.integer({ min: -6, max: 6 }), fc.integer({ min: -6, max: 6 }))
  .map(([x, y]): Corner => [x * 70, y * 70]);
const street = fc
  .record({ at: fc.uniqueArray(corner, { minLength: 2, maxLength: 5, selector: String }), moving: fc.boolean() })
  .map(({ at, moving }): Street => ({ at, ...(moving ? { tags: { highway: 'steps', conveying: 'forward' } } : {}) }));

describe('on any town', () => {
  test('the walker agrees with the slow judge, and again when it is used again', () => {
    fc.assert(
      fc.property(
        fc.array(street, { minLength: 1, maxLength: 12 }),
        corner,
        corner,
        fc.integer({ min: 0, max: 1500 }),
        (streets, a, b, limit) => {
          const { graph, hold } = townOf(streets);
          const walker = makeWalker(graph);
          for (const from of [hold(a), hold(b), hold(a)]) {
            const judge = timesByBruteForce(graph, from);
            const count = walker.walk([from.from, from.to], [from.leaveFrom, from.leaveTo], limit * 10);
            const within = judge.map((at) => (at <= limit * 10 ? at : impassable));
            expect([...walker.times()]).toEqual(within);
            expect(new Set(walker.reached()).size).toBe(count);
            expect(count).toBe(within.filter((at) => at !== impassable).length);
          }
        },
      ),
      { numRuns: 300, seed: 11 },
    );
  });

  test('a new street makes nobody slower, and there and back are the same walk asked from both ends', () => {
    fc.assert(
      fc.property(fc.array(street, { minLength: 1, maxLength: 8 }), corner, corner, (streets, a, b) => {
        const main: Street = { at: [[-420, 0], [420, 0], [420, -99_999]] }; // prettier-ignore
        const [before] = secondsBetween(
          [main, ...streets.slice(1).map(({ at }): Street => ({ at }))],
          [-420, 0],
          [[420, 0]],
        );
        const plain = streets.map(({ at }): Street => ({ at })); // a one-way street on top of another may be the nearest
        const [after] = secondsBetween([main, ...plain], [-420, 0], [[420, 0]]); // prettier-ignore
        expect(after ?? Infinity).toBeLessThanOrEqual(before ?? Infinity);
        expect(secondsBetween([main, ...streets], b, [a], 3000, 'to')).toEqual(
          secondsBetween([main, ...streets], a, [b], 3000),
        );
      }),
      { numRuns: 150, seed: 11 },
    );
  });
});

describe('the nearest places', () => {
  test('are those that asking each place apart tells, in the same order', () => {
    fc.assert(
      fc.property(
        fc.array(street, { minLength: 1, maxLength: 10 }),
        fc.array(corner, { minLength: 1, maxLength: 6 }),
        corner,
        fc.integer({ min: 1, max: 4 }),
        (streets, doors, from, k) => {
          const { graph, hold } = townOf(streets, 'to');
          const places = doors.map(hold);
          const origin = hold(from);
          const nearest = nearestOf(graph, places, k, 9000);
          const onEdge = places.flatMap((one, place) => (one.edge === origin.edge ? [{ place, hold: one }] : []));
          const found = nearestFrom(graph, nearest, origin, onEdge);
          const walker = makeWalker(graph);
          const apart = places.map((place, n) => {
            const ways = makeWays(graph, walker, hangTargets(graph, [origin]));
            ways.from(place, 65_535);
            return { place: n, ds: ways.timeTo(0) };
          });
          const judge = apart.filter(({ ds }) => ds <= 9000).sort((a, b) => a.ds - b.ds || a.place - b.place);
          expect(found.filter(({ ds }) => ds <= 9000).map(({ ds }) => ds)).toEqual(
            judge.slice(0, k).map(({ ds }) => ds),
          );
        },
      ),
      { numRuns: 300, seed: 11 },
    );
  });
});
