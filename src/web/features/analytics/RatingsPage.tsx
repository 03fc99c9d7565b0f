import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Go } from '#web/app/Go.tsx';
import { may, useMe } from '#web/app/me.ts';
import { analytics } from '#web/i18n/analytics.ts';
import { useText } from '#web/i18n/area.ts';
import { formatNumber, formatTime } from '#web/i18n/format.ts';
import { inLanguage, languageChoice } from '#web/i18n/language.ts';
import { Answer } from '#web/ui/Answer.tsx';
import { MoreButton } from '#web/ui/MoreButton.tsx';
import { AnswerForm, RateForm, type Subject } from './RatingForms.tsx';
import {
  criteriaQuery,
  dueQuery,
  ratingsQuery,
  summaryQuery,
  type Criterion,
  type Due,
  type Rating,
  type RatingSide,
  type Summary,
} from './unit-queries.ts';
import './analytics.css';

/** Streets rate departments and departments rate streets. */
export function RatingsPage() {
  const t = useText(analytics).ratings;
  const me = useMe();
  const criteria = useQuery(criteriaQuery).data?.items ?? [];
  const summary = useQuery(summaryQuery);
  return (
    <div className="page-flow analytics">
      <header>
        <h1>{t.title}</h1>
        <p className="quiet">{t.lead}</p>
      </header>
      {may(me, 'department.rate') && <DuePart criteria={criteria} />}
      <section>
        <h2>{t.summary}</h2>
        <Answer query={summary}>{(data) => <Means data={data} criteria={criteria} />}</Answer>
      </section>
      <RatingList criteria={criteria} />
    </div>
  );
}

function useNames() {
  const lang = languageChoice.use();
  return ({ name, nameEn }: { name: string; nameEn: string }): string => inLanguage(lang, name, nameEn);
}

function DuePart({ criteria }: { criteria: readonly Criterion[] }) {
  const t = useText(analytics).ratings;
  const due = useQuery(dueQuery);
  const [chosen, setChosen] = useState<Subject | null>(null);
  return (
    <section>
      <h2>{t.due}</h2>
      <Answer query={due}>{(data) => <DueLists data={data} onRate={setChosen} />}</Answer>
      {chosen !== null && <RateForm subject={chosen} criteria={criteria} onClose={() => setChosen(null)} />}
    </section>
  );
}

function DueLists({ data, onRate }: { data: Due; onRate: (subject: Subject) => void }) {
  const t = useText(analytics).ratings;
  const nameOf = useNames();
  const lang = languageChoice.use();
  if (data.cases.length === 0 && data.units.length === 0) return <p className="quiet">{t.dueNone}</p>;
  return (
    <div className="analytics-below">
      <div>
        <h3>{t.dueUnits(data.quarter)}</h3>
        <ul className="pick-rows">
          {data.units.map((one) => (
            <li key={`${one.rater.id}${one.rated.id}`} className="analytics-due">
              <span>
                <b>{nameOf(one.rated)}</b>{' '}
                <span className="quiet">
                  {t.together(formatNumber(one.cases))} · {t.as(nameOf(one.rater))}
                </span>
              </span>
              <button
                type="button"
                className="tool tool-framed"
                aria-label={t.rateOf(nameOf(one.rated))}
                onClick={() => onRate({ ...one, quarter: data.quarter })}
              >
                {t.rate}
              </button>
            </li>
          ))}
        </ul>
      </div>
      <div>
        <h3>{t.dueCases(formatNumber(data.cases.length))}</h3>
        <ul className="pick-rows analytics-scroll">
          {data.cases.map((one) => (
            <li key={`${one.event.id}${one.rater.id}${one.rated.id}`} className="analytics-due">
              <span>
                <Go href={`/desk?event=${one.event.id}`}>{one.event.number}</Go>{' '}
                {lang === 'zh' ? one.category : one.categoryEn} · <b>{nameOf(one.rated)}</b>{' '}
                <span className="quiet">
                  {t.closed(formatTime(one.closedAt))} · {t.as(nameOf(one.rater))}
                </span>
              </span>
              <button
                type="button"
                className="tool tool-framed"
                aria-label={`${t.rateOf(nameOf(one.rated))}, ${t.ofCase(one.event.number)}`}
                onClick={() => onRate(one)}
              >
                {t.rate}
              </button>
            </li>
          ))}
        </ul>
      </div>
    </div>
  );
}

