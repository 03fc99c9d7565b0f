/** A reading in the chart. */
export interface Point {
  /** Epoch ms. */
  at: number;
  value: number;
}

export interface Frame {
  from: number;
  until: number;
  low: number;
  high: number;
}

/**
 * The window a chart shows: all readings, the thresholds and the moment of the alarm, with a little air above and below.
 * Null without readings.
 */
export function frameOf(points: readonly Point[], lines: readonly number[], moment: number): Frame | null {
  const [first] = points;
  if (first === undefined) return null;
  let frame = { from: moment, until: moment, low: first.value, high: first.value };
  for (const { at, value } of points)
    frame = {
      from: Math.min(frame.from, at),
      until: Math.max(frame.until, at),
      low: Math.min(frame.low, value),
      high: Math.max(frame.high, value),
    };
  const low = Math.min(frame.low, ...lines);
  const high = Math.max(frame.high, ...lines);
  const air = (high - low || Math.abs(high) || 1) * 0.08;
  return { ...frame, until: Math.max(frame.until, frame.from + 1), low: low - air, high: high + air };
}

export function xOf(at: number, frame: Frame, width: number): number {
  return ((at - frame.from) / (frame.until - frame.from)) * width;
}

export function yOf(value: number, frame: Frame, height: number): number {
  return height - ((value - frame.low) / (frame.high - frame.low)) * height;
}

/**
 * The line of an SVG path. More points than `most` are thinned: of each stretch the lowest and the highest stay, so that
 * no peak is lost.
 */
export function pathOf(points: readonly Point[], frame: Frame, width: number, height: number, most = 400): string {
  return thinned(points, most)
    .map(({ at, value }, k) => {
      const x = xOf(at, frame, width).toFixed(1);
      return `${k === 0 ? 'M' : 'L'}${x} ${yOf(value, frame, height).toFixed(1)}`;
    })
    .join('');
}

function thinned(points: readonly Point[], most: number): readonly Point[] {
  if (points.length <= most) return points;
  const size = Math.ceil(points.length / (most / 2));
  const kept: Point[] = [];
  for (let k = 0; k < points.length; k += size) {
    const stretch = points.slice(k, k + size);
    const low = stretch.reduce((a, b) => (b.value < a.value ? b : a));
    const high = stretch.reduce((a, b) => (b.value > a.value ? b : a));
    kept.push(...(low === high ? [low] : [low, high].sort((a, b) => a.at - b.at)));
  }
  return kept;
}
