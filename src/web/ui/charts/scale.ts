import { nice, ticks } from 'd3-array';

/** From a number to its place, with the ticks worth writing beside the axis. */
export interface Scale {
  at: (value: number) => number;
  ticks: readonly number[];
}

/**
 * A straight scale from `values` (nulls and gaps left out; zero is always on it) to pixels [from, to].
 * Nothing to show gives a scale from 0 to 1. `count` is about how many ticks are wanted.
 */
export function scaleOf(values: readonly (number | null)[], from: number, to: number, count: number): Scale {
  const there = values.filter((one): one is number => one !== null && Number.isFinite(one));
  const low = Math.min(0, ...there);
  const high = Math.max(0, ...there);
  const [start, end] = low === high ? [0, 1] : nice(low, high, count);
  const at = (value: number): number => from + ((value - start) / (end - start)) * (to - from);
  return { at, ticks: ticks(start, end, count) };
}

/** Every how many of `n` names of `wide` em are written along `width` em, so that none touches its neighbour. ≥ 1. */
export function everyNth(n: number, wide: number, width: number): number {
  if (n === 0 || width <= 0) return 1;
  return Math.max(1, Math.ceil((n * (wide + 1)) / width));
}

/** About how wide a text stands, in em: Chinese letters are twice as wide as Latin ones and digits. */
export function widthOf(text: string): number {
  let wide = 0;
  for (const letter of text) wide += (letter.codePointAt(0) ?? 0) > 0x2e7f ? 1 : 0.58;
  return wide;
}
