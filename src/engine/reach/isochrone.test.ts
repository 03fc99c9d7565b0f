import { describe, expect, test } from 'vitest';
import { buildNetwork } from '#engine/network/build.ts';
import { compileGraph, holdOf } from '#engine/network/graph.ts';
import { readWalkedWays } from '#engine/network/osm-ways.ts';
import { makeSnapper } from '#engine/network/snap.ts';
import { drawTown, toDegrees, type Corner, type Street } from '#engine/network/town.fixture.ts';
import { isPointIn } from './outline.fixture.ts';
import { makeIsochrones } from './isochrone.ts';
import { makeWalker } from './walker.ts';

const even = {
  flatMs: 1,
  slopeShare: 1,
  climbSecondsPerM: 0,
  descentSecondsPerM: 0,
  escalatorMs: 1,
  liftSeconds: 0,
  roughFactor: 1,
  refuses: 0,
};
const options = { limits: [300, 600], cellM: 10, besideM: 40 };

function outlines(streets: readonly Street[], ...from: readonly Corner[]) {
  const { network } = buildNetwork(readWalkedWays(drawTown(streets)), null);
  const graph = compileGraph(network, even);
  const snapper = makeSnapper(network);
  const starts = from.map((corner) => {
    const snap = snapper.snap(...toDegrees(corner), 500);
    if (snap === null) throw new Error('no street');
    return holdOf(graph, snap);
  });
  return makeIsochrones(graph, makeWalker(graph), starts, options);
}

describe('isochrones', () => {
  const cross: Street[] = [{ at: [[-900, 0], [0, 0], [900, 0]] }, { at: [[0, -900], [0, 0], [0, 900]] }]; // prettier-ignore
  const [five, ten] = outlines(cross, [0, 0]);

  test.each<[Corner, boolean, boolean]>([
    [[0, 0], true, true],
    [[280, 0], true, true],
    [[-280, 0], true, true],
    [[320, 0], false, true],
    [[580, 0], false, true],
    [[0, -620], false, false],
    [[200, 200], false, false],
    [[150, 30], true, true],
    [[150, 60], false, false],
  ])('a point at %j lies within five minutes: %s, within ten: %s', (at, inFive, inTen) => {
    const point = toDegrees(at);
    expect([isPointIn(five?.geometry, point), isPointIn(ten?.geometry, point)]).toEqual([inFive, inTen]);
  });

  test('the start on a street of its own, far from any corner, is within reach of itself', () => {
    const [near] = outlines([{ at: [[0, 0], [5000, 0]] }], [2500, 0]); // prettier-ignore
    expect(isPointIn(near?.geometry, toDegrees([2500, 0]))).toBe(true);
    expect(isPointIn(near?.geometry, toDegrees([2250, 0]))).toBe(true);
    expect(isPointIn(near?.geometry, toDegrees([2850, 0]))).toBe(false);
  });

  test('of many starts each place counts its nearest; of none nothing is within reach', () => {
    const [near] = outlines(cross, [-800, 0], [0, 800]);
    const inside = ([[-600, 0], [0, 600], [-850, 0], [0, 0], [600, 0]] satisfies Corner[]).map((at) => isPointIn(near?.geometry, toDegrees(at))); // prettier-ignore
    expect(inside).toEqual([true, true, true, false, false]);
    expect(outlines(cross).map(({ geometry }) => geometry.coordinates)).toEqual([[], []]);
  });

  test('of several starts they are all their outlines laid together', () => {
    const street: Street[] = [{ at: [[0, 0], [5000, 0]] }]; // prettier-ignore
    const [both] = outlines(street, [1000, 0], [4000, 0]);
    const [west] = outlines(street, [1000, 0]);
    const [east] = outlines(street, [4000, 0]);
    for (let x = 500; x <= 4500; x += 50) {
      const point = toDegrees([x, 5]);
      const alone = isPointIn(west?.geometry, point) || isPointIn(east?.geometry, point);
      expect([x, isPointIn(both?.geometry, point)]).toEqual([x, alone]);
    }
    expect(isPointIn(both?.geometry, toDegrees([2500, 0]))).toBe(false);
  });

  test('a one-way street is gone along one way only from a start on it', () => {
    const [near] = outlines([{ at: [[0, 0], [1000, 0]], tags: { highway: 'footway', 'oneway:foot': 'yes' } }], [500, 0]); // prettier-ignore
    expect([700, 300].map((x) => isPointIn(near?.geometry, toDegrees([x, 0])))).toEqual([true, false]);
  });

  test('the shorter lies within the longer', () => {
    const corners = five?.geometry.coordinates.flat(2) as [number, number][];
    expect(corners.length).toBeGreaterThan(20);
    expect(corners.every((corner) => isPointIn(ten?.geometry, corner))).toBe(true);
  });
});
