import { describe, expect, it } from 'vitest';
import { seededRandom } from '#kit/random.ts';
import { hourOfWeek, median, seasonScore, type HourValue } from './season.ts';

const hourMs = 3_600_000;
const monday = Date.parse('2026-06-15T00:00:00+08:00');
const options = { offsetMinutes: 480, minWeeks: 4, floor: 1 };

/** Eight weeks with a morning and an evening peak on working days, noise of about ±3, then the wanted hour. */
function weeks(count: number): HourValue[] {
  const rng = seededRandom(7);
  return Array.from({ length: count * 168 }, (_, index) => {
    const atMs = monday - (index + 1) * hourMs;
    const hour = hourOfWeek(atMs, 480);
    const peak = hour < 120 && [8, 18].includes(hour % 24) ? 60 : 0;
    return { atMs, value: 20 + peak + (rng() - 0.5) * 6 };
  });
}

describe('the hour of the week', () => {
  it('begins on Monday at midnight of the place', () => {
    expect(hourOfWeek(monday, 480)).toBe(0);
    expect(hourOfWeek(monday - hourMs, 480)).toBe(167);
    expect(hourOfWeek(monday + 24 * hourMs + 1, 480)).toBe(24);
    expect(hourOfWeek(-1, 0)).toBe(3 * 24 - 1);
  });
});

describe('the score of a season', () => {
  const history = weeks(8);
  const at = (hours: number, value: number) => seasonScore({ atMs: monday + hours * hourMs, value }, history, options);

  it('is small for the peak at its hour and large for the same value at another', () => {
    expect(Math.abs(at(8, 80)?.z ?? 99)).toBeLessThan(3);
    expect(at(10, 80)?.z).toBeGreaterThan(8);
    expect(at(8, 20)?.z).toBeLessThan(-8);
  });

  it('is not moved by a few strange weeks', () => {
    const strange = history.map((one, index) => (index < 2 * 168 ? { ...one, value: 5000 } : one));
    const score = seasonScore({ atMs: monday + 10 * hourMs, value: 21 }, strange, options);
    expect(Math.abs(score?.z ?? 99)).toBeLessThan(3);
    expect(score?.weeks).toBe(8);
  });

  it('says nothing without enough weeks, and does not look ahead', () => {
    expect(seasonScore({ atMs: monday, value: 20 }, weeks(3), options)).toBeUndefined();
    expect(seasonScore({ atMs: monday - 6 * 168 * hourMs, value: 20 }, history, options)).toBeUndefined();
  });

  it('of a series that never moved takes the floor as its spread', () => {
    const still = history.map(({ atMs }) => ({ atMs, value: 5 }));
    expect(seasonScore({ atMs: monday, value: 8 }, still, options)).toMatchObject({ z: 3, mad: 0, median: 5 });
  });
});

it('the median of nothing is refused', () => {
  expect(median([3, 1, 2])).toBe(2);
  expect(median([4, 1, 2, 3])).toBe(2.5);
  expect(() => median([])).toThrow(RangeError);
});
