import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState } from 'react';
import { casesLink } from '#web/app/cases-link.ts';
import { formatDate, formatNumber, formatTime, formatPercent } from '#web/i18n/format.ts';
import { Awaited } from '#web/ui/Answer.tsx';
import { LineChart } from '#web/ui/charts/LineChart.tsx';
import { AnomalyLine } from './AnomalyLine.tsx';
import { AnswerForm } from './AnswerForm.tsx';
import { Cases, How } from './Pieces.tsx';
import { anomalyQuery, type Anomaly, type AnomalyDetail } from './queries.ts';
import { usePatternSearch } from './search.ts';
import { chance, useSay } from './words.ts';

/** One anomaly: the sentence, the weeks before it, its cases, its answer. */
export function AnomalyPane({ id }: { id: string }) {
  const { t } = useSay();
  const [, go] = usePatternSearch();
  const query = useQuery(anomalyQuery(id));
  const [answering, setAnswering] = useState(false);
  const { data } = query;
  return (
    <section className="patterns-part">
      <p>
        <button type="button" className="tool tool-framed" onClick={() => go({ anomaly: undefined })}>
          {t.anomaly.back}
        </button>
      </p>
      <Awaited query={query} />
      {data !== undefined && (
        <>
          <div className="patterns-finding patterns-whole">
            <AnomalyLine row={data.anomaly} />
            <Answered row={data.anomaly} />
            {data.anomaly.mayAnswer && (
              <Button type="primary" onClick={() => setAnswering(true)}>
                {t.anomaly.answer}
              </Button>
            )}
          </div>
          <Weeks {...data} />
          <Cases n={data.anomaly.seen} wish={wishOf(data.anomaly)} />
          <How>
            {t.anomaly.explain(chance(data.anomaly.p), chance(data.anomaly.q), formatNumber(data.anomaly.series))}
          </How>
          <Factors factors={data.factors} />
          {answering && <AnswerForm row={data.anomaly} onClose={() => setAnswering(false)} />}
        </>
      )}
    </section>
  );
}

function wishOf({ areaCode, day, untilHour, category }: Anomaly) {
  const kind = category.code === '' ? {} : { category: category.code };
  return { area: areaCode, from: day, to: day, untilHour, ...kind };
}

function Answered({ row }: { row: Anomaly }) {
  const { t } = useSay();
  if (row.answer === null) return null;
  return (
    <p>
      {t.anomaly.answered(row.answeredBy ?? '', formatTime(row.answeredAt), t.anomaly.answers[row.answer])}
      <br />
      {row.reason}
      {row.quietUntil !== null && <span className="quiet"> {t.anomaly.quiet(formatDate(row.quietUntil))}</span>}
    </p>
  );
}

const usualShare = 0.95;

function Weeks({ anomaly, days }: AnomalyDetail) {
  const { t, day } = useSay();
  if (days.length === 0) return null;
  const kind = anomaly.category.code === '' ? undefined : anomaly.category.code;
  return (
    <LineChart
      title={t.anomaly.chart}
      means={t.anomaly.chartMeans(formatPercent(usualShare))}
      points={days.map((one) => ({
        key: one.day,
        name: day(one.day),
        short: one.day.slice(5).replace('-', '/'),
        href: casesLink({ from: one.day, to: one.day, area: anomaly.areaCode, class: kind }),
      }))}
      series={[{ key: 'seen', name: t.anomaly.seen, tone: 'seal', values: days.map(({ seen }) => seen) }]}
      band={{ name: t.anomaly.usual, low: days.map(({ low }) => low), high: days.map(({ high }) => high) }}
      marks={[{ at: anomaly.day, name: t.anomaly.mark }]}
    />
  );
}

function Factors({ factors }: { factors: readonly number[] }) {
  const { t } = useSay();
  if (factors.length === 0) return null;
  return (
    <details className="patterns-how">
      <summary>{t.anomaly.factors}</summary>
      <ul className="patterns-factors">
        {factors.map((factor, k) => (
          <li key={t.anomaly.factorDays[k]}>
            {t.anomaly.factorDays[k]} <b>{formatNumber(factor)}</b>
          </li>
        ))}
      </ul>
    </details>
  );
}
