import fc from 'fast-check';
import { expect, it } from 'vitest';
import { distanceM } from '#kit/geo.ts';
import { perDegree, type Network } from './network.ts';
import { thinCorners } from './thin.ts';

/** Corners alone: nothing else is looked at. */
const networkOf = (corners: readonly (readonly [number, number])[]): Network =>
  ({
    nodeLon: Int32Array.from(corners, ([lon]) => Math.round(lon * perDegree)),
    nodeLat: Int32Array.from(corners, ([, lat]) => Math.round(lat * perDegree)),
  }) as Network;

const corner = fc.tuple(fc.double({ min: 106.5, max: 106.53, noNaN: true }), fc.double({ min: 29.5, max: 29.52, noNaN: true })); // prettier-ignore

it('keeps corners so that no two are too near, and none that was left out is far from one', () => {
  fc.assert(
    fc.property(fc.array(corner, { maxLength: 120 }), fc.integer({ min: 50, max: 800 }), (corners, everyM) => {
      const kept = thinCorners(networkOf(corners), everyM);
      const away = (one: readonly [number, number], other: { lon: number; lat: number }) =>
        distanceM(one, [other.lon, other.lat]);
      // Half a per mille for the plane.
      kept.forEach((one, k) =>
        kept.slice(k + 1).forEach((other) => expect(away([one.lon, one.lat], other)).toBeGreaterThan(everyM * 0.9995)),
      );
      for (const one of corners)
        expect(Math.min(...kept.map((other) => away(one, other)))).toBeLessThan(everyM * 1.0005);
    }),
    { numRuns: 60 },
  );
});

it('keeps none where there are none', () => expect(thinCorners(networkOf([]), 100)).toEqual([]));
