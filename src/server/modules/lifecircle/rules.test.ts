import fc from 'fast-check';
import gcoordModule from 'gcoord';
import { describe, expect, test } from 'vitest';
import { fromBytes } from '#engine/network/binary.ts';
import { makeSnapper } from '#engine/network/snap.ts';
import { seededRandom } from '#kit/random.ts';
import { mergeFew, shownHeads } from './few.ts';
import { sha256 } from './networks.ts';
import { weightedMedian } from './rules.ts';
import { findShift } from './shift.ts';
import { noTime } from './store-run.ts';
import { withinOf } from './tally.ts';
import { at, networkBytes } from './world.fixture.ts';

const gcoord = gcoordModule as unknown as (typeof gcoordModule)['default'];

const cell = (code: string, people: number, seconds: number | null, areaCode = 'g1') => ({
  code,
  people,
  elders: 0,
  children: 0,
  merged: false,
  areaCode,
  lon: 106,
  lat: 29,
  seconds,
  back: seconds,
  facility: null,
});

describe('cells of few people', () => {
  test('stand together as one place of their grid with the longest of their times', () => {
    const merged = mergeFew([cell('a', 10, 60), cell('b', 3, 100), cell('c', 4, null), cell('d', 2, 5, 'g2')], 5);
    expect(merged.map(({ code, people, seconds, merged: is }) => [code, people, seconds, is])).toEqual([
      ['a', 10, 60, false],
      ['g1', 7, null, true],
      ['g2', null, 5, true],
    ]);
  });

  test('never show a number from 1 to 4, and lose nobody where numbers are shown', () => {
    const homes = fc.array(
      fc.record({ people: fc.integer({ min: 0, max: 9 }), grid: fc.constantFrom('g1', 'g2', 'g3') }),
    );
    fc.assert(
      fc.property(homes, (given) => {
        const shown = mergeFew(
          given.map(({ people, grid }, k) => cell(String(k), people, 60, grid)),
          5,
        );
        for (const { people } of shown) expect(people === null || people === 0 || people >= 5).toBe(true);
        const hidden = shown.filter(({ people }) => people === null).map(({ areaCode }) => areaCode);
        const sum = (rows: readonly { people: number | null }[]) =>
          rows.reduce((all, row) => all + (row.people ?? 0), 0);
        const lost = given.filter(({ people, grid }) => people > 0 && people < 5 && hidden.includes(grid));
        expect(sum(shown)).toBe(sum(given) - sum(lost));
      }),
      { seed: 7 },
    );
  });

  test.each([[0, 0], [1, null], [4, null], [5, 5]])('%i is shown as %s', (count, shown) => {
    expect(shownHeads(count, 5)).toBe(shown);
  }); // prettier-ignore
});

test('half of the people are there: the time at which half of them have arrived', () => {
  const cells = [cell('a', 10, 0), cell('b', 10, 0), cell('c', 21, 0)];
  const times = (seconds: number[]) =>
    withinOf(cells, Uint16Array.from(seconds), [0, 0, 0], { count: 1, standardS: 480 })[0];
  expect(times([100, 200, 300])?.medianS).toBe(300);
  expect(times([100, 200, noTime])?.medianS).toBeNull();
  expect(times([480, 481, noTime])?.within.standard.people).toBe(10);
  expect(times([300, 301, 600])?.within).toMatchObject({ five: { people: 10 }, ten: { people: 41 } });
});

test('a weighted median lies where half of the weight is passed; without weight there is none', () => {
  expect(weightedMedian([])).toBeNull();
  expect(weightedMedian([{ value: 3, weight: 0 }])).toBeNull();
  expect(weightedMedian([{ value: 9, weight: 1 }, { value: 1, weight: 1 }])).toBe(1); // prettier-ignore
  expect(weightedMedian([{ value: 9, weight: 3 }, { value: 1, weight: 1 }])).toBe(9); // prettier-ignore
});

describe('coordinates that were declared wrongly', () => {
  const lines = Array.from({ length: 9 }, (_, k) => k * 250);
  const streets = [
    ...lines.map((y) => ({ at: lines.map((x) => [x, y] as const) })),
    ...lines.map((x) => ({ at: lines.map((y) => [x, y] as const) })),
  ];
  const snapper = makeSnapper(fromBytes(networkBytes(streets), sha256));
  const rng = seededRandom(3);
  // Doors some ten metres beside a street.
  const doors = Array.from({ length: 60 }, () => at(Math.floor(rng() * 9) * 250 + 10, rng() * 2000));

  test('are noticed: taken as GCJ-02 the doors lie beside streets', () => {
    const shifted = doors.map(({ lon, lat }) => {
      const [x, y] = gcoord.transform([lon, lat], gcoord.WGS84, gcoord.GCJ02) as [number, number];
      return { lon: x, lat: y };
    });
    const found = findShift(snapper, shifted);
    expect(found?.share).toBeGreaterThan(0.8);
    expect(found?.movedM).toBeLessThanOrEqual(11);
  });

  test('and not suspected where they are right, or too few', () => {
    expect(findShift(snapper, doors)).toBeNull();
    expect(findShift(snapper, doors.slice(0, 9))).toBeNull();
  });
});
