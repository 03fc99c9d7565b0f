import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fits, layoutProblem, widgetCodes, type Placement } from '#contract/screens-layout.ts';
import { byKey, moveTo, placeFor, sizeTo } from './arrange.ts';

const layout: Placement[] = [
  { code: 'map', x: 6, y: 0, w: 12, h: 8 },
  { code: 'today', x: 0, y: 0, w: 6, h: 4 },
];
const today = (placed: readonly Placement[] | undefined) => placed?.find(({ code }) => code === 'today');

describe('arranging', () => {
  it('moves by arrow keys, sizes with Shift, takes off by Delete, and lets other keys be', () => {
    expect(today(byKey(layout, 'today', { key: 'ArrowDown', shiftKey: false }))).toMatchObject({ x: 0, y: 1 });
    expect(today(byKey(layout, 'today', { key: 'ArrowLeft', shiftKey: false }))).toMatchObject({ x: 0 });
    expect(today(byKey(layout, 'today', { key: 'ArrowDown', shiftKey: true }))).toMatchObject({ w: 6, h: 5 });
    expect(byKey(layout, 'today', { key: 'Delete', shiftKey: false })).toHaveLength(1);
    expect(byKey(layout, 'today', { key: 'Tab', shiftKey: false })).toBeUndefined();
    expect(byKey(layout, 'gaps', { key: 'ArrowDown', shiftKey: false })).toBeUndefined();
  });

  it('never leaves the screen, however far it is dragged', () => {
    const far = fc.integer({ min: -100, max: 100 });
    fc.assert(
      fc.property(far, far, far, far, (x, y, w, h) => {
        const moved = today(sizeTo(moveTo(layout, 'today', { x, y }), 'today', { w, h }));
        expect(moved !== undefined && fits(moved)).toBe(true);
      }),
    );
  });

  it('puts new widgets where nothing stands, until nothing is free', () => {
    let placed: Placement[] = layout;
    for (const code of widgetCodes) {
      if (placed.some((one) => one.code === code)) continue;
      const place = placeFor(placed, code);
      if (place !== undefined) placed = [...placed, place];
      expect(layoutProblem(placed)).toBeUndefined();
    }
    expect(placed.length).toBeGreaterThan(8);
    expect(placeFor([{ code: 'map', x: 0, y: 0, w: 24, h: 12 }], 'today')).toBeUndefined();
  });
});
