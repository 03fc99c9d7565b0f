// @vitest-environment jsdom
import { beforeEach, expect, test } from 'vitest';
import { forget, keepWords, opIdFor, readKept } from './kept.ts';

const secret = 'abcdefghijklmnopqrstuvwxyz';

beforeEach(() => localStorage.clear());

test('words survive until they are forgotten, each act by itself', () => {
  keepWords(secret, 'finish', '已断电');
  keepWords(secret, 'message', '在路上');
  expect(readKept(secret, 'finish').words).toBe('已断电');
  forget(secret, 'finish');
  expect(readKept(secret, 'finish').words).toBe('');
  expect(readKept(secret, 'message').words).toBe('在路上');
});

test('the same body has the same number, also after a reload; another body another', () => {
  const first = opIdFor(secret, 'finish', 'a');
  expect(opIdFor(secret, 'finish', 'a')).toBe(first);
  const second = opIdFor(secret, 'finish', 'b');
  expect(second).not.toBe(first);
  expect(opIdFor(secret, 'finish', 'b')).toBe(second);
});

test('typing after a try keeps what was tried, and the link is never stored whole', () => {
  const first = opIdFor(secret, 'progress', 'a');
  keepWords(secret, 'progress', '更多');
  expect(opIdFor(secret, 'progress', 'a')).toBe(first);
  expect(JSON.stringify({ ...localStorage })).not.toContain(secret);
});

test('nonsense in the storage counts as nothing', () => {
  localStorage.setItem('huangge.task.abcdef.finish', '{"words":3');
  expect(readKept(secret, 'finish').words).toBe('');
});
