import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { flowOf } from './flow.ts';
import { recurrences, type Happenings } from './recurrence.ts';

const day = 86_400_000;

function happenings(
  rows: { x: number; y?: number; kind?: number; day: number; closed?: number; by?: number }[],
): Happenings {
  return {
    x: rows.map(({ x }) => x),
    y: rows.map(({ y }) => y ?? 0),
    kind: rows.map(({ kind }) => kind ?? 1),
    atMs: rows.map(({ day: at }) => at * day),
    closedMs: rows.map(({ closed }) => (closed === undefined ? NaN : closed * day)),
    handler: rows.map(({ by }) => by ?? -1),
  };
}

describe('places that come back', () => {
  const limits = { radiusM: 50, withinMs: 30 * day, least: 3 };

  it('tell how often, how soon after closing, and who was there', () => {
    const [place, ...more] = recurrences(
      happenings([
        { x: 0, day: 0, closed: 2, by: 7 },
        { x: 30, day: 10, closed: 11, by: 8 },
        { x: 5, day: 12, by: 7 },
        { x: 10, day: 13, closed: 20, by: 7 }, // while the one before was open
        { x: 20, day: 12, kind: 2, closed: 13 },
        { x: 500, day: 12, closed: 13 },
      ]),
      limits,
    );
    expect(more).toEqual([]);
    expect(place).toMatchObject({ members: [0, 1, 2, 3], handlers: [7, 8], open: 1, kind: 1, x: 11.25 });
    expect(place!.gapsMs).toEqual([10 * day, 2 * day, day]);
    expect(place!.backAfterClosing).toBe(2);
    expect(place!.medianBackMs).toBe(4.5 * day); // 8 days after the first closing, 1 after the second
  });

  it('do not creep along a street, and end when nothing happens for long', () => {
    const street = happenings([0, 40, 80, 120, 160, 200].map((x, k) => ({ x, day: k, closed: k })));
    expect(recurrences(street, limits)).toEqual([]);
    const apart = happenings([0, 10, 20, 60, 70, 80].map((at) => ({ x: 0, day: at, closed: at + 1 })));
    expect(recurrences(apart, limits).map(({ members }) => members)).toEqual([
      [0, 1, 2],
      [3, 4, 5],
    ]);
  });

  it('never hold anything further away or later than allowed, and each thing at most once', () => {
    const at = fc.record({
      x: fc.integer({ min: -300, max: 300 }),
      y: fc.integer({ min: -300, max: 300 }),
      day: fc.nat(90),
    });
    fc.assert(
      fc.property(fc.array(at, { maxLength: 60 }), (rows) => {
        const things = happenings(rows);
        const places = recurrences(things, { ...limits, least: 1 });
        expect(places.flatMap(({ members }) => members).toSorted((a, b) => a - b)).toEqual(rows.map((_, k) => k));
        for (const { members, gapsMs } of places) {
          expect(gapsMs.every((gap) => gap >= 0 && gap <= limits.withinMs)).toBe(true);
          const first = members[0]!;
          for (const k of members)
            expect(Math.hypot(rows[k]!.x - rows[first]!.x, rows[k]!.y - rows[first]!.y)).toBeLessThanOrEqual(50);
        }
      }),
    );
  });
});

describe('where things travel and stick', () => {
  const stays = (rows: [thing: number, node: number, from: number, to?: number][]) => ({
    thing: rows.map(([thing]) => thing),
    node: rows.map(([, node]) => node),
    fromMs: rows.map(([, , from]) => from),
    toMs: rows.map(([, , , to]) => to ?? NaN),
  });

  it('counts moves, waits, returns and hops', () => {
    const flow = flowOf(
      stays([
        [1, 0, 0, 10],
        [1, 1, 10, 40],
        [1, 0, 40, 50], // returned
        [1, 2, 50, 60],
        [2, 0, 0, 20],
        [2, 1, 20, 120],
        [3, 0, 5],
      ]),
    );
    expect(flow.hops).toEqual([1, 1, 0, 1]);
    expect(flow.returned).toBe(1);
    expect(flow.edges).toEqual([
      { from: 0, to: 1, count: 2, returns: 0, medianMs: 15 },
      { from: 0, to: 2, count: 1, returns: 0, medianMs: 10 },
      { from: 1, to: 0, count: 1, returns: 1, medianMs: 30 },
    ]);
    const [bottleneck] = flow.nodes;
    expect(bottleneck).toMatchObject({ node: 1, stays: 2, waiting: 0, medianMs: 65, p90Ms: 100, returns: 0 });
    expect(bottleneck!.share).toBeCloseTo(130 / 180, 12);
    expect(flow.nodes[1]).toMatchObject({ node: 0, stays: 4, waiting: 1, medianMs: 10, returns: 1 });
  });

  it('two stays at one place are no move, and the wait is from the first', () => {
    const flow = flowOf(
      stays([
        [1, 0, 0, 5],
        [1, 0, 5, 30],
        [1, 1, 30],
      ]),
    );
    expect(flow.edges).toEqual([{ from: 0, to: 1, count: 1, returns: 0, medianMs: 30 }]);
    expect(flow.hops).toEqual([0, 1]);
    expect(flowOf(stays([]))).toEqual({ nodes: [], edges: [], hops: [], returned: 0 });
  });

  it('adds up: moves are hops, shares are one, whatever the order of the rows', () => {
    const row = fc.tuple(fc.nat(5), fc.nat(4), fc.integer({ min: 0, max: 1000 }), fc.integer({ min: 1000, max: 2000 }));
    fc.assert(
      fc.property(fc.array(row, { minLength: 1, maxLength: 50 }), (rows) => {
        const distinct = rows.map(
          ([thing, node, from, to], k) => [thing, node, from * 100 + k, to * 100] as [number, number, number, number],
        );
        const flow = flowOf(stays(distinct));
        const moves = flow.edges.reduce((sum, { count }) => sum + count, 0);
        expect(flow.hops.reduce((sum, things, hops) => sum + things * hops, 0)).toBe(moves);
        expect(flow.nodes.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1, 9);
        expect(flowOf(stays(distinct.toReversed()))).toEqual(flow);
      }),
    );
  });
});
