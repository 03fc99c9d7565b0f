import { expect, test } from 'vitest';
import { distanceM, type LonLat } from '#kit/geo.ts';
import { circleRing, lengthM, moved, ringOf } from './cordon.ts';

const here: LonLat = [106.55, 29.55];

test('a circle is a closed ring, every corner at its radius within one percent', () => {
  const ring = circleRing(here, 100);
  expect(ring.at(0)).toEqual(ring.at(-1));
  for (const corner of ring) expect(Math.abs(distanceM(here, corner) - 100)).toBeLessThan(1);
  expect(lengthM(ring)).toBeGreaterThan(620);
  expect(lengthM(ring)).toBeLessThan(630);
});

test('a polygon needs three corners and is kept counter-clockwise, whichever way it was walked', () => {
  const corners: LonLat[] = [here, moved(here, 50, 0), moved(here, 50, 50)];
  expect(ringOf({ shape: 'polygon', corners: corners.slice(0, 2) })).toBeUndefined();
  const walked = ringOf({ shape: 'polygon', corners });
  const back = ringOf({ shape: 'polygon', corners: corners.toReversed() });
  expect(walked).toEqual([...corners, here]);
  expect(new Set(back?.map(String))).toEqual(new Set(walked?.map(String)));
  const area = (ring: readonly LonLat[]): number =>
    ring.slice(1).reduce((sum, [x, y], n) => sum + ((ring[n]?.[0] ?? 0) * y - x * (ring[n]?.[1] ?? 0)), 0);
  expect(area(walked ?? [])).toBeGreaterThan(0);
  expect(area(back ?? [])).toBeGreaterThan(0);
});

test('a step of ten metres is ten metres', () => {
  expect(Math.abs(distanceM(here, moved(here, 10, 0)) - 10)).toBeLessThan(0.2);
  expect(Math.abs(distanceM(here, moved(here, 0, -10)) - 10)).toBeLessThan(0.2);
});
