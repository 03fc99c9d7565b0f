import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { alarms } from '#web/i18n/alarms.ts';
import { useText } from '#web/i18n/area.ts';
import { formatNumber, formatTime } from '#web/i18n/format.ts';
import { ProblemNote } from '#web/ui/ProblemNote.tsx';
import { readingsQuery, type AlarmDetail, type Series } from '../queries.ts';
import { frameOf, pathOf, xOf, yOf, type Frame, type Point } from './chart.ts';

const spans = [1, 6, 24, 168] as const;
const width = 640;
const height = 150;

/** The device's readings around the alarm: a line for the eye, a table for everything else. */
export function Readings({ alarm }: { alarm: AlarmDetail }) {
  const t = useText(alarms).readings;
  const [hours, setHours] = useState<number>(spans[1]);
  const query = useQuery(readingsQuery(alarm.id, hours));
  const series = query.data?.series.filter(({ points }) => points.length > 0);
  return (
    <section className="alarm-part" aria-label={t.title}>
      <header>
        <h3>{t.title}</h3>
        <select aria-label={t.hours} value={hours} onChange={({ target }) => setHours(Number(target.value))}>
          {spans.map((span) => (
            <option key={span} value={span}>
              {t.hoursOf(span)}
            </option>
          ))}
        </select>
      </header>
      {query.error !== null && <ProblemNote error={query.error} onRetry={() => void query.refetch()} />}
      {series?.length === 0 && <p className="quiet">{t.none}</p>}
      {series?.map((one) => (
        <Chart key={one.metric} series={one} moment={Date.parse(alarm.raisedAt)} />
      ))}
    </section>
  );
}

function Chart({ series, moment }: { series: Series; moment: number }) {
  const t = useText(alarms).readings;
  const { metric, unit, raiseAt, clearAt, truncated } = series;
  const points = series.points.map(({ at, value }) => ({ at: Date.parse(at), value }));
  const lines = [raiseAt, clearAt].filter((one): one is number => one !== null);
  const frame = frameOf(points, lines, moment);
  if (frame === null) return null;
  const number = (value: number): string => `${formatNumber(value)}${unit === '' ? '' : ` ${unit}`}`;
  const values = points.map(({ value }) => value);
  const title = t.chart(metric, number(Math.min(...values)), number(Math.max(...values)), points.length);
  return (
    <figure className="alarm-chart">
      <figcaption>
        {title}
        {truncated && <small> {t.truncated}</small>}
      </figcaption>
      <svg viewBox={`0 0 ${width} ${height}`} role="img" aria-label={title} preserveAspectRatio="none">
        <Moment frame={frame} moment={moment} />
        {raiseAt !== null && <Level className="alarm-chart-raise" value={raiseAt} frame={frame} />}
        {clearAt !== null && <Level className="alarm-chart-clear" value={clearAt} frame={frame} />}
        <path className="alarm-chart-line" d={pathOf(points, frame, width, height)} vectorEffect="non-scaling-stroke" />
      </svg>
      <p className="alarm-chart-legend">
        <span>{formatTime(frame.from)}</span>
        {raiseAt !== null && <span className="alarm-chart-raise">━ {t.raiseLine(number(raiseAt))}</span>}
        {clearAt !== null && <span className="alarm-chart-clear">┅ {t.clearLine(number(clearAt))}</span>}
        <span>┃ {t.alarmAt}</span>
        <span>{formatTime(frame.until)}</span>
      </p>
      <Table name={metric} points={points} number={number} />
    </figure>
  );
}

function Level({ className, value, frame }: { className: string; value: number; frame: Frame }) {
  const y = yOf(value, frame, height);
  return <line className={className} x1={0} x2={width} y1={y} y2={y} vectorEffect="non-scaling-stroke" />;
}

function Moment({ frame, moment }: { frame: Frame; moment: number }) {
  const x = xOf(moment, frame, width);
  return <line className="alarm-chart-moment" x1={x} x2={x} y1={0} y2={height} vectorEffect="non-scaling-stroke" />;
}

/** The same in figures, newest first; drawn when asked for. */
function Table(props: { name: string; points: readonly Point[]; number: (value: number) => string }) {
  const { name, points, number } = props;
  const t = useText(alarms).readings;
  const [open, setOpen] = useState(false);
  return (
    <details open={open} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{t.table}</summary>
      {open && (
        <table>
          <thead>
            <tr>
              <th scope="col">{t.time}</th>
              <th scope="col">{name}</th>
            </tr>
          </thead>
          <tbody>
            {points.toReversed().map(({ at, value }, k) => (
              <tr key={k}>
                <td>{formatTime(at)}</td>
                <td>{number(value)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </details>
  );
}
