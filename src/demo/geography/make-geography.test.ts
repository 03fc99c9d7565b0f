import { beforeAll, describe, expect, test } from 'vitest';
import { decodeAreaCode } from '#engine/territory/area-code.ts';
import { buildAreaIndex } from '#engine/territory/area-index.ts';
import { sideOf } from '#engine/territory/inside.ts';
import { areaM2 } from '#engine/territory/measure.ts';
import { checkTiling } from '#engine/territory/tiling.ts';
import { makeGeography } from './make-geography.ts';
import type { Geography } from './make-geography.ts';

const demoSeed = 141;

describe('the demo town', () => {
  let town: Geography;
  const inTier = (tier: string, prefix = '') =>
    town.areas.filter((area) => area.tier === tier && area.code.startsWith(prefix));
  const areaByCode = (code: string) => town.areas.find((area) => area.code === code);

  beforeAll(() => {
    town = makeGeography(demoSeed);
  });

  test('has the streets, communities and grids the design names', () => {
    expect(inTier('grid', '500103004')).toHaveLength(54);
    expect(inTier('grid', '500103010')).toHaveLength(60);
    expect(inTier('grid', '500105001')).toHaveLength(40);
    expect(inTier('community', '500103004')).toHaveLength(7);
    expect(inTier('community', '500103010')).toHaveLength(7);
    expect(inTier('community', '500105001')).toHaveLength(14);
    expect(new Set(inTier('micro_grid').map(({ code }) => code.slice(0, 12)))).toEqual(
      new Set(['500103004010', '500103004013']),
    );
    expect(areaByCode('500103004010')?.name).toBe('重庆村社区');
  });

  test('gives every area a valid, unique code of its tier under its parent', () => {
    expect(new Set(town.areas.map(({ code }) => code)).size).toBe(town.areas.length);
    for (const { code, tier, parentCode } of town.areas) {
      expect(decodeAreaCode(code)).toMatchObject({ tier, parentCode: parentCode ?? undefined });
    }
  });

  test('has exclusive grids for a market, a hospital and a station', () => {
    const names = inTier('grid').filter(({ code }) => decodeAreaCode(code).isExclusive).map(({ name }) => name); // prettier-ignore
    for (const word of ['市场', '医院', '轨道站'])
      expect(
        names.some((name) => name.includes(word)),
        word,
      ).toBe(true);
  });

  test.each([demoSeed, 1, 2, 3])('tiles every parent exactly with seed %i', (seed) => {
    const { areas } = seed === demoSeed ? town : makeGeography(seed);
    for (const parent of areas) {
      const children = areas.filter(({ parentCode }) => parentCode === parent.code);
      if (children.length > 0) expect(checkTiling(children, parent, { toleranceM2: 0 })).toEqual([]);
    }
  });

  test('has grids of a size that can be walked', () => {
    for (const grid of inTier('grid')) {
      expect(areaM2(grid.geometry), grid.name).toBeGreaterThan(7_000);
      expect(areaM2(grid.geometry), grid.name).toBeLessThan(40_000);
    }
  });

  test('counts the same residents in buildings, grids, communities and streets', () => {
    expect(areaByCode('500103004')?.residents).toBe(60_000);
    for (const parent of town.areas) {
      const children = town.areas.filter(({ parentCode }) => parentCode === parent.code);
      if (children.length === 0) continue;
      expect(children.reduce((sum, { residents }) => sum + residents, 0)).toBe(parent.residents);
      expect(children.reduce((sum, { households }) => sum + households, 0)).toBe(parent.households);
    }
    for (const grid of inTier('grid')) expect(grid.residents, grid.name).toBeGreaterThan(0);
    expect(town.buildings.reduce((sum, { residents }) => sum + residents, 0)).toBe(areaByCode('500000')?.residents);
  });

  test('puts every building inside its area and numbers it once', () => {
    expect(new Set(town.buildings.map(({ id }) => id)).size).toBe(town.buildings.length);
    const areas = new Map(town.areas.map((area) => [area.code, area]));
    for (const { areaCode, lon, lat } of town.buildings) {
      const area = areas.get(areaCode);
      expect(area && sideOf(area.geometry, [lon, lat])).toBe(1);
    }
  });

  test.each([
    ['tree-chongqingcun', '500103004010'],
    ['old-building-chongqingcun', '500103004010'],
    ['cable-well-jiankanglu', '500103004'],
    ['station-chaotianmen', '500103010'],
    ['bridge-foot-qiaobei', '500105001001'],
    ['metro-exit-qiaobei', '500105001001'],
    ['tool-room-qiaobei', '500105001001'],
    ['clinic-guojicun', '500103004013'],
    ['school-pipashan', '500103004'],
  ])('puts %s where its story needs it, in %s', (id, prefix) => {
    const place = town.places.find((candidate) => candidate.id === id);
    expect(place?.areaCode?.startsWith(prefix), String(place?.areaCode)).toBe(true);
  });

  test('leaves the rivers outside every area', () => {
    const index = buildAreaIndex(town.areas.map(({ code, tier, geometry }) => ({ code, tier, rings: geometry })));
    const rivers = town.baseMap.labels.features.filter(({ properties }) => properties['kind'] === 'river');
    expect(rivers.length).toBeGreaterThan(3);
    for (const { geometry } of rivers) {
      if (geometry.type === 'Point') expect(index.locate(...geometry.coordinates)).toBe(-1);
    }
  });

  test('keeps the base map under 2 MB and rounds to 6 decimals', () => {
    const text = JSON.stringify(town.baseMap);
    expect(text.length).toBeLessThan(2_000_000);
    expect(text).not.toMatch(/\d\.\d{7}/);
    for (const [layer, { features }] of Object.entries(town.baseMap)) expect(features.length, layer).toBeGreaterThan(0);
  });

  test('is the same to the last byte for the same seed, and another for another', () => {
    const text = JSON.stringify(town);
    expect(JSON.stringify(makeGeography(demoSeed))).toBe(text);
    expect(JSON.stringify(makeGeography(demoSeed + 1))).not.toBe(text);
  });
});
