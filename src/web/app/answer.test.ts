import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { takeAnswer } from './answer.ts';

const now = Date.parse('2026-11-30T10:00:00Z');
let places: { dataset: Record<string, string>; textContent: string; remove: () => void }[] = [];
const put = (answer: string, at: string): void => {
  const place = { dataset: { answer, at }, textContent: `{"of":"${answer}"}`, remove: () => {} };
  place.remove = () => void (places = places.filter((one) => one !== place));
  places.push(place);
};
beforeEach(() => {
  places = [];
  vi.useFakeTimers({ now });
  vi.stubGlobal('document', { querySelectorAll: () => places });
});
afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

test('an answer that came with the page is given once, to its own question', () => {
  put('/api/public/stations', '2026-11-30T09:59:58Z');
  expect(takeAnswer('/api/public/stations/a')).toBeUndefined();
  expect(takeAnswer('/api/public/stations')).toBe('{"of":"/api/public/stations"}');
  expect(takeAnswer('/api/public/stations')).toBeUndefined();
});

test.each(['2026-11-30T09:58:00Z', '2026-11-30T10:02:00Z', ''])('one of another time is not used: %s', (at) => {
  put('/api/public/stations', at);
  expect(takeAnswer('/api/public/stations')).toBeUndefined();
  expect(places).toEqual([]);
});
