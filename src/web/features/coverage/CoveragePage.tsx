import { useQuery } from '@tanstack/react-query';
import { may, useMe } from '#web/app/me.ts';
import { useText } from '#web/i18n/area.ts';
import { common } from '#web/i18n/common.ts';
import { coverage } from '#web/i18n/coverage.ts';
import { formatNumber, formatTime } from '#web/i18n/format.ts';
import { Go } from '#web/app/Go.tsx';
import { ProblemNote } from '#web/ui/ProblemNote.tsx';
import { CoverageMap } from './CoverageMap.tsx';
import { Households } from './Households.tsx';
import { coverageQuery, type Coverage, type CoverageRow } from './queries.ts';
import { measures, useCoverageSearch, type Measure } from './search.ts';
import { ShareBar, ShareCard } from './Share.tsx';
import './coverage.css';

/** Who is reached, from the city down to a door: figures of one area, the areas below it, and at a grid its households. */
export function CoveragePage() {
  const t = useText(coverage);
  const c = useText(common);
  const me = useMe();
  const [search, go] = useCoverageSearch();
  const { data, error, refetch } = useQuery(coverageQuery(search.area));
  return (
    <div className="page-flow coverage">
      <header>
        <h1>{t.title}</h1>
        <p className="quiet">{t.lead}</p>
      </header>
      <ProblemNote error={error} onRetry={() => void refetch()} />
      {data === undefined && error === null && (
        <p className="waiting" role="status">
          {c.loading}
        </p>
      )}
      {data !== undefined && (
        <>
          <Above data={data} measure={search.measure} />
          <Figures data={data} />
          {data.parts.length > 0 && (
            <Below data={data} measure={search.measure} onMeasure={(measure) => go({ measure })} />
          )}
          {may(me, 'visit.do') && !data.area.opens && <Households area={data.area} />}
        </>
      )}
    </div>
  );
}

const hrefOf = (area: string, measure: Measure): string => `/desk/coverage?area=${area}&measure=${measure}`;

function Above({ data, measure }: { data: Coverage; measure: Measure }) {
  const t = useText(coverage);
  return (
    <nav aria-label={t.above}>
      <ol className="coverage-above">
        {data.above.map(({ code, name }) => (
          <li key={code}>
            <Go href={hrefOf(code, measure)}>{name}</Go>
          </li>
        ))}
        <li aria-current="page">
          <b>{data.area.name}</b>
        </li>
      </ol>
    </nav>
  );
}

function Figures({ data: { area, at, rules } }: { data: Coverage }) {
  const t = useText(coverage);
  return (
    <>
      <div className="coverage-cards">
        <ShareCard name={t.online} share={area.online} words={t.onlineWords} />
        <ShareCard
          name={t.visited}
          share={area.visited}
          words={t.visitedWords}
          more={t.registered(formatNumber(area.registered))}
        />
      </div>
      <details className="coverage-how">
        <summary>
          {t.how} · <span className="quiet">{t.asOf(formatTime(at))}</span>
        </summary>
        <ul>
          <li>
            <b>{t.online}</b> {t.howOnline}
          </li>
          <li>
            <b>{t.visited}</b> {t.howVisited(formatNumber(rules.visitedWithinDays))}
          </li>
          <li>{t.howFew(formatNumber(rules.suppressBelow))}</li>
          <li>{t.howTerms}</li>
        </ul>
      </details>
    </>
  );
}

interface BelowProps {
  data: Coverage;
  measure: Measure;
  onMeasure: (measure: Measure) => void;
}

function Below({ data, measure, onMeasure }: BelowProps) {
  const t = useText(coverage);
  const [, go] = useCoverageSearch();
  return (
    <>
      <fieldset className="coverage-measure">
        <legend>{t.measure}</legend>
        {measures.map((one) => (
          <label key={one}>
            <input type="radio" name="measure" checked={one === measure} onChange={() => onMeasure(one)} />
            {t[one]}
          </label>
        ))}
      </fieldset>
      <div className="coverage-below">
        <PartsTable rows={data.parts} measure={measure} />
        <CoverageMap rows={data.parts} measure={measure} onOpen={(area) => go({ area })} />
      </div>
    </>
  );
}

/** Lowest first: where something is to be done stands at the top. */
function PartsTable({ rows, measure }: { rows: readonly CoverageRow[]; measure: Measure }) {
  const t = useText(coverage);
  const place = (row: CoverageRow): number => row[measure].percent ?? 101;
  return (
    <div className="coverage-table">
      <table>
        <caption>
          {t.table} <span className="quiet">({t.lowFirst})</span>
        </caption>
        <thead>
          <tr>
            <th scope="col">{t.area}</th>
            <th scope="col" className="coverage-number">
              {t.residents}
            </th>
            <th scope="col">{t.online}</th>
            <th scope="col">{t.visited}</th>
          </tr>
        </thead>
        <tbody>
          {rows
            .toSorted((a, b) => place(a) - place(b) || a.code.localeCompare(b.code))
            .map((row) => (
              <tr key={row.code}>
                <th scope="row">
                  <Go href={hrefOf(row.code, measure)} aria-label={t.open(row.name)}>
                    {row.name}
                  </Go>
                </th>
                <td className="coverage-number">{formatNumber(row.residents)}</td>
                <td>
                  <ShareBar share={row.online} />
                </td>
                <td>
                  <ShareBar share={row.visited} />
                </td>
              </tr>
            ))}
        </tbody>
      </table>
    </div>
  );
}
