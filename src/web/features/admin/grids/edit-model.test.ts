import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { areaM2 } from '#engine/territory/measure.ts';
import { checkTiling } from '#engine/territory/tiling.ts';
import type { AreaGeometry, Ring } from '#engine/territory/geometry.ts';
import type { LonLat } from '#kit/geo.ts';
import {
  changedCodes,
  cornersOf,
  holdersOf,
  insertCorner,
  middlesOf,
  moveCorner,
  polygonOf,
  redo,
  removeCorner,
  startHistory,
  step,
  undo,
  type Shapes,
} from './edit-model.ts';

const box = (west: number, east: number): AreaGeometry => ({
  type: 'Polygon',
  coordinates: [ring([west, 0], [east, 0], [east, 0.01], [west, 0.01])],
});
function ring(...points: [number, number][]): Ring {
  const [first = [0, 0]] = points;
  return [...points, first];
}

/** Two neighbours and the area above them, whose outline runs round both with a corner where they meet. */
function town(): Shapes {
  return new Map<string, AreaGeometry>([
    ['left', box(0, 0.01)],
    ['right', box(0.01, 0.02)],
    [
      'above',
      { type: 'Polygon', coordinates: [ring([0, 0], [0.01, 0], [0.02, 0], [0.02, 0.01], [0.01, 0.01], [0, 0.01])] },
    ],
  ]);
}

function problemsOf(shapes: Shapes): unknown[] {
  const children = ['left', 'right'].map((code) => ({ code, geometry: shapes.get(code) as AreaGeometry }));
  return checkTiling(children, { code: 'above', geometry: shapes.get('above') as AreaGeometry });
}

describe('moving a corner', () => {
  it('moves it in every outline that has it, so that no gap opens', () => {
    const before = town();
    const after = moveCorner(before, [0.01, 0], [0.012, -0.001]);
    expect(changedCodes(before, after).toSorted()).toEqual(['above', 'left', 'right']);
    expect(problemsOf(after)).toEqual([]);
  });

  it('leaves the others as they are, the very same objects', () => {
    const before = town();
    const after = moveCorner(before, [0, 0], [-0.001, 0]);
    expect(after.get('right')).toBe(before.get('right'));
  });

  it('moves the closing point of a ring with its first', () => {
    const moved = moveCorner(town(), [0, 0], [-0.001, 0]).get('left');
    const [first, last] = [moved?.coordinates[0]?.[0], moved?.coordinates[0]?.at(-1)];
    expect(first).toEqual([-0.001, 0]);
    expect(last).toEqual(first);
  });

  it('is no change when nothing has the corner, or it stays', () => {
    const before = town();
    expect(moveCorner(before, [5, 5], [6, 6])).toBe(before);
    expect(moveCorner(before, [0.01, 0], [0.01, 0])).toBe(before);
  });

  it('keeps the sum of the parts equal to the whole, wherever the shared corners go', () => {
    const near = fc.double({ min: -0.002, max: 0.002, noNaN: true });
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.boolean(), near, near), { maxLength: 6 }), (moves) => {
        let shapes = town();
        let [low, high]: [LonLat, LonLat] = [
          [0.01, 0],
          [0.01, 0.01],
        ];
        for (const [isLow, dx, dy] of moves) {
          const from = isLow ? low : high;
          shapes = moveCorner(shapes, from, [0.01 + dx, (isLow ? 0 : 0.01) + dy]);
          const to = cornersOf(shapes.get('left') as AreaGeometry)[isLow ? 1 : 2] as LonLat;
          if (isLow) low = to;
          else high = to;
        }
        const m2 = (code: string): number => areaM2(shapes.get(code) as AreaGeometry);
        expect(Math.abs(m2('left') + m2('right') - m2('above'))).toBeLessThan(1);
      }),
    );
  });
});

describe('corners put in and taken out', () => {
  it('puts a corner into both sides of a shared edge, whichever way they run', () => {
    const after = insertCorner(town(), [0.01, 0.01], [0.01, 0], [0.0105, 0.005]);
    expect(holdersOf(after, [0.0105, 0.005]).toSorted()).toEqual(['left', 'right']);
    expect(problemsOf(after)).toEqual([]);
  });

  it('takes it out again everywhere', () => {
    const put = insertCorner(town(), [0.01, 0], [0.01, 0.01], [0.0105, 0.005]);
    const out = removeCorner(put, [0.0105, 0.005]);
    expect(problemsOf(out)).toEqual([]);
    expect(holdersOf(out, [0.0105, 0.005])).toEqual([]);
  });

  it('refuses to leave a ring with two corners', () => {
    const triangle: Shapes = new Map([['t', { type: 'Polygon', coordinates: [ring([0, 0], [1, 0], [0, 1])] }]]);
    expect(removeCorner(triangle, [0, 0])).toBe(triangle);
  });

  it('closes the ring again when its first corner is taken out', () => {
    const after = removeCorner(town(), [0, 0]).get('above');
    const points = after?.coordinates[0] ?? [];
    expect(points[0]).toEqual(points.at(-1));
  });

  it('offers the middle of every edge', () => {
    expect(middlesOf(box(0, 0.01)).map(({ at }) => at)).toContainEqual([0.005, 0]);
    expect(middlesOf(box(0, 0.01))).toHaveLength(4);
  });
});

describe('the history of an edit', () => {
  it('goes back and forth, and forgets what was undone after a new step', () => {
    const start = startHistory(town());
    const once = step(start, moveCorner(start.now, [0.01, 0], [0.011, 0]));
    const twice = step(once, moveCorner(once.now, [0.01, 0.01], [0.011, 0.01]));
    expect(undo(undo(twice)).now).toBe(start.now);
    expect(redo(undo(twice)).now).toBe(twice.now);
    expect(step(undo(twice), start.now).future).toEqual([]);
    expect(undo(start)).toBe(start);
  });

  it('counts no step that changes nothing', () => {
    const start = startHistory(town());
    expect(step(start, start.now).past).toEqual([]);
  });
});

it('makes a polygon of three corners, not of two', () => {
  expect(
    polygonOf([
      [0, 0],
      [1, 0],
    ]),
  ).toBeUndefined();
  expect(
    polygonOf([
      [0, 0],
      [1, 0],
      [0, 1],
    ])?.coordinates[0],
  ).toHaveLength(4);
});
