import { describe, expect, it } from 'vitest';
import { seededRandom } from '#kit/random.ts';
import { fitCalibration, probabilities, thresholdFor, type Foretold } from './calibration.ts';
import { accuracyOf, macroF1 } from './measure.ts';

/** Messages whose truth is drawn by the probabilities that a known calibration gives their margins. */
function drawn(slope: number, shift: readonly number[], count: number): Foretold[] {
  const rng = seededRandom(3);
  const known = { slope, shift: Float64Array.from(shift) };
  return Array.from({ length: count }, () => {
    const margins = shift.map(() => 4 * rng() - 2);
    let left = rng();
    const truth = probabilities(known, margins).findIndex((share) => (left -= share) < 0);
    return { margins, truth: Math.max(0, truth) };
  });
}

describe('A calibration', () => {
  it.each([
    [0.5, [0, 0, 0]],
    [2, [1, 0, -1]],
    [5, [0.5, -0.5]],
  ])('finds the slope %d and shifts %j that the truth was drawn by', (slope, shift) => {
    const found = fitCalibration(drawn(slope, shift, 20_000), shift.length);
    expect(found.slope / slope).toBeGreaterThan(0.93);
    expect(found.slope / slope).toBeLessThan(1.07);
    const mean = found.shift.reduce((sum, one) => sum + one, 0) / shift.length;
    found.shift.forEach((one, label) => expect(Math.abs(one - mean - (shift[label] ?? NaN))).toBeLessThan(0.1));
  });

  it('stays finite where margins are never wrong, and where there is nothing to learn from', () => {
    const sure = Array.from({ length: 50 }, (_, k) => ({ margins: k % 2 === 0 ? [1, -1] : [-1, 1], truth: k % 2 }));
    const { slope } = fitCalibration(sure, 2);
    expect(slope).toBeGreaterThan(2);
    expect(slope).toBeLessThanOrEqual(50);
    expect([...probabilities(fitCalibration([], 2), [1, 1])]).toEqual([0.5, 0.5]);
  });
});

describe('A threshold', () => {
  const answers = Array.from({ length: 100 }, (_, k) => ({ probability: 1 - k / 100, right: k < 50 || k % 2 === 0 }));

  it('is the lowest probability from which on answers are right as often as wanted', () => {
    const { threshold, share } = thresholdFor(answers, 0.95);
    const accepted = answers.filter(({ probability }) => probability >= threshold);
    expect(share).toBe(accepted.length / 100);
    expect(accepted.filter(({ right }) => right).length / accepted.length).toBeGreaterThanOrEqual(0.95);
    for (let more = accepted.length + 1; more <= 100; more += 1)
      expect(answers.slice(0, more).filter(({ right }) => right).length / more).toBeLessThan(0.95);
  });

  it('never parts answers of one probability', () => {
    const tied = Array.from({ length: 60 }, (_, k) => ({ probability: k < 30 ? 0.9 : 0.5, right: k < 45 }));
    expect(thresholdFor(tied, 0.9)).toEqual({ threshold: 0.9, share: 0.5 });
  });

  it('is out of reach where too few answers were right to know', () => {
    expect(thresholdFor(answers.slice(0, 20), 0.5)).toEqual({ threshold: 2, share: 0 });
    expect(thresholdFor(answers.map((one) => ({ ...one, right: false })), 0.5)).toEqual({ threshold: 2, share: 0 }); // prettier-ignore
  });
});

describe('Measures', () => {
  it('count as by hand', () => {
    // Label 0: 1 hit, 1 miss, 0 false alarms: 2/3. Label 1: 2 hits, 0 misses, 1 false alarm: 4/5. Label 2 stands nowhere: 0.
    expect(macroF1([0, 0, 1, 1], [0, 1, 1, 1], 3)).toBeCloseTo((2 / 3 + 4 / 5 + 0) / 3);
    expect(accuracyOf([0, 0, 1, 1], [0, 1, 1, 1])).toBe(0.75);
    expect(accuracyOf([], [])).toBeNaN();
  });
});
