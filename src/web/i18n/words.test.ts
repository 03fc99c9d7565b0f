import { expect, test } from 'vitest';
import { errorTable } from '#kit/errors.ts';
import { channels, clockKinds, clockSteps, eventStatuses, taskStatuses, verbs } from '#contract/events-words.ts';
import { tiers } from '#kit/tiers.ts';
import { common } from './common.ts';
import { deviceLanguage } from './language.ts';
import { resident } from './resident.ts';
import { words } from './words.ts';

/** Paths of all words; functions are called so that their words are looked at too. */
function flat(value: unknown, path = ''): [path: string, words: string][] {
  if (typeof value === 'string') return [[path, value]];
  if (typeof value === 'function') return [[path, String((value as (...input: unknown[]) => unknown)(3, 3, 3))]];
  return Object.entries(value as object).flatMap(([key, inner]) => flat(inner, `${path}.${key}`));
}

test.each([
  ['common', common],
  ['words', words],
  ['resident', resident],
])('%s has the same keys in both languages, none empty, and no Chinese in English', (_, area) => {
  const zh = flat(area.zh);
  const en = flat(area.en);
  expect(en.map(([path]) => path)).toEqual(zh.map(([path]) => path));
  expect([...zh, ...en].filter(([, text]) => text.trim() === '')).toEqual([]);
  const chinese = en.filter(([path, text]) => /[\u2e80-\u9fff]/.test(text) && path !== '.otherLanguage');
  expect(chinese).toEqual([]);
});

test('every word of the contract has a name', () => {
  expect(Object.keys(words.zh.status)).toEqual([...eventStatuses]);
  expect(Object.keys(words.zh.taskStatus)).toEqual([...taskStatuses]);
  expect(Object.keys(words.zh.verb)).toEqual([...verbs]);
  expect(Object.keys(words.zh.channel)).toEqual([...channels]);
  expect(Object.keys(words.zh.clockStep)).toEqual([...clockSteps]);
  expect(Object.keys(words.zh.clockKind)).toEqual([...clockKinds]);
  expect(Object.keys(words.zh.tier)).toEqual([...tiers]);
  expect(Object.keys(words.zh.errors)).toEqual(Object.keys(errorTable));
});

test('the device decides the first language: Chinese wherever it is listed at all', () => {
  expect(deviceLanguage([])).toBe('zh');
  expect(deviceLanguage(['en-US', 'zh-CN'])).toBe('zh');
  expect(deviceLanguage(['en-US', 'fr'])).toBe('en');
});
