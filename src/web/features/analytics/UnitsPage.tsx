import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useAreaChoices } from '#web/app/area-choices.ts';
import { casesLink } from '#web/app/cases-link.ts';
import { Go } from '#web/app/Go.tsx';
import { analytics } from '#web/i18n/analytics.ts';
import { useText } from '#web/i18n/area.ts';
import { formatNumber, formatTime } from '#web/i18n/format.ts';
import { languageChoice } from '#web/i18n/language.ts';
import { Answer } from '#web/ui/Answer.tsx';
import { FilterChoice } from '#web/ui/FilterParts.tsx';
import { ScrollFrame } from '#web/ui/ScrollFrame.tsx';
import { Funnel } from './Funnel.tsx';
import { GradeMark } from './GradeMark.tsx';
import { parseUnitsSearch, type UnitsSearch } from './search.ts';
import { compareQuery, type Comparison, type UnitLine } from './unit-queries.ts';
import { formatShare } from './values.ts';
import './analytics.css';

/** Units beside what the same cases would bring anywhere; in order of names. */
export function UnitsPage() {
  const t = useText(analytics);
  const search = parseUnitsSearch(useSearch({ strict: false }));
  const navigate = useNavigate();
  const query = useQuery(compareQuery(search));
  const go = (next: UnitsSearch): void => void navigate({ to: '.', search: next as never });
  return (
    <div className="page-flow analytics">
      <header>
        <h1>
          {t.units.title}
          {query.data !== undefined && <> · {query.data.place.name}</>}
        </h1>
        <p className="quiet">{t.units.lead}</p>
      </header>
      <Filters search={search} shown={query.data} onChange={go} />
      <Answer query={query}>
        {(data) => (
          <div className="analytics-body" aria-busy={query.isPlaceholderData}>
            <p className="quiet" role="status">
              {data.rate !== null && <>{t.units.rate(formatShare(data.rate))} · </>}
              {data.asOf.told ? t.asOf(formatTime(data.asOf.at)) : t.adding}
            </p>
            {data.units.length === 0 ? <p>{t.units.none}</p> : <Units data={data} />}
          </div>
        )}
      </Answer>
    </div>
  );
}

function Filters({
  search,
  shown,
  onChange,
}: {
  search: UnitsSearch;
  shown: Comparison | undefined;
  onChange: (next: UnitsSearch) => void;
}) {
  const t = useText(analytics);
  const areas = useAreaChoices(search.area, 9);
  const { area: _area, ...months } = search;
  const from = search.from ?? shown?.from ?? '';
  const to = search.to ?? shown?.to ?? '';
  return (
    <div className="page-filters" role="group" aria-label={t.filters}>
      <label>
        <span>{t.units.from}</span>
        <input
          type="month"
          value={from}
          max={to}
          onChange={({ target }) => target.value !== '' && onChange({ ...search, from: target.value, to })}
        />
      </label>
      <label>
        <span>{t.units.to}</span>
        <input
          type="month"
          value={to}
          min={from}
          onChange={({ target }) => target.value !== '' && onChange({ ...search, from, to: target.value })}
        />
      </label>
      {areas.length > 0 && (
        <FilterChoice
          label={t.area}
          value={search.area ?? ''}
          any={t.ownArea}
          choices={areas}
          onChange={(area) => onChange(area === '' ? months : { ...search, area })}
        />
      )}
    </div>
  );
}

function Units({ data }: { data: Comparison }) {
  const t = useText(analytics).units;
  return (
    <>
      <Funnel units={data.units} />
      <section>
        <p className="quiet">{t.fewWords(formatNumber(data.least))}</p>
        <ScrollFrame area="table-frame" label={t.title}>
          <table className="data-table">
            <thead>
              <tr>
                <th scope="col">{t.unit}</th>
                <th scope="col">{t.band}</th>
                <th scope="col">{t.ratio}</th>
                <th scope="col">{t.cases}</th>
                <th scope="col">{t.late}</th>
                <th scope="col">{t.expected}</th>
                <th scope="col" title={t.difficultyWords}>
                  {t.difficulty}
                </th>
                <th scope="col" title={t.handleWords}>
                  {t.handle}
                </th>
                <th scope="col">{t.returned}</th>
                <th scope="col">{t.load}</th>
              </tr>
            </thead>
            <tbody>
              {data.units.map((line) => (
                <Row key={line.unit.id} line={line} data={data} />
              ))}
            </tbody>
          </table>
        </ScrollFrame>
        <details className="analytics-how">
          <summary>{t.how}</summary>
          <p>{t.howWords}</p>
          <p>
            {t.difficulty}: {t.difficultyWords}. {t.handle}: {t.handleWords}.
          </p>
        </details>
      </section>
    </>
  );
}

const two = (value: number | null): string => (value === null ? '—' : formatNumber(Math.round(value * 100) / 100));

/** The last day of a month 'YYYY-MM'. */
const lastDay = (month: string): string =>
  new Date(Date.UTC(Number(month.slice(0, 4)), Number(month.slice(5)), 0)).toISOString().slice(0, 10);

function Row({ line, data }: { line: UnitLine; data: Comparison }) {
  const t = useText(analytics).units;
  const lang = languageChoice.use();
  const where = { unit: line.unit.id, area: data.place.code, from: `${data.from}-01`, to: lastDay(data.to) };
  return (
    <tr>
      <th scope="row">{lang === 'zh' ? line.unit.name : line.unit.nameEn}</th>
      <td>
        {line.band === null ? (
          <span className="quiet">{t.few}</span>
        ) : (
          <span className="analytics-verdict">
            <GradeMark grade={line.band} /> {t.bands[line.band]}
          </span>
        )}
      </td>
      <td>
        {two(line.ratio)}{' '}
        {line.low !== null && line.high !== null && (
          <span className="quiet">{t.interval(two(line.low), two(line.high))}</span>
        )}
      </td>
      <td>
        <Go href={casesLink({ ...where, measure: 'close_due' })}>{formatNumber(line.cases)}</Go>
      </td>
      <td>
        <Go href={casesLink({ ...where, measure: 'not_on_time' })}>{formatNumber(line.late)}</Go>
      </td>
      <td>{two(line.expectedLate)}</td>
      <td>{two(line.difficulty)}</td>
      <td>{two(line.handleRatio)}</td>
      <td>{t.returnedOf(formatNumber(line.offersReturned), formatNumber(line.offers))}</td>
      <td>
        {line.heads === null ? (
          <span className="quiet">{t.noHeads}</span>
        ) : (
          t.loadOf(two(line.casesPerHeadMonth), formatNumber(line.heads))
        )}
      </td>
    </tr>
  );
}
