import { describe, expect, it } from 'vitest';
import type { AreaGeometry } from './geometry.ts';
import { meetingOf } from './meets.ts';

function box(x: number, y: number, toX: number, toY: number): AreaGeometry {
  return { type: 'Polygon', coordinates: [[[x, y], [toX, y], [toX, toY], [x, toY], [x, y]]] }; // prettier-ignore
}
const ring: AreaGeometry = {
  type: 'Polygon',
  coordinates: [
    [[0, 0], [10, 0], [10, 10], [0, 10], [0, 0]],
    [[4, 4], [4, 6], [6, 6], [6, 4], [4, 4]],
  ],
}; // prettier-ignore

describe('common ground', () => {
  it.each([
    ['crossing', box(0, 0, 2, 2), box(1, 1, 3, 3), 'meets'],
    ['a cross without corners inside', box(0, 1, 3, 2), box(1, 0, 2, 3), 'meets'],
    ['the first within the second', box(1, 1, 2, 2), box(0, 0, 3, 3), 'within'],
    ['the second within the first', box(0, 0, 3, 3), box(1, 1, 2, 2), 'meets'],
    ['the same shape', box(0, 0, 2, 2), box(0, 0, 2, 2), 'within'],
    ['a common border', box(0, 0, 1, 1), box(1, 0, 2, 1), 'apart'],
    ['within, with a common border', box(0, 0, 1, 1), box(0, 0, 2, 2), 'within'],
    ['far away', box(0, 0, 1, 1), box(5, 5, 6, 6), 'apart'],
    ['in the hole', box(4.5, 4.5, 5.5, 5.5), ring, 'apart'],
    ['around the hole', box(3, 3, 7, 7), ring, 'meets'],
    ['beside the hole', box(1, 1, 2, 2), ring, 'within'],
  ] as const)('%s', (_, a, b, meeting) => {
    expect(meetingOf(a, b)).toBe(meeting);
  });
});
