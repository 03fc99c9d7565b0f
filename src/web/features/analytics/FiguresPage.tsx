import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useRef } from 'react';
import { indicatorGroups } from '#contract/analytics-views.ts';
import { casesLink, type CasesFilter } from '#web/app/cases-link.ts';
import { analytics } from '#web/i18n/analytics.ts';
import { useText } from '#web/i18n/area.ts';
import { formatDate, formatTime } from '#web/i18n/format.ts';
import { languageChoice } from '#web/i18n/language.ts';
import { LineChart } from '#web/ui/charts/LineChart.tsx';
import { Awaited } from '#web/ui/Answer.tsx';
import { AreaGrades } from './AreaGrades.tsx';
import { Filters } from './Filters.tsx';
import { IndicatorCard } from './IndicatorCard.tsx';
import { figuresQuery, useFigureWords, type Figure, type Figures, type IndicatorWord } from './queries.ts';
import { parseFiguresSearch, type FiguresSearch } from './search.ts';
import { formatValue } from './values.ts';
import { Waits } from './Waits.tsx';
import './analytics.css';

const first = 'closed_on_time_rate';

/** All indicators of an area and some days, with their cases, grades, waits, trend and map. */
export function FiguresPage() {
  const t = useText(analytics);
  const lang = languageChoice.use();
  const search = parseFiguresSearch(useSearch({ strict: false }));
  const navigate = useNavigate();
  const go = (next: FiguresSearch): void => void navigate({ to: '.', search: next as never });
  const { data, error, refetch, isPlaceholderData } = useQuery(figuresQuery(search));
  const unit = data?.unit ?? null;
  const place = data?.place?.name ?? (lang === 'zh' ? unit?.name : unit?.nameEn) ?? '';
  return (
    <div className="page-flow analytics">
      <header>
        <h1>
          {t.title}
          {place !== '' && <> · {place}</>}
        </h1>
        <p className="quiet">{t.lead}</p>
      </header>
      <Filters search={search} shown={data} unit={unit} onChange={go} />
      <Awaited query={{ data, error, refetch }} />
      {data !== undefined && (
        <div className="analytics-body" aria-busy={isPlaceholderData}>
          <p className="quiet" role="status">
            {t.basis(formatDate(data.from), formatDate(data.to))} ·{' '}
            {data.asOf.told ? t.asOf(formatTime(data.asOf.at)) : t.adding}
          </p>
          <Body data={data} search={search} go={go} />
        </div>
      )}
    </div>
  );
}

interface BodyProps {
  data: Figures;
  search: FiguresSearch;
  go: (next: FiguresSearch) => void;
}

function Body({ data, search, go }: BodyProps) {
  const { words, nameOf } = useFigureWords();
  const where: CasesFilter = {
    from: data.from,
    to: data.to,
    area: data.place?.code,
    class: search.class,
    unit: data.unit?.id,
  };
  const chosen = words?.indicators.find(({ code, kind }) => code === (search.indicator ?? first) && kind !== 'none');
  const figure = data.indicators.find(({ code }) => code === chosen?.code);
  const detail = useRef<HTMLDivElement>(null);
  const cards = {
    data,
    where,
    chosen: chosen?.code,
    onChoose: (indicator: string): void => {
      go({ ...search, indicator });
      detail.current?.scrollIntoView({ block: 'start' });
    },
  };
  return (
    <>
      <Cards {...cards} groups={indicatorGroups.slice(0, 1)} />
      <div ref={detail}>
        {chosen !== undefined && figure !== undefined && <Trend word={chosen} figure={figure} where={where} />}
      </div>
      {chosen !== undefined && data.unit === null && (
        <AreaGrades
          search={search}
          word={chosen}
          name={nameOf(chosen)}
          where={where}
          onOpen={(area) => go({ ...search, area })}
        />
      )}
      <Waits waits={data.waits} />
      <Cards {...cards} groups={indicatorGroups.slice(1)} />
    </>
  );
}

interface CardsProps {
  data: Figures;
  where: CasesFilter;
  chosen: string | undefined;
  onChoose: (code: string) => void;
  groups: readonly (typeof indicatorGroups)[number][];
}

function Cards({ data, where, chosen, onChoose, groups }: CardsProps) {
  const t = useText(analytics);
  const { words } = useFigureWords();
  return groups.map((group) => (
    <section key={group}>
      <h2>{t.groups[group]}</h2>
      <div className="analytics-cards">
        {(words?.indicators ?? [])
          .filter((one) => one.group === group)
          .map((word) => {
            const figure = data.indicators.find(({ code }) => code === word.code);
            return (
              figure !== undefined && (
                <IndicatorCard
                  key={word.code}
                  word={word}
                  figure={figure}
                  figures={data}
                  where={where}
                  chosen={word.code === chosen}
                  onChoose={onChoose}
                />
              )
            );
          })}
      </div>
    </section>
  ));
}

function Trend({ word, figure, where }: { word: IndicatorWord; figure: Figure; where: CasesFilter }) {
  const t = useText(analytics);
  const { nameOf } = useFigureWords();
  const byWeek = figure.trend.some(({ from, to }) => from !== to);
  if (figure.trend.length < 2) return null;
  return (
    <LineChart
      title={t.trendOf(nameOf(word))}
      means={t.trendMeans[byWeek ? 'week' : 'day']}
      format={(value) => formatValue(word.kind, value)}
      points={figure.trend.map(({ from, to }) => ({
        key: from,
        name: from === to ? formatDate(from) : `${formatDate(from)} – ${formatDate(to)}`,
        short: from.slice(5).replace('-', '/'),
        href: casesLink({ ...where, from, to, indicator: word.code, part: 'denominator' }),
      }))}
      series={[
        {
          key: word.code,
          name: nameOf(word),
          values: figure.trend.map(({ numerator, denominator }) =>
            word.kind === 'count' ? numerator : denominator === 0 ? null : numerator / denominator,
          ),
        },
      ]}
    />
  );
}
