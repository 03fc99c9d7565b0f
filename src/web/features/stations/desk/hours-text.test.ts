import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fromText, toText } from './hours-text.ts';

test.each([
  ['08:30-12:00 14:00-18:00', [[510, 720], [840, 1080]]],
  ['', []],
  ['  ', []],
  ['00:00-24:00', [[0, 1440]]],
  ['20:00-02:00', [[1200, 1560]]],
  ['8:30 - 12:00，14:00—18:00', [[510, 720], [840, 1080]]],
  ['8：30至12：00；14:00-18:00', [[510, 720], [840, 1080]]],
  ['14:00-18:00 08:30-12:00', [[510, 720], [840, 1080]]],
  ['08:30-12:00 11:00-18:00', undefined],
  ['25:00-26:00', undefined],
  ['08:60-12:00', undefined],
  ['8-12', undefined],
  ['08:30', undefined],
  ['early', undefined],
])('%j', (text, spans) => {
  expect(fromText(text)).toEqual(spans);
}); // prettier-ignore

test('what is written is read again as it was', () => {
  const span = fc
    .tuple(fc.integer({ min: 0, max: 1439 }), fc.integer({ min: 1, max: 1440 }))
    .map(([from, length]): [number, number] => [from, from + length])
    // An end at midnight of the next day but one cannot be typed: 24 hours from midnight is all a day.
    .filter(([from, until]) => until <= 1440 || until - from < 1440 || from === 0);
  fc.assert(
    fc.property(span, (one) => {
      expect(fromText(toText([one]))).toEqual([one]);
    }),
  );
});
