import { figurePeriods } from '#contract/service-figures.ts';
import { useQuery } from '@tanstack/react-query';
import { useText } from '#web/i18n/area.ts';
import { languageChoice } from '#web/i18n/language.ts';
import { serviceFigures } from '#web/i18n/service-figures.ts';
import { figuresQuery, type Figures } from './queries.ts';
import { dayAfter, nextDay, type FiguresSearch } from './search.ts';
import type { ViewProps } from './FiguresView.tsx';

/** Which days, which station. */
export function Filters({ search, data, onChange, fixed = false }: ViewProps & { data: Figures | undefined }) {
  const t = useText(serviceFigures);
  const from = data?.span.from;
  const set = (change: Partial<FiguresSearch>): void => onChange({ ...search, ...change });
  return (
    <div className="page-filters" role="group" aria-label={t.filters}>
      <div role="group" aria-label={t.periods} className="page-periods">
        {figurePeriods.map((period) => (
          <button
            key={period}
            type="button"
            className="tool tool-framed"
            aria-pressed={period === search.period}
            onClick={() => onChange(inPeriod(search, period, data?.span))}
          >
            {t.period[period]}
          </button>
        ))}
      </div>
      {search.period === 'custom' ? (
        <Custom search={search} set={set} />
      ) : (
        from !== undefined && <Steps search={search} span={data?.span} from={from} set={set} />
      )}
      {!fixed && <StationChoice search={search} onChange={onChange} />}
    </div>
  );
}

/** The same days seen in another period; any days begin as those that were shown. */
function inPeriod(search: FiguresSearch, period: FiguresSearch['period'], span?: Figures['span']): FiguresSearch {
  if (span === undefined) return { ...search, period };
  if (period === 'custom') return { ...search, period, day: span.from, to: span.to };
  return { ...search, period, day: search.day ?? span.to };
}

interface PartProps {
  search: FiguresSearch;
  set: (change: Partial<FiguresSearch>) => void;
}

function Custom({ search, set }: PartProps) {
  const t = useText(serviceFigures);
  return (
    <>
      <label>
        {t.from}
        <input
          type="date"
          value={search.day ?? ''}
          max={search.to}
          onChange={({ target }) => target.value !== '' && set({ day: target.value })}
        />
      </label>
      <label>
        {t.to}
        <input
          type="date"
          value={search.to ?? ''}
          min={search.day}
          onChange={({ target }) => target.value !== '' && set({ to: target.value })}
        />
      </label>
    </>
  );
}

function Steps({ search, span, from, set }: PartProps & { span: Figures['span'] | undefined; from: string }) {
  const t = useText(serviceFigures);
  return (
    <>
      <button
        type="button"
        className="tool tool-framed"
        aria-label={t.before}
        onClick={() => set({ day: dayAfter(from, -1) })}
      >
        ‹
      </button>
      <label>
        <span className="visually-hidden">{t.onDay}</span>
        <input
          type="date"
          value={search.day ?? from}
          onChange={({ target }) => target.value !== '' && set({ day: target.value })}
        />
      </label>
      <button
        type="button"
        className="tool tool-framed"
        aria-label={t.after}
        disabled={span?.whole !== true}
        onClick={() => set({ day: nextDay(search.period, from) })}
      >
        ›
      </button>
    </>
  );
}

/** The stations one sees, from the figures of all of them. */
function StationChoice({ search, onChange }: Pick<ViewProps, 'search' | 'onChange'>) {
  const t = useText(serviceFigures);
  const lang = languageChoice.use();
  const { station: _station, of: _of, ...everywhere } = search;
  const { data } = useQuery(figuresQuery(everywhere));
  if (data === undefined || data.stations.length < 2) return null;
  return (
    <label>
      {t.station}
      <select
        value={search.station ?? ''}
        onChange={({ target }) => onChange(target.value === '' ? everywhere : { ...everywhere, station: target.value })}
      >
        <option value="">{t.allStations}</option>
        {data.stations.map(({ id, name, nameEn }) => (
          <option key={id} value={id}>
            {lang === 'zh' ? name : nameEn}
          </option>
        ))}
      </select>
    </label>
  );
}
