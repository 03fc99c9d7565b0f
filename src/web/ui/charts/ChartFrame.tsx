import type { ReactNode } from 'react';
import { useText } from '#web/i18n/area.ts';
import { charts } from '#web/i18n/charts.ts';
import { ChartLink } from './ChartLink.tsx';
import type { Tone } from './tones.ts';
import './charts.css';

export interface TwinRow {
  key: string;
  cells: readonly string[];
  /** What the row's numbers open. */
  href?: string | undefined;
}

/** The same numbers as a table, for whoever cannot or will not read the drawing. */
export interface Twin {
  heads: readonly string[];
  rows: readonly TwinRow[];
}

export interface FrameProps {
  title: string;
  /** A sentence under the title: what is counted, over which days. */
  means?: string | undefined;
  /** Only the drawing, filling its place: the one who shows it has a title of its own, and a table elsewhere. */
  bare?: boolean | undefined;
}

interface ChartFrameProps extends FrameProps {
  empty: boolean;
  twin: Twin;
  legend?: readonly { key: string; name: string; tone: Tone; kind: 'line' | 'block' | 'band' }[];
  children: ReactNode;
}

/** Title, drawing, legend and the table twin of every chart. */
export function ChartFrame({ title, means, bare = false, empty, twin, legend = [], children }: ChartFrameProps) {
  const t = useText(charts);
  return (
    <figure className={bare ? 'chart chart-bare' : 'chart'} aria-label={bare ? title : undefined}>
      {!bare && (
        <figcaption>
          <b>{title}</b>
          {means !== undefined && <span className="chart-means">{means}</span>}
        </figcaption>
      )}
      {empty ? <p className="chart-none">{t.none}</p> : children}
      {!empty && legend.length > 1 && (
        <ul className="chart-legend" aria-hidden="true">
          {legend.map(({ key, name, tone, kind }) => (
            <li key={key}>
              <svg viewBox="0 0 24 12" className={`chart-${tone}`}>
                {kind === 'line' ? (
                  <line className="chart-line" x1="0" y1="6" x2="24" y2="6" />
                ) : (
                  <rect className={kind === 'band' ? 'chart-band' : 'chart-block'} width="24" height="12" rx="2" />
                )}
              </svg>
              {name}
            </li>
          ))}
        </ul>
      )}
      {!bare && !empty && <TwinTable twin={twin} title={title} />}
    </figure>
  );
}

function TwinTable({ twin: { heads, rows }, title }: { twin: Twin; title: string }) {
  const t = useText(charts);
  return (
    <details className="chart-twin">
      <summary>{t.asTable}</summary>
      {/* Scrolled by keyboard where it is longer than its place. */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <div role="region" aria-label={t.tableOf(title)} tabIndex={0}>
        <table>
          <thead>
            <tr>
              {heads.map((head, k) => (
                <th key={k} scope="col">
                  {head}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map(({ key, cells, href }) => (
              <tr key={key}>
                {cells.map((cell, k) =>
                  k === 0 ? (
                    <th key={k} scope="row">
                      <ChartLink href={href}>{cell}</ChartLink>
                    </th>
                  ) : (
                    <td key={k}>{cell}</td>
                  ),
                )}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </details>
  );
}
