import { useQuery } from '@tanstack/react-query';
import { Suspense, useMemo, useState } from 'react';
import { useFacilityWords } from '#web/app/facility-words.ts';
import { theme as themeChoice } from '#web/app/preferences.ts';
import { useText } from '#web/i18n/area.ts';
import { common } from '#web/i18n/common.ts';
import { facilities } from '#web/i18n/facilities.ts';
import { formatDate, formatNumber } from '#web/i18n/format.ts';
import { LazyMapCanvas } from '#web/map/lazy.tsx';
import { middleOf } from '#web/map/middle.ts';
import { ProblemNote } from '#web/ui/ProblemNote.tsx';
import { Waiting } from '#web/ui/Answer.tsx';
import { ScrollFrame } from '#web/ui/ScrollFrame.tsx';
import { ImportCells } from './ImportForm.tsx';
import { cellLayer } from './layers.ts';
import type { TabProps } from './ListTab.tsx';
import { dayTime } from './Parts.tsx';
import { cellsQuery, sumsQuery, type Sums } from './queries.ts';

/** Who lives where, in numbers: sums by area, and the cells on the map. */
export function PopulationTab({ search, go }: TabProps) {
  const t = useText(facilities);
  const p = t.population;
  const { suppressBelow } = useFacilityWords();
  const query = useQuery(sumsQuery(search.area));
  const [importing, setImporting] = useState(false);
  const sums = query.data;
  return (
    <div className="fac-both">
      <section className="list-side fac-list" aria-label={t.tabs.population}>
        <p className="quiet">{p.lead}</p>
        {sums?.mayEdit === true && (
          <span className="form-buttons">
            <button type="button" className="tool tool-framed" onClick={() => setImporting(true)}>
              {p.import}
            </button>
          </span>
        )}
        <ProblemNote error={query.error} onRetry={() => void query.refetch()} />
        <Waiting query={query} />
        {sums !== undefined && (
          <>
            <nav className="fac-path" aria-label={t.area}>
              {sums.path.map(({ code, name }) => (
                <button key={code} type="button" className="link-button" onClick={() => go({ area: code })}>
                  {name}
                </button>
              ))}
            </nav>
            {sums.total.cells === 0 ? <p>{p.none}</p> : <SumTable sums={sums} onChoose={(area) => go({ area })} />}
            {!sums.exact && <p className="quiet">{p.fewNote(formatNumber(suppressBelow))}</p>}
            {sums.sources.length > 0 && (
              <>
                <h3>{p.sources}</h3>
                <ul className="fac-lines">
                  {sums.sources.map(({ source, asOf, cells }) => (
                    <li key={source}>{p.source(source, formatDate(dayTime(asOf)), formatNumber(cells))}</li>
                  ))}
                </ul>
              </>
            )}
          </>
        )}
      </section>
      <section className="detail-side fac-detail" aria-label={p.map}>
        <CellMap area={search.area} />
      </section>
      {importing && <ImportCells onClose={() => setImporting(false)} />}
    </div>
  );
}

function SumTable({ sums, onChoose }: { sums: Sums; onChoose: (area: string) => void }) {
  const t = useText(facilities);
  const p = t.population;
  const { suppressBelow } = useFacilityWords();
  const told = (n: number | null): string => (n === null ? p.few(formatNumber(suppressBelow)) : formatNumber(n));
  return (
    <ScrollFrame area="fac-scroll-wide" label={t.tabs.population}>
      <table className="fac-table fac-numbers">
        <thead>
          <tr>
            {[t.area, p.people, p.elders, p.children, p.cells].map((words) => (
              <th key={words} scope="col">
                {words}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {sums.parts.map((one) => (
            <tr key={one.areaCode}>
              <th scope="row">
                <button type="button" className="link-button" onClick={() => onChoose(one.areaCode)}>
                  {one.areaName}
                </button>
              </th>
              <td>{told(one.people)}</td>
              <td>{told(one.elders)}</td>
              <td>{told(one.children)}</td>
              <td>{formatNumber(one.cells)}</td>
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row">{p.total}</th>
            <td>{told(sums.total.people)}</td>
            <td>{told(sums.total.elders)}</td>
            <td>{told(sums.total.children)}</td>
            <td>{formatNumber(sums.total.cells)}</td>
          </tr>
        </tfoot>
      </table>
    </ScrollFrame>
  );
}

function CellMap({ area }: { area: string | undefined }) {
  const t = useText(facilities);
  const c = useText(common).map;
  const theme = themeChoice.use();
  const [failed, setFailed] = useState(false);
  const found = useQuery(cellsQuery(area)).data;
  const layers = useMemo(
    () => (found === undefined ? [] : [cellLayer(found.items, theme, t.population.legend)]),
    [found, theme, t],
  );
  const middle = useMemo(() => middleOf(found?.items ?? []), [found]);
  if (found === undefined) return null;
  if (failed) return <p className="quiet">{c.failed}</p>;
  return (
    <>
      <div className="list-map fac-map fac-map-tall">
        <Suspense fallback={<p className="waiting">{c.loading}</p>}>
          <LazyMapCanvas
            label={t.population.map}
            centre={middle === null ? null : { lon: middle.lon, lat: middle.lat }}
            zoom={14}
            layers={layers}
            onFailure={() => setFailed(true)}
          />
        </Suspense>
      </div>
      {found.more && <p className="quiet">{t.list.moreOnMap}</p>}
    </>
  );
}
