import { describe, expect, test } from 'vitest';
import { codePath, decodeAreaCode, nextGridCode, parentCodeOf, tierOf } from './area-code.ts';

describe('the tier follows from the code', () => {
  test.each([
    ['500000', 'city', undefined],
    ['510100', 'city', undefined],
    ['500103', 'district', '500000'],
    ['510104', 'district', '510100'],
    ['500103004', 'street', '500103'],
    ['500103004010', 'community', '500103004'],
    ['500103004010001', 'grid', '500103004010'],
    ['50010300401000102', 'micro_grid', '500103004010001'],
  ])('%s is a %s under %s', (code, tier, parent) => {
    expect(tierOf(code)).toBe(tier);
    expect(parentCodeOf(code)).toBe(parent);
  });

  test('sequences from 901 are exclusive grids', () => {
    expect(decodeAreaCode('500103004010901').isExclusive).toBe(true);
    expect(decodeAreaCode('500103004010899').isExclusive).toBe(false);
  });

  test('the path runs from the city down to the area itself', () => {
    expect(codePath('500103004010001')).toEqual(['500000', '500103', '500103004', '500103004010', '500103004010001']);
  });
});

describe('wrong codes are refused with what was found', () => {
  test.each([
    ['', 'digits only'],
    ['50010a', 'digits only'],
    ['5001', 'found 4'],
    ['5001030041', 'found 10'],
    ['000103', 'province'],
    ['510000', 'is a province'],
    ['500103000', 'are zeros'],
    ['500103004000', '500103004 is meant'],
    ['500103004010900', 'sequence 900'],
    ['500000001', 'is a city'],
  ])('%j: %s', (code, part) => {
    expect(() => decodeAreaCode(code)).toThrow(part);
  });
});

describe('the next grid code', () => {
  const community = '500103004010';
  test('begins at 001 and at 901', () => {
    expect(nextGridCode([], community)).toBe('500103004010001');
    expect(nextGridCode([], community, { exclusive: true })).toBe('500103004010901');
  });
  test('stands one above the highest in use and ignores other communities and the other kind', () => {
    const existing = ['500103004010003', '500103004010007', '500103004010901', '500103004011050'];
    expect(nextGridCode(existing, community)).toBe('500103004010008');
    expect(nextGridCode(existing, community, { exclusive: true })).toBe('500103004010902');
  });
  test('is refused when the numbers are used up or the code is no community', () => {
    expect(() => nextGridCode(['500103004010899'], community)).toThrow('up to 899');
    expect(() => nextGridCode(['500103004010999'], community, { exclusive: true })).toThrow('up to 999');
    expect(() => nextGridCode([], '500103004')).toThrow('12 digits');
  });
});
