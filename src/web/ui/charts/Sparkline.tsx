import { line } from 'd3-shape';
import { scaleOf } from './scale.ts';
import type { Tone } from './tones.ts';
import './charts.css';

interface SparklineProps {
  /** Oldest first; null is a gap. */
  values: readonly (number | null)[];
  /** What it shows, said to who cannot see it: with the first and last number. */
  name: string;
  tone?: Tone;
}

/** A line as high as its text, without axes; the last point is marked. Too short for numbers: put them beside it. */
export function Sparkline({ values, name, tone = 'leaf' }: SparklineProps) {
  const y = scaleOf(values, 22, 2, 2);
  const x = (k: number): number => 2 + (values.length < 2 ? 98 : (k / (values.length - 1)) * 96);
  const path = line<number | null>()
    .defined((value) => value !== null)
    .x((_, k) => x(k))
    .y((value) => y.at(value ?? 0));
  const last = values.findLastIndex((value) => value !== null);
  return (
    <svg className={`chart-spark chart-${tone}`} viewBox="0 0 102 24" role="img" aria-label={name}>
      <path className="chart-line" d={path([...values]) ?? ''} />
      {last !== -1 && <circle className="chart-dot" cx={x(last)} cy={y.at(values[last] ?? 0)} r="2.4" />}
    </svg>
  );
}
