import { expect, test } from 'vitest';
import { inOrder, isOpen, progressOf } from './tasks.ts';

const tasks = [
  { id: 'a', part: 'assist', status: 'returned' },
  { id: 'b', part: 'assist', status: 'done' },
  { id: 'c', part: 'assist', status: 'on_site' },
  { id: 'd', part: 'lead', status: 'accepted' },
  { id: 'e', part: 'assist', status: 'waived' },
  { id: 'f', part: 'assist', status: 'withdrawn' },
] as const;

test('units that went away count neither as done nor as expected', () => {
  expect(progressOf(tasks)).toEqual({ done: 2, total: 4 });
  expect(tasks.filter(isOpen).map(({ id }) => id)).toEqual(['c', 'd']);
});

test('the lead stands first, those at work next, those gone last', () => {
  expect(inOrder(tasks).map(({ id }) => id)).toEqual(['d', 'c', 'b', 'e', 'a', 'f']);
});