function Means({ data, criteria }: { data: Summary; criteria: readonly Criterion[] }) {
  const t = useText(analytics).ratings;
  const nameOf = useNames();
  if (data.units.length === 0) return <p className="quiet">{t.summaryNone}</p>;
  return (
    <div className="analytics-cards">
      {data.units.map(({ unit, side, count, marks }) => (
        <article key={`${unit.id}${side}`} className="analytics-card">
          <h3>{nameOf(unit)}</h3>
          <p className="quiet">
            {side === 'up' ? t.sideUp : t.sideDown} · {t.count(formatNumber(count))}
          </p>
          {count < data.least ? (
            <p className="quiet">{t.few(formatNumber(data.least))}</p>
          ) : (
            <dl className="analytics-marks">
              {marks.map(({ code, mean }) => (
                <div key={code}>
                  <dt>{nameOf(criteria.find((one) => one.code === code) ?? { name: code, nameEn: code })}</dt>
                  <dd>{mean === null ? '—' : formatNumber(Math.round(mean * 10) / 10)}</dd>
                </div>
              ))}
            </dl>
          )}
        </article>
      ))}
    </div>
  );
}

const sides: readonly RatingSide[] = ['all', 'given', 'received'];

function RatingList({ criteria }: { criteria: readonly Criterion[] }) {
  const t = useText(analytics).ratings;
  const [side, setSide] = useState<RatingSide>('all');
  const list = useInfiniteQuery(ratingsQuery(side));
  const [answered, setAnswered] = useState<Rating | null>(null);
  const rows = list.data?.pages.flatMap(({ items }) => items) ?? [];
  return (
    <section>
      <h2>{t.list}</h2>
      <div role="group" aria-label={t.list} className="page-periods page-filters">
        {sides.map((one) => (
          <button
            key={one}
            type="button"
            className="tool tool-framed"
            aria-pressed={one === side}
            onClick={() => setSide(one)}
          >
            {t.side[one]}
          </button>
        ))}
      </div>
      <Answer query={list}>
        {() =>
          rows.length === 0 ? (
            <p className="quiet">{t.listNone}</p>
          ) : (
            <ul className="pick-rows">
              {rows.map((row) => (
                <RatingLine key={row.id} row={row} criteria={criteria} onAnswer={() => setAnswered(row)} />
              ))}
            </ul>
          )
        }
      </Answer>
      <MoreButton list={list} words={t.more} />
      {answered !== null && <AnswerForm rating={answered} onClose={() => setAnswered(null)} />}
    </section>
  );
}

function RatingLine({
  row,
  criteria,
  onAnswer,
}: {
  row: Rating;
  criteria: readonly Criterion[];
  onAnswer: () => void;
}) {
  const t = useText(analytics).ratings;
  const nameOf = useNames();
  const { marks } = row;
  return (
    <li className="analytics-rating">
      <p>
        <b>{t.line(nameOf(row.rater), nameOf(row.rated))}</b>{' '}
        <span className="quiet">
          {row.event === null ? (
            t.ofQuarter(row.quarter ?? '')
          ) : (
            <Go href={`/desk?event=${row.event.id}`}>{t.ofCase(row.event.number)}</Go>
          )}{' '}
          · {formatTime(row.at)}
        </span>
      </p>
      <p className="analytics-tags">
        {criteria
          .filter(({ code }) => marks[code] !== undefined)
          .map((one) => (
            <span key={one.code} className="tag">
              {nameOf(one)} {t.mark(formatNumber(marks[one.code] ?? 0))}
            </span>
          ))}
      </p>
      {row.reason !== '' && <p>{row.reason}</p>}
      {row.answer !== null && (
        <p className="analytics-answer">
          <span className="quiet">
            {t.answerOf} · {t.answered(formatTime(row.answeredAt))}
          </span>{' '}
          {row.answer}
        </p>
      )}
      {row.mayAnswer && (
        <button type="button" className="tool tool-framed" onClick={onAnswer}>
          {t.answer}
        </button>
      )}
    </li>
  );
}
