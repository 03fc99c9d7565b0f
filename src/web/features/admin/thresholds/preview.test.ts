import { describe, expect, it } from 'vitest';
import { previewOf } from './preview.ts';

const rule = { direction: 'above', raiseAt: 100, clearAt: 80, holdOffS: 0 } as const;

describe('the preview of a threshold', () => {
  it('rings again and again without hysteresis, and once for each climb with it', () => {
    const apart = previewOf(rule).active;
    const same = previewOf({ ...rule, clearAt: 100 }).active;
    expect(apart).toHaveLength(2);
    expect(same.length).toBeGreaterThan(apart.length);
  });

  it('a hold-off leaves out the short peak', () => {
    expect(previewOf({ ...rule, holdOffS: 30 }).active).toHaveLength(1);
  });

  it('below is the mirror of above', () => {
    const below = previewOf({ direction: 'below', raiseAt: -100, clearAt: -80, holdOffS: 0 });
    expect(below.active).toEqual(previewOf(rule).active);
    expect(Math.min(...below.values)).toBeLessThan(-100);
  });

  it('an alarm is active from a value at or beyond raise, until one at or behind clear', () => {
    const { values, active } = previewOf(rule);
    for (const { from, to } of active) {
      expect(values[from]).toBeGreaterThanOrEqual(100);
      expect(values[to + 1] ?? 0).toBeLessThanOrEqual(80);
    }
  });

  it('works where raise is zero', () => {
    const { values } = previewOf({ ...rule, raiseAt: 0, clearAt: 0 });
    expect(values.every(Number.isFinite)).toBe(true);
  });
});
