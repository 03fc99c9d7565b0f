import { area, line } from 'd3-shape';
import { useRef } from 'react';
import { useText } from '#web/i18n/area.ts';
import { charts } from '#web/i18n/charts.ts';
import { formatNumber } from '#web/i18n/format.ts';
import { ChartFrame, type FrameProps, type Twin } from './ChartFrame.tsx';
import { ChartLink } from './ChartLink.tsx';
import { Axes, plotOf, type Plot } from './Axes.tsx';
import { toneOf, type Tone } from './tones.ts';
import { useBox } from './use-box.ts';

/** One place along the axis. */
export interface ChartPoint {
  key: string;
  /** Said in full: 2026年6月3日. */
  name: string;
  /** Written under the axis where there is room; the full name when not given. */
  short?: string;
  /** What the point opens. */
  href?: string | undefined;
}

export interface ChartSeries {
  key: string;
  name: string;
  /** One for each point; null is a gap (not known, or too few to tell), never a zero. */
  values: readonly (number | null)[];
  tone?: Tone;
}

/** Between which two numbers something lies or is expected, one pair for each point. */
export interface ChartBand {
  name: string;
  low: readonly (number | null)[];
  high: readonly (number | null)[];
  tone?: Tone;
}

export interface LineChartProps extends FrameProps {
  points: readonly ChartPoint[];
  series: readonly ChartSeries[];
  band?: ChartBand;
  /** Points to be noticed, by key, each with a word for why. */
  marks?: readonly { at: string; name: string }[];
  /** How numbers are written; plain numbers of the reader's language when not given. */
  format?: (value: number) => string;
}

/** Lines over days or hours; any point can open its cases. The numbers stand in a table below. */
export function LineChart({ points, series, band, marks = [], format = formatNumber, ...frame }: LineChartProps) {
  const t = useText(charts);
  const ref = useRef<SVGSVGElement>(null);
  const box = useBox(ref);
  const toned = series.map((one, k) => ({ ...one, tone: one.tone ?? toneOf(k) }));
  const all = [...series.flatMap(({ values }) => values), ...(band?.low ?? []), ...(band?.high ?? [])];
  const plot = plotOf(box, points, all, format);
  const tell = (value: number | null | undefined): string =>
    value === null || value === undefined ? '–' : format(value);
  const twin: Twin = {
    heads: [t.when, ...series.map(({ name }) => name), ...(band === undefined ? [] : [band.name])],
    rows: points.map(({ key, name, href }, k) => ({
      key,
      href,
      cells: [
        name,
        ...series.map(({ values }) => tell(values[k])),
        ...(band === undefined ? [] : [bandWords(band, k, tell)]),
      ],
    })),
  };
  const legend = [
    ...toned.map(({ key, name, tone }) => ({ key, name, tone, kind: 'line' as const })),
    ...(band === undefined
      ? []
      : [{ key: 'band', name: band.name, tone: band.tone ?? ('river' as const), kind: 'band' as const }]),
  ];
  return (
    <ChartFrame {...frame} empty={all.every((one) => one === null)} twin={twin} legend={legend}>
      <svg
        ref={ref}
        className="chart-plot"
        viewBox={`0 0 ${box.width} ${box.height}`}
        role="group"
        aria-label={frame.title}
      >
        <Axes plot={plot} points={points} format={format} />
        {band !== undefined && <Band band={band} plot={plot} />}
        {toned.map(({ key, values, tone }) => (
          <Line key={key} values={values} tone={tone} plot={plot} />
        ))}
        {points.map((point, k) => (
          <Column
            key={point.key}
            plot={plot}
            k={k}
            href={point.href}
            mark={marks.find(({ at }) => at === point.key)?.name}
            top={Math.max(0, ...series.map(({ values }) => values[k] ?? 0))}
            words={[point.name, ...toned.map(({ name, values }) => `${name} ${tell(values[k])}`)].join(t.comma)}
          />
        ))}
      </svg>
    </ChartFrame>
  );
}

function bandWords(band: ChartBand, k: number, tell: (value: number | null | undefined) => string): string {
  const low = band.low[k] ?? null;
  const high = band.high[k] ?? null;
  return low === null || high === null ? '–' : `${tell(low)} – ${tell(high)}`;
}

function Line({ values, tone, plot }: { values: readonly (number | null)[]; tone: Tone; plot: Plot }) {
  const path = line<number | null>()
    .defined((value) => value !== null)
    .x((_, k) => plot.x(k))
    .y((value) => plot.y.at(value ?? 0));
  const alone = values.flatMap((value, k) =>
    value !== null && (values[k - 1] ?? null) === null && (values[k + 1] ?? null) === null ? [{ value, k }] : [],
  );
  return (
    <g className={`chart-${tone}`}>
      <path className="chart-line" d={path([...values]) ?? ''} />
      {alone.map(({ value, k }) => (
        <circle key={k} className="chart-dot" cx={plot.x(k)} cy={plot.y.at(value)} r={plot.em * 0.22} />
      ))}
    </g>
  );
}

function Band({ band, plot }: { band: ChartBand; plot: Plot }) {
  const pairs = band.low.map((low, k) => ({ low, high: band.high[k] ?? null }));
  const path = area<{ low: number | null; high: number | null }>()
    .defined(({ low, high }) => low !== null && high !== null)
    .x((_, k) => plot.x(k))
    .y0(({ low }) => plot.y.at(low ?? 0))
    .y1(({ high }) => plot.y.at(high ?? 0));
  return (
    <g className={`chart-${band.tone ?? 'river'}`}>
      <path className="chart-band" d={path(pairs) ?? ''} />
    </g>
  );
}

interface ColumnProps {
  plot: Plot;
  k: number;
  href: string | undefined;
  mark: string | undefined;
  /** The highest value there, beside which the mark stands. */
  top: number;
  words: string;
}

/** What is under the pointer: the whole height of a point, so that nobody has to hit a dot. */
function Column({ plot, k, href, mark, top, words }: ColumnProps) {
  const said = mark === undefined ? words : `${words} (${mark})`;
  const x = plot.x(k);
  const y = plot.y.at(top);
  const r = plot.em * 0.45;
  return (
    <ChartLink href={href} className="chart-column" aria-label={said}>
      <rect className="chart-hit" x={x - plot.step / 2} y={plot.top} width={plot.step} height={plot.bottom - plot.top}>
        <title>{said}</title>
      </rect>
      {mark !== undefined && (
        <path className="chart-mark" d={`M${x} ${y - r}L${x + r} ${y}L${x} ${y + r}L${x - r} ${y}Z`}>
          <title>{said}</title>
        </path>
      )}
    </ChartLink>
  );
}
