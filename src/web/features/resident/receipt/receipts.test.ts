// @vitest-environment jsdom
import { beforeEach, expect, test } from 'vitest';
import { eventStatuses } from '#contract/events-words.ts';
import { progressOf } from './progress.ts';
import { forgetReceipts, listReceipts, rememberReceipt, secretIn } from './receipts.ts';

beforeEach(() => localStorage.clear());

test('a receipt is remembered once, the newest first, until forgotten', () => {
  rememberReceipt({ secret: 'a', number: '1', title: '', at: '2026-06-01T00:00:00Z' });
  rememberReceipt({ secret: 'b', number: '2', title: '', at: '2026-06-02T00:00:00Z' });
  rememberReceipt({ secret: 'a', number: '1', title: '树', at: '2026-06-01T00:00:00Z' });
  expect(listReceipts().map(({ secret, title }) => [secret, title])).toEqual([
    ['b', ''],
    ['a', '树'],
  ]);
  forgetReceipts();
  expect(listReceipts()).toEqual([]);
});

test('damaged storage is an empty list', () => {
  localStorage.setItem('huangge.receipts', '{"not":"a list"');
  expect(listReceipts()).toEqual([]);
});

const secret = 'abcdefghijklmnopqrstuvwx_-12';
test.each([
  [`https://example.org/r/${secret}`, secret],
  [`看这个 http://10.0.0.8:8141/r/${secret}?from=wechat 谢谢`, secret],
  [` ${secret} `, secret],
  ['500103004-20261123-0007', undefined],
  ['https://example.org/report', undefined],
  ['', undefined],
])('the secret in %j is %j', (text, found) => {
  expect(secretIn(text)).toBe(found);
});

test('progress grows along the road; beside it there is none', () => {
  const road = ['reported', 'verifying', 'filed', 'dispatched', 'handling', 'checking', 'closed'] as const;
  const steps = road.map(progressOf);
  expect(steps).toEqual(steps.toSorted((a, b) => Number(a) - Number(b)));
  expect(eventStatuses.filter((status) => progressOf(status) === null)).toEqual([
    'declined',
    'shelved',
    'merged',
    'cancelled',
  ]);
});
