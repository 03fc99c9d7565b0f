import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { buildNetwork } from './build.ts';
import { fromGcj02 } from './gcj.ts';
import { compileGraph } from './graph.ts';
import { hangPlaces, joined } from './holds.ts';
import type { HeightField } from './heights.ts';
import { edgeFlag, metresPerUnit, perDegree } from './network.ts';
import { judgeShift } from './offset.ts';
import { readWalkedWays, type OsmSource } from './osm-ways.ts';
import { readOsmPlaces } from './osm-places.ts';
import { edgeTimes, impassable } from './profile.ts';
import { readProfile } from './read-profile.ts';
import { makeSnapper } from './snap.ts';
import { drawTown, middle, toDegrees } from './town.fixture.ts';
import { unknownHeights } from './unknown-heights.ts';

const row = {
  code: 'elder', flat_mps: '0.8', slope_share: '1', steps_up_s_per_m: '12', steps_down_s_per_m: '6', escalator_mps: '0.5',
  lift_wait_s: '75', rough_factor: '1.2', steepest: '',
}; // prettier-ignore

describe('who walks, from a row', () => {
  test('reads every column; nobody who cannot use steps is sent over them', () => {
    expect(readProfile(row)).toEqual({
      flatMs: 0.8, slopeShare: 1, climbSecondsPerM: 12, descentSecondsPerM: 6, escalatorMs: 0.5, liftSeconds: 75,
      roughFactor: 1.2, steepest: null, refuses: 0,
    }); // prettier-ignore
    const wheels = readProfile({
      ...row,
      steps_up_s_per_m: '',
      steps_down_s_per_m: '',
      escalator_mps: '',
      steepest: '0.08',
    });
    expect(wheels).toMatchObject({ refuses: edgeFlag.noWheelchair, escalatorMs: null, steepest: 0.08 });
  });

  test.each([['flat_mps', ''], ['flat_mps', '11'], ['rough_factor', '0.5'], ['lift_wait_s', 'a minute']])(
    'refuses %s "%s" and says what was expected',
    (column, text) => expect(() => readProfile({ ...row, [column]: text })).toThrow(`expected ${column} from`),
  ); // prettier-ignore
});

describe('a steepest slope', () => {
  const slope = (rise: number): HeightField => ({ stepM: 10, at: (lon) => 100 + (lon - middle.lon) * 111_195 * rise });
  const wheels = readProfile({ ...row, steepest: '0.08' });
  test.each([[0.05, true], [0.07, true], [0.1, false], [-0.1, false]])('a way rising %s is open to wheels: %s', (rise, open) => {
    const { network } = buildNetwork(readWalkedWays(drawTown([{ at: [[0, 0], [100, 0]] }])), slope(rise));
    expect([...edgeTimes(network, wheels)].every((ds) => (ds !== impassable) === open)).toBe(true);
    expect([...edgeTimes(network, readProfile(row))].includes(impassable)).toBe(false);
    const degrees = toDegrees([50, 0]);
    const holds = hangPlaces(compileGraph(network, wheels), makeSnapper(network), { lon: [degrees[0]], lat: [degrees[1]] }, 50);
    expect(joined(holds, 0)).toBe(open);
  }); // prettier-ignore
});

describe('heights nobody knows', () => {
  test('are told by tile and metres, and walked as flat', () => {
    const west: HeightField = { stepM: 50, at: (lon) => (lon < middle.lon ? 200 : NaN) };
    const town = drawTown([{ at: [[-300, 1], [300, 1]] }, { at: [[300, 1], [300, 201]] }]); // prettier-ignore
    const { network } = buildNetwork(readWalkedWays(town), west);
    const [flat, ...others] = unknownHeights(network);
    expect([flat?.tile, others]).toEqual(['N00E106', []]);
    expect(Math.abs((flat?.lengthM ?? 0) - 500)).toBeLessThan(51); // up to a step of the field
    expect(unknownHeights(buildNetwork(readWalkedWays(town), { stepM: 50, at: () => 1 }).network)).toEqual([]);
  });
});

