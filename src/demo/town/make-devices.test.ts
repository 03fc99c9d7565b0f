import { expect, it } from 'vitest';
import { deviceCode } from '#contract/devices.ts';
import { makeDevices, storyDevice } from './make-devices.ts';
import { makeTown } from './make-town.ts';

const town = makeTown();

it('the town has about 400 devices of many kinds, each with its own code inside a known area', () => {
  const devices = makeDevices(town.geography);
  expect(devices.length).toBeGreaterThan(370);
  expect(devices.length).toBeLessThan(430);
  expect(new Set(devices.map(({ code }) => code)).size).toBe(devices.length);
  expect(devices.filter(({ code }) => !deviceCode.safeParse(code).success)).toEqual([]);
  const areas = new Set(town.geography.areas.map(({ code }) => code));
  expect(devices.filter(({ areaCode }) => !areas.has(areaCode))).toEqual([]);
  expect(new Set(devices.map(({ kind }) => kind)).size).toBeGreaterThanOrEqual(10);
});

it('the same town has the same devices; the one of the story stands in the cable well', () => {
  const devices = makeDevices(town.geography);
  expect(makeDevices(makeTown().geography)).toEqual(devices);
  const well = town.geography.places.find(({ id }) => id === storyDevice.placeId);
  expect(devices.find(({ code }) => code === storyDevice.code)).toMatchObject({
    kind: 'smoke',
    lon: well?.lon,
    lat: well?.lat,
    secret: 'demo-cable-well-0001',
  });
});
