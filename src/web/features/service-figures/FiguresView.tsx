import { useQuery } from '@tanstack/react-query';
import { useText } from '#web/i18n/area.ts';
import { formatDate } from '#web/i18n/format.ts';
import { serviceFigures } from '#web/i18n/service-figures.ts';
import { Awaited } from '#web/ui/Answer.tsx';
import { DemandMap } from './DemandMap.tsx';
import { Filters } from './Filters.tsx';
import { RecordList } from './RecordList.tsx';
import { Reports } from './Reports.tsx';
import { ByActivity, CountedTable, Visitors } from './Tables.tsx';
import { Totals } from './Totals.tsx';
import { Trend } from './Trend.tsx';
import { figuresQuery, type Figures } from './queries.ts';
import type { CountedBy, FiguresSearch } from './search.ts';
import './service-figures.css';

export interface ViewProps {
  search: FiguresSearch;
  onChange: (search: FiguresSearch) => void;
  /** Of one station: which one is not asked. */
  fixed?: boolean;
}

/** All figures of a period, or the records behind one of them. */
export function FiguresView({ search, onChange, fixed = false }: ViewProps) {
  const { data, error, refetch, isPlaceholderData } = useQuery(figuresQuery(search));
  return (
    <>
      <Filters search={search} data={data} onChange={onChange} fixed={fixed} />
      <Awaited query={{ data, error, refetch }} />
      {data !== undefined && (
        <div className="service-figures-body" aria-busy={isPlaceholderData}>
          <Span span={data.span} />
          {search.of === undefined ? (
            <Numbers
              data={data}
              search={search}
              onChange={onChange}
              onOpen={(of, over) => onChange({ ...search, ...over, of })}
            />
          ) : (
            <RecordList
              search={search}
              figures={data}
              onBack={() => onChange(withoutList(search))}
              onActivity={(activity) => onChange({ ...search, of: { activity } })}
            />
          )}
        </div>
      )}
    </>
  );
}

function withoutList({ of: _of, ...rest }: FiguresSearch): FiguresSearch {
  return rest;
}

function Span({ span }: { span: Figures['span'] }) {
  const t = useText(serviceFigures);
  const { from, to, whole, before } = span;
  return (
    <p role="status">
      <b>{from === to ? formatDate(from) : t.spanTo(formatDate(from), formatDate(to))}</b>
      {!whole && <span className="tag">{t.unfinished}</span>}{' '}
      <span className="quiet">{t.compared(formatDate(before.from), formatDate(before.to))}</span>
    </p>
  );
}

interface NumbersProps {
  data: Figures;
  search: FiguresSearch;
  onChange: (search: FiguresSearch) => void;
  onOpen: (of: CountedBy, over?: Partial<FiguresSearch>) => void;
}

function Numbers({ data, search, onChange, onOpen }: NumbersProps) {
  const t = useText(serviceFigures);
  const none = data.records.now === 0 && data.records.before === 0 && data.activities.now === 0;
  return (
    <>
      <Totals data={data} station={search.station} onOpen={() => onOpen({})} />
      <Reports span={data.span} station={search.station} />
      {none ? (
        <p>{t.noRecords}</p>
      ) : (
        <>
          <Trend trend={data.trend} onDay={(day) => onChange({ ...search, period: 'day', day })} />
          <DemandMap search={search} onOpen={onOpen} />
          <div className="service-figures-tables">
            <CountedTable title={t.byKind} first={t.kind} rows={data.byKind} onOpen={(kind) => onOpen({ kind })} />
            {data.byStation.length > 1 && (
              <CountedTable
                title={t.byStation}
                first={t.station}
                rows={data.byStation}
                onOpen={(station) => onOpen({}, { station })}
              />
            )}
            <CountedTable
              title={t.byWeather}
              first={t.weather}
              means={t.weatherMeans}
              rows={data.byWeather}
              onOpen={(weather) => onOpen({ weather })}
            />
            <Visitors visitors={data.visitors} onOpen={(visitor) => onOpen({ visitor })} />
            <CountedTable
              title={t.byPartner}
              first={t.partner}
              means={t.partnerMeans}
              rows={data.byPartner}
              onOpen={(partner) => onOpen({ partner })}
            />
            <ByActivity rows={data.byActivityKind} />
          </div>
        </>
      )}
    </>
  );
}