describe('points of another coordinate system', () => {
  /** Streets every 250 m around a place in Chongqing. */
  const centre = { lon: 106.55, lat: 29.56 };
  const scale = metresPerUnit(centre.lat);
  const at = (x: number, y: number) =>
    [centre.lon + x / scale.x / perDegree, centre.lat + y / scale.y / perDegree] as const;
  const lines = Array.from({ length: 17 }, (_, k) => (k - 8) * 250);
  const source: OsmSource = {
    eachWay(take) {
      for (const [r] of lines.entries())
        take(lines.map((_, c) => 1 + r * 17 + c), { highway: 'footway' }, 1 + r); // prettier-ignore
      for (const [c] of lines.entries())
        take(lines.map((_, r) => 1 + r * 17 + c), { highway: 'footway' }, 100 + c); // prettier-ignore
    },
    eachNode: (take) =>
      lines.forEach((y, r) =>
        lines.forEach((x, c) => {
          const [lon, lat] = at(x, y);
          take(1 + r * 17 + c, Math.round(lon * perDegree), Math.round(lat * perDegree), null);
        }),
      ),
  };
  const { network } = buildNetwork(readWalkedWays(source), null);
  const snapper = makeSnapper(network);
  /** Doors some metres off the streets. */
  const door = fc.record({
    line: fc.constantFrom(...lines.slice(3, -3)), along: fc.integer({ min: -1200, max: 1200 }), off: fc.integer({ min: -12, max: 12 }),
  }); // prettier-ignore
  const doors = fc
    .array(door, { minLength: 40, maxLength: 60 })
    .map((all) => all.map(({ line, along, off }) => at(along, line + off)));
  const judge = (points: readonly (readonly [number, number])[]) =>
    judgeShift({ lon: points.map(([lon]) => lon), lat: points.map(([, lat]) => lat) }, snapper);

  /** GCJ-02 of a WGS-84 place: what undoing it turns back, to a metre. */
  function toGcj02([lon, lat]: readonly [number, number]): readonly [number, number] {
    let [x, y] = [lon, lat];
    for (let round = 0; round < 5; round++) {
      const [a, b] = fromGcj02(x, y);
      [x, y] = [x + lon - a, y + lat - b];
    }
    return [x, y];
  }

  test('are found out; sound ones are left in peace', () => {
    fc.assert(fc.property(doors, (points) => {
      const shifted = judge(points.map(toGcj02));
      expect(shifted.verdict).toBe('shifted');
      expect(shifted.medianUndoneM).toBeLessThan(13);
      expect(shifted.shiftM > 300 && shifted.shiftM < 800).toBe(true);
      expect(judge(points).verdict).toBe('sound');
    }), { numRuns: 30 }); // prettier-ignore
  });

  test('a few points say nothing, nor do those abroad', () => {
    expect(judge([at(0, 5)].map(toGcj02)).verdict).toBe('unclear');
    expect(judge([]).verdict).toBe('unclear');
    expect(judge(Array.from({ length: 40 }, (_, k) => [-51.2 + k / 1000, -30] as const)).verdict).toBe('elsewhere');
  });
});

describe('places of OpenStreetMap', () => {
  test('are nodes where they stand and ways in the middle of their corners', () => {
    const town = drawTown(
      [{ at: [[0, 0], [100, 0], [100, 40], [0, 40], [0, 0]], tags: { amenity: 'school' } }, { at: [[0, 0], [9, 9]] }], // prettier-ignore
      { '9,9': { amenity: 'pharmacy' } },
    );
    const found = readOsmPlaces(town, (tags) => 'amenity' in tags);
    const [lon, lat] = toDegrees([50, 20]);
    expect(found.map(({ ref, tags }) => [ref, tags['amenity']])).toEqual([['node/5', 'pharmacy'], ['way/1', 'school']]); // prettier-ignore
    expect([found[1]?.lon, found[1]?.lat]).toEqual([expect.closeTo(lon, 6), expect.closeTo(lat, 6)]);
  });
});
