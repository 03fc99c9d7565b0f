import {
  fits,
  leastHigh,
  leastWide,
  overlap,
  screenColumns,
  screenRows,
  type Placement,
  type WidgetCode,
} from '#contract/screens-layout.ts';

/** What can be done to an arrangement, by key or by pointer. All keep widgets on the screen; covering is shown, not hindered. */

const within = (value: number, least: number, most: number): number => Math.min(most, Math.max(least, value));

export function moveTo(layout: readonly Placement[], code: WidgetCode, to: { x: number; y: number }): Placement[] {
  return layout.map((one) =>
    one.code === code
      ? { ...one, x: within(to.x, 0, screenColumns - one.w), y: within(to.y, 0, screenRows - one.h) }
      : one,
  );
}

export function sizeTo(layout: readonly Placement[], code: WidgetCode, to: { w: number; h: number }): Placement[] {
  return layout.map((one) =>
    one.code === code
      ? { ...one, w: within(to.w, leastWide, screenColumns - one.x), h: within(to.h, leastHigh, screenRows - one.y) }
      : one,
  );
}

export const without = (layout: readonly Placement[], code: WidgetCode): Placement[] =>
  layout.filter((one) => one.code !== code);

/** The first free place from the top left for a new widget, as large as may be up to 6 × 4; undefined when there is none. */
export function placeFor(layout: readonly Placement[], code: WidgetCode): Placement | undefined {
  for (const [w, h] of [
    [6, 4],
    [6, 2],
    [leastWide, leastHigh],
  ] as const) {
    for (let y = 0; y + h <= screenRows; y++) {
      for (let x = 0; x + w <= screenColumns; x++) {
        const wish = { code, x, y, w, h };
        if (fits(wish) && !layout.some((one) => overlap(one, wish))) return wish;
      }
    }
  }
  return undefined;
}

const steps: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

/** Arrow keys move by one cell, with Shift they change the size, Delete takes the widget off; undefined for other keys. */
export function byKey(
  layout: readonly Placement[],
  code: WidgetCode,
  { key, shiftKey }: { key: string; shiftKey: boolean },
): Placement[] | undefined {
  const one = layout.find((placed) => placed.code === code);
  if (one === undefined) return undefined;
  if (key === 'Delete' || key === 'Backspace') return without(layout, code);
  const step = steps[key];
  if (step === undefined) return undefined;
  const [dx, dy] = step;
  return shiftKey
    ? sizeTo(layout, code, { w: one.w + dx, h: one.h + dy })
    : moveTo(layout, code, { x: one.x + dx, y: one.y + dy });
}
