import { useText } from '#web/i18n/area.ts';
import { charts } from '#web/i18n/charts.ts';
import { formatNumber } from '#web/i18n/format.ts';
import { ChartFrame, type FrameProps } from './ChartFrame.tsx';
import { ChartLink } from './ChartLink.tsx';
import type { Tone } from './tones.ts';

export interface BarRow {
  key: string;
  name: string;
  /** ≥ 0; null where it is not told (too few, not known). */
  value: number | null;
  /** What the number opens. */
  href?: string | undefined;
  /** A word after the number: of how many, since when, why it is not told. */
  note?: string | undefined;
  tone?: Tone;
}

export interface BarChartProps extends FrameProps {
  rows: readonly BarRow[];
  /** Head of the column of names. */
  first: string;
  /** Head of the column of numbers. */
  second: string;
  format?: (value: number) => string;
  /** The value of a full bar; the greatest of the rows when not given. */
  full?: number;
}

/** Names, numbers and bars: a table already, so it needs no twin. Names may be long. */
export function BarChart({ rows, first, second, format = formatNumber, full, ...frame }: BarChartProps) {
  const t = useText(charts);
  const most = full ?? Math.max(0, ...rows.map(({ value }) => value ?? 0));
  const withNotes = rows.some(({ note }) => note !== undefined);
  return (
    <ChartFrame {...frame} bare={frame.bare} empty={rows.length === 0} twin={{ heads: [], rows: [] }}>
      <table className="chart-bars">
        <thead>
          <tr>
            <th scope="col">{first}</th>
            <td aria-hidden="true" />
            <th scope="col">{second}</th>
            {withNotes && <th scope="col">{t.note}</th>}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ key, name, value, href, note, tone = 'leaf' }) => (
            <tr key={key}>
              <th scope="row">{name}</th>
              <td aria-hidden="true">
                <svg className={`chart-bar chart-${tone}`} viewBox="0 0 100 10" preserveAspectRatio="none">
                  <rect className="chart-block" width={most === 0 ? 0 : ((value ?? 0) / most) * 100} height="10" />
                </svg>
              </td>
              <td>
                {value === null ? (
                  <span className="chart-means">{t.notTold}</span>
                ) : (
                  <ChartLink href={href} aria-label={t.open(name, format(value))}>
                    {format(value)}
                  </ChartLink>
                )}
              </td>
              {withNotes && <td className="chart-means">{note}</td>}
            </tr>
          ))}
        </tbody>
      </table>
    </ChartFrame>
  );
}
