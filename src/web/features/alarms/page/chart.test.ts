import { describe, expect, it } from 'vitest';
import { frameOf, pathOf, xOf, yOf } from './chart.ts';

describe('the chart of readings', () => {
  it('shows every reading, the thresholds and the moment of the alarm', () => {
    const frame = frameOf(
      [
        { at: 1_000, value: 4 },
        { at: 3_000, value: 8 },
      ],
      [10],
      5_000,
    );
    expect(frame).toMatchObject({ from: 1_000, until: 5_000 });
    expect(frame && [frame.low < 4, frame.high > 10]).toEqual([true, true]);
    expect(frameOf([], [10], 5_000)).toBeNull();
  });

  it('draws one reading, and readings that never change, inside the frame', () => {
    const frame = frameOf([{ at: 1_000, value: 0 }], [], 1_000);
    expect(frame && [xOf(1_000, frame, 100), yOf(0, frame, 50)]).toEqual([0, 25]);
  });

  it('puts greater values higher', () => {
    const frame = { from: 0, until: 10, low: 0, high: 10 };
    expect(
      pathOf(
        [
          { at: 0, value: 0 },
          { at: 10, value: 10 },
        ],
        frame,
        100,
        50,
      ),
    ).toBe('M0.0 50.0L100.0 0.0');
  });

  it('thins thousands of points and loses no peak', () => {
    const points = Array.from({ length: 5_000 }, (_, at) => ({ at, value: at === 2_345 ? 99 : at % 2 }));
    const frame = { from: 0, until: 5_000, low: 0, high: 100 };
    const path = pathOf(points, frame, 1_000, 100);
    expect(path.split('L').length).toBeLessThanOrEqual(400);
    expect(path).toContain('L469.0 1.0');
  });
});
