import { useText } from '#web/i18n/area.ts';
import { charts } from '#web/i18n/charts.ts';
import type { FrameProps } from './ChartFrame.tsx';
import { LineChart, type ChartPoint } from './LineChart.tsx';

export interface IntervalBandProps extends FrameProps {
  /** What was, oldest first. May be empty. */
  past: readonly (ChartPoint & { value: number | null })[];
  /** What is expected, with the interval it will probably lie in. */
  next: readonly (ChartPoint & { middle: number; low: number; high: number })[];
  format?: (value: number) => string;
}

/** What was as a line, what is expected as a broken line within the interval it will probably lie in. */
export function IntervalBand({ past, next, ...rest }: IntervalBandProps) {
  const t = useText(charts);
  const nothing = past.map(() => null);
  const was = past.map(({ value }) => value);
  return (
    <LineChart
      {...rest}
      points={[...past, ...next]}
      series={[
        ...(past.length === 0
          ? []
          : [{ key: 'was', name: t.was, tone: 'leaf' as const, values: [...was, ...next.map(() => null)] }]),
        { key: 'next', name: t.expected, tone: 'river', values: [...nothing, ...next.map(({ middle }) => middle)] },
      ]}
      band={{
        name: t.interval,
        low: [...nothing, ...next.map(({ low }) => low)],
        high: [...nothing, ...next.map(({ high }) => high)],
      }}
    />
  );
}
