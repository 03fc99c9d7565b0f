import { useRef } from 'react';
import { useText } from '#web/i18n/area.ts';
import { charts } from '#web/i18n/charts.ts';
import { formatNumber } from '#web/i18n/format.ts';
import { Axes, plotOf } from './Axes.tsx';
import { ChartFrame, type FrameProps, type Twin } from './ChartFrame.tsx';
import { ChartLink } from './ChartLink.tsx';
import type { ChartPoint, ChartSeries } from './LineChart.tsx';
import { toneOf } from './tones.ts';
import { useBox } from './use-box.ts';

export interface ColumnChartProps extends FrameProps {
  points: readonly ChartPoint[];
  /** Stacked on one another, the first at the bottom; ≥ 0. */
  series: readonly ChartSeries[];
  format?: (value: number) => string;
}

/** One column for each day or kind, made of parts; any column can open its cases. */
export function ColumnChart({ points, series, format = formatNumber, ...frame }: ColumnChartProps) {
  const t = useText(charts);
  const ref = useRef<SVGSVGElement>(null);
  const box = useBox(ref);
  const sums = points.map((_, k) => series.reduce((sum, { values }) => sum + (values[k] ?? 0), 0));
  const plot = plotOf(box, points, sums, format);
  const tell = (value: number | null | undefined): string =>
    value === null || value === undefined ? '–' : format(value);
  const twin: Twin = {
    heads: [t.what, ...series.map(({ name }) => name)],
    rows: points.map(({ key, name, href }, k) => ({
      key,
      href,
      cells: [name, ...series.map(({ values }) => tell(values[k]))],
    })),
  };
  const toned = series.map((one, k) => ({ ...one, tone: one.tone ?? toneOf(k) }));
  const wide = Math.min(plot.step * 0.72, plot.em * 4);
  return (
    <ChartFrame
      {...frame}
      empty={series.every(({ values }) => values.every((value) => value === null))}
      twin={twin}
      legend={toned.map(({ key, name, tone }) => ({ key, name, tone, kind: 'block' }))}
    >
      <svg
        ref={ref}
        className="chart-plot"
        viewBox={`0 0 ${box.width} ${box.height}`}
        role="group"
        aria-label={frame.title}
      >
        <Axes plot={plot} points={points} format={format} />
        {points.map(({ key, name, href }, k) => {
          const words = [name, ...toned.map((one) => `${one.name} ${tell(one.values[k])}`)].join(t.comma);
          let below = 0;
          return (
            <ChartLink key={key} href={href} className="chart-column" aria-label={words}>
              <rect
                className="chart-hit"
                x={plot.x(k) - plot.step / 2}
                y={plot.top}
                width={plot.step}
                height={plot.bottom - plot.top}
              >
                <title>{words}</title>
              </rect>
              {toned.map((one) => {
                const from = below;
                below += one.values[k] ?? 0;
                const y = plot.y.at(below);
                return (
                  <g key={one.key} className={`chart-${one.tone}`}>
                    <rect
                      className="chart-block"
                      x={plot.x(k) - wide / 2}
                      y={y}
                      width={wide}
                      height={Math.max(0, plot.y.at(from) - y)}
                    />
                  </g>
                );
              })}
            </ChartLink>
          );
        })}
      </svg>
    </ChartFrame>
  );
}
