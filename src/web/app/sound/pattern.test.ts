import { describe, expect, it } from 'vitest';
import { patternOf, samplesOf } from './pattern.ts';

/** How often the sound falls silent for at least 50 ms and begins again. */
function bursts(samples: Float32Array, perSecond: number): number {
  let count = 0;
  let silent = Infinity;
  for (const sample of samples) {
    if (Math.abs(sample) < 0.001) silent++;
    else {
      if (silent > perSecond * 0.05) count++;
      silent = 0;
    }
  }
  return count;
}

const loudness = (samples: Float32Array): number => samples.reduce((sum, one) => sum + one * one, 0) / samples.length;

describe('the sound of a priority', () => {
  it.each([
    [0, 1, true],
    [1, 3, true],
    [2, 2, false],
    [3, 1, false],
    [4, 1, false],
  ])('P%i has %i bursts and repeats: %s', (priority, count, repeats) => {
    const pattern = patternOf(priority);
    expect([bursts(samplesOf(pattern, 8_000), 8_000), pattern.repeats]).toEqual([count, repeats]);
  });

  it('is never silent and changes its pitch for P0', () => {
    const pattern = patternOf(0);
    const samples = samplesOf(pattern, 48_000);
    expect(samples).toHaveLength(48_000);
    const crossings = (from: number, to: number): number => {
      let count = 0;
      for (let k = from + 1; k < to; k++) if ((samples[k - 1] ?? 0) < 0 && (samples[k] ?? 0) >= 0) count++;
      return count;
    };
    expect(crossings(0, 24_000)).toBeGreaterThan(crossings(24_000, 48_000) + 50);
    for (let from = 0; from < 48_000; from += 2_400)
      expect(loudness(samples.subarray(from, from + 2_400))).toBeGreaterThan(0.1);
  });

  it('gets softer with each priority and stays within what a loudspeaker takes', () => {
    const each = [0, 1, 2, 3, 4].map((priority) => samplesOf(patternOf(priority), 8_000));
    const loudest = each.map((samples) => Math.max(...samples.map(Math.abs)));
    expect(loudest.toSorted((a, b) => b - a)).toEqual(loudest);
    expect(loudest[0]).toBeLessThanOrEqual(1);
    expect(loudest[4]).toBeGreaterThan(0.1);
  });

  it('of a priority that does not exist is the nearest one', () => {
    expect(patternOf(-1)).toBe(patternOf(0));
    expect(patternOf(9)).toBe(patternOf(4));
  });
});
