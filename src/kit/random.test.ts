import { expect, test } from 'vitest';
import { pickOne, randomInt, seededRandom, shuffled } from './random.ts';

test('the same seed gives the same numbers, known in advance', () => {
  const rng = seededRandom(1);
  // mulberry32(1) of the reference implementation
  expect([rng(), rng(), rng()]).toEqual([0.6270739405881613, 0.002735721180215478, 0.5274470399599522]);
});

test('whole numbers reach both ends and nothing else', () => {
  const rng = seededRandom(2);
  const seen = new Set(Array.from({ length: 200 }, () => randomInt(rng, 3, 6)));
  expect([...seen].sort((a, b) => a - b)).toEqual([3, 4, 5, 6]);
});

test('shuffling keeps every item and leaves the input alone', () => {
  const items = [1, 2, 3, 4, 5, 6, 7, 8];
  const mixed = shuffled(seededRandom(3), items);
  expect(mixed).not.toEqual(items);
  expect(mixed.toSorted((a, b) => a - b)).toEqual(items);
});

test('picking from nothing is refused', () => {
  expect(() => pickOne(seededRandom(4), [])).toThrow('empty list');
});
