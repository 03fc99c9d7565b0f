import type { Box } from './use-box.ts';
import { everyNth, scaleOf, widthOf, type Scale } from './scale.ts';

/** Where things stand in a drawing of points along x and numbers up y; all in CSS pixels. */
export interface Plot {
  em: number;
  left: number;
  right: number;
  top: number;
  bottom: number;
  /** Width of one point. */
  step: number;
  /** Middle of the k-th point. */
  x: (k: number) => number;
  y: Scale;
}

interface Named {
  key: string;
  name: string;
  short?: string;
}

/** Leaves room for the numbers on the left and the names below. */
export function plotOf(
  { width, height, em }: Box,
  points: readonly Named[],
  values: readonly (number | null)[],
  format: (value: number) => string,
): Plot {
  const top = em * 0.7;
  const bottom = height - em * 1.7;
  const all = scaleOf(values, bottom, top, Math.max(2, Math.min(5, Math.floor((bottom - top) / (em * 2.2)))));
  // Half a case is no number to write beside an axis of cases.
  const isWhole = values.every((value) => value === null || Number.isInteger(value));
  const y = isWhole ? { ...all, ticks: all.ticks.filter((tick) => Number.isInteger(tick)) } : all;
  const left = em * (0.7 + 0.85 * Math.max(1, ...y.ticks.map((tick) => widthOf(format(tick)))));
  const right = width - em * 0.5;
  const step = points.length === 0 ? 0 : (right - left) / points.length;
  return { em, left, right, top, bottom, step, x: (k) => left + (k + 0.5) * step, y };
}

/** Lines of the numbers, names of as many points as there is room for. */
export function Axes({
  plot: { em, left, right, bottom, x, y },
  points,
  format,
}: {
  plot: Plot;
  points: readonly Named[];
  format: (value: number) => string;
}) {
  const names = points.map(({ name, short }) => short ?? name);
  const wide = Math.max(1, ...names.map(widthOf)) * 0.85;
  const nth = everyNth(points.length, wide, (right - left) / em);
  return (
    <g className="chart-axes" aria-hidden="true">
      {y.ticks.map((tick) => (
        <g key={tick}>
          <line
            x1={left}
            x2={right}
            y1={y.at(tick)}
            y2={y.at(tick)}
            className={tick === 0 ? 'chart-zero' : undefined}
          />
          <text x={left - em * 0.4} y={y.at(tick)} dy="0.32em" textAnchor="end">
            {format(tick)}
          </text>
        </g>
      ))}
      {points.map(({ key }, k) =>
        k % nth === 0 ? (
          <text key={key} x={x(k)} y={bottom + em * 1.25} textAnchor="middle">
            {names[k]}
          </text>
        ) : null,
      )}
    </g>
  );
}
