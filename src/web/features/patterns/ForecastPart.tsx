import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { casesLink } from '#web/app/cases-link.ts';
import { Go } from '#web/app/Go.tsx';
import { formatNumber, formatTime, formatPercent } from '#web/i18n/format.ts';
import { Awaited } from '#web/ui/Answer.tsx';
import { IntervalBand } from '#web/ui/charts/IntervalBand.tsx';
import { FilterChoice } from '#web/ui/FilterParts.tsx';
import { ScrollFrame } from '#web/ui/ScrollFrame.tsx';
import { How } from './Pieces.tsx';
import { forecastQuery, type Forecasts } from './queries.ts';
import { usePatternSearch } from './search.ts';
import { roughly, useSay } from './words.ts';

type Line = Forecasts['items'][number];
const sumOf = ({ next }: Line): number => next.reduce((sum, { expected }) => sum + expected, 0);

/** What next week may bring, for whoever plans the roster. */
export function ForecastPart() {
  const { t } = useSay();
  const [search] = usePatternSearch();
  const query = useQuery(forecastQuery(search));
  const { data } = query;
  return (
    <section className="patterns-part">
      <Awaited query={query} />
      {data !== undefined && data.items.length === 0 && (
        <p role="status">{data.reckonedAt === null ? t.notYet : t.forecast.none}</p>
      )}
      {data !== undefined && data.items.length > 0 && <Told data={data} />}
    </section>
  );
}

function Told({ data }: { data: Forecasts }) {
  const { t, kind, day } = useSay();
  const [chosen, setChosen] = useState('');
  const several = new Set(data.items.map(({ areaCode }) => areaCode)).size > 1;
  const nameOf = (one: Line): string => (several ? `${one.areaName} ${kind(one.category)}` : kind(one.category));
  const keyOf = (one: Line): string => `${one.areaCode} ${one.category.code}`;
  const line = data.items.find((one) => keyOf(one) === chosen) ?? data.items[0];
  if (line === undefined) return null;
  const busiest = line.next.reduce((most, one) => (one.expected > most.expected ? one : most));
  const [first, last] = [line.next[0]?.day ?? '', line.next.at(-1)?.day ?? ''];
  const words = t.forecast.say(
    day(first),
    day(last),
    roughly(sumOf(line)),
    formatNumber(busiest.low),
    formatNumber(busiest.high),
  );
  return (
    <>
      <p role="status">
        <b>
          {nameOf(line)}: {words}
        </b>{' '}
        <Go href="/desk/force">{t.forecast.roster}</Go>
      </p>
      <div className="page-filters">
        <FilterChoice
          label={t.forecast.pick}
          value={chosen}
          any={nameOf(data.items[0] ?? line)}
          choices={data.items.slice(1).map((one) => ({ value: keyOf(one), words: nameOf(one) }))}
          onChange={setChosen}
        />
      </div>
      <Band line={line} name={nameOf(line)} share={data.share} />
      <WeekTable data={data} nameOf={nameOf} />
      <Trial line={line} />
      {data.tooFew > 0 && <p className="quiet">{t.forecast.tooFew(formatNumber(data.tooFew))}</p>}
      {data.reckonedAt !== null && <p className="quiet">{t.reckonedAt(formatTime(data.reckonedAt))}</p>}
      <How>{t.forecast.explain}</How>
    </>
  );
}

function Trial({ line: { trial } }: { line: Line }) {
  const { t } = useSay();
  if (trial.naiveError === 0) return null;
  return (
    <p className="quiet">
      {t.forecast.trial(
        roughly(trial.weeks),
        formatPercent(trial.covered),
        formatPercent(trial.error / trial.naiveError),
      )}
    </p>
  );
}

function Band({ line, name, share }: { line: Line; name: string; share: number }) {
  const { t, day } = useSay();
  const short = (one: string): string => one.slice(5).replace('-', '/');
  const kind = line.category.code === '' ? undefined : line.category.code;
  return (
    <IntervalBand
      title={t.forecast.chart(name)}
      means={t.forecast.chartMeans(formatPercent(share))}
      past={line.past.map((one) => ({
        key: one.day,
        name: day(one.day),
        short: short(one.day),
        value: one.seen,
        href: casesLink({ from: one.day, to: one.day, area: line.areaCode, class: kind }),
      }))}
      next={line.next.map((one) => ({
        key: one.day,
        name: day(one.day),
        short: short(one.day),
        middle: one.expected,
        low: one.low,
        high: one.high,
      }))}
      format={roughly}
    />
  );
}

function WeekTable({ data, nameOf }: { data: Forecasts; nameOf: (one: Line) => string }) {
  const { t, day } = useSay();
  const days = data.items[0]?.next ?? [];
  return (
    <ScrollFrame area="table-frame" label={t.forecast.table}>
      <table className="data-table">
        <caption>{t.forecast.table}</caption>
        <thead>
          <tr>
            <th scope="col">{t.forecast.kind}</th>
            {days.map((one) => (
              <th key={one.day} scope="col">
                {day(one.day)}
              </th>
            ))}
            <th scope="col">{t.forecast.sum}</th>
          </tr>
        </thead>
        <tbody>
          {data.items.map((one) => (
            <tr key={`${one.areaCode} ${one.category.code}`}>
              <th scope="row">{nameOf(one)}</th>
              {one.next.map(({ day: key, low, high }) => (
                <td key={key}>{t.forecast.between(formatNumber(low), formatNumber(high))}</td>
              ))}
              <td>{roughly(sumOf(one))}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollFrame>
  );
}
