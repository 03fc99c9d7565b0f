import { expect, test } from 'vitest';
import { formatDate, formatDistance, formatDuration, formatRelative, formatRoughly, formatTime } from './format.ts';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;
const now = '2026-06-03T06:05:00Z';

test('times are those of Shanghai, and name the year only when it is another', () => {
  expect(formatTime('2026-06-03T06:05:00Z', 'zh', now)).toBe('6月3日 14:05');
  expect(formatTime('2025-12-31T16:30:00Z', 'zh', now)).toBe('1月1日 00:30');
  expect(formatTime('2025-12-31T15:30:00Z', 'zh', now)).toBe('2025年12月31日 23:30');
  expect(formatDate('2026-06-03T16:00:00Z', 'zh')).toBe('2026年6月4日');
});

test('what is not a time says so', () => {
  expect(formatTime(null, 'zh')).toBe('未定');
  expect(formatTime('soon', 'en')).toBe('not set');
});

test.each([
  [0, '1分钟', '1 min'],
  [59 * minute, '59分钟', '59 mins'],
  [hour, '1小时', '1 hr'],
  [hour + 5 * minute, '1小时5分钟', '1 hr 5 mins'],
  [day, '1天', '1 day'],
  [2 * day + 3 * hour + 20 * minute, '2天3小时', '2 days 3 hrs'],
  [day + 20 * minute, '1天', '1 day'],
  [-90 * minute, '1小时30分钟', '1 hr 30 mins'],
])('%i ms lasts %s, %s', (ms, zh, en) => {
  expect(formatDuration(ms, 'zh')).toBe(zh);
  expect(formatDuration(ms, 'en')).toBe(en);
});

test('distance in time, then the date after a month', () => {
  const at = (ms: number): number => Date.parse(now) + ms;
  expect(formatRelative(at(-30_000), 'zh', now)).toBe('刚刚');
  expect(formatRelative(at(-5 * minute), 'zh', now)).toBe('5分钟前');
  expect(formatRelative(at(3 * hour), 'en', now)).toBe('in 3 hours');
  expect(formatRelative(at(-40 * day), 'zh', now)).toBe('2026年4月24日');
});

test('metres to the ten, kilometres to the tenth', () => {
  expect(formatDistance(32, 'zh')).toBe('30米');
  expect(formatDistance(1234, 'en')).toBe('1.2 km');
});

test.each([
  [0, '1分钟', '1 min'],
  [-(13 * hour + 23 * minute), '13小时', '13 hrs'],
  [6 * day + 23 * hour, '6天', '6 days'],
])('%i ms lasts roughly %s, %s', (ms, zh, en) => {
  expect(formatRoughly(ms, 'zh')).toBe(zh);
  expect(formatRoughly(ms, 'en')).toBe(en);
});
