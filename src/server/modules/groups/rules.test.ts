import fc from 'fast-check';
import { expect, test } from 'vitest';
import { categoriesIn, neededFor, placesIn, spreadHeadcount, tally } from './rules.ts';

test('a headcount spread over grids is neither more nor less than it was', () => {
  fc.assert(
    fc.property(fc.nat(5000), fc.array(fc.nat(3000), { minLength: 1, maxLength: 8 }), (count, residents) => {
      const parts = spreadHeadcount(count, residents);
      expect(parts.reduce((sum, n) => sum + n, 0)).toBe(count);
      expect(parts.every((n) => Number.isInteger(n) && n >= 0)).toBe(true);
    }),
  );
});

test('a quorum is a share of its base, rounded up; none asks for nobody', () => {
  expect(neededFor('members', 50, 3)).toBe(2);
  expect(neededFor('households', 100, 150)).toBe(150);
  expect(neededFor('none', 80, 150)).toBe(0);
});

test('every vote counts for exactly one option', () => {
  expect(
    tally(3, [
      { choice: 2, n: 4 },
      { choice: 0, n: 1 },
    ]),
  ).toEqual([1, 0, 4]);
});

test('places: whole names before parts, longer before shorter, nothing from thin air', () => {
  const places = [{ name: '金银湾' }, { name: '金银湾小区' }, { name: '金银湾大厦' }, { name: '重庆村' }];
  expect(placesIn('金银湾小区三栋漏水', places).map(({ name }) => name)).toEqual([
    '金银湾小区',
    '金银湾',
    '金银湾大厦',
  ]);
  expect(placesIn('三栋漏水', places)).toEqual([]);
});

test('categories: the more of its name the words hold, the earlier', () => {
  const categories = [
    { code: '1', name: '路灯' },
    { code: '2', name: '道路破损' },
    { code: '3', name: '噪声扰民' },
  ];
  expect(categoriesIn('门口路灯不亮，道路也黑', categories).map(({ code }) => code)).toEqual(['1', '2']);
});
