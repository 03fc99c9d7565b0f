import { useInfiniteQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { may, useMe } from '#web/app/me.ts';
import { useText } from '#web/i18n/area.ts';
import { common } from '#web/i18n/common.ts';
import { formatNumber } from '#web/i18n/format.ts';
import { shortfalls } from '#web/i18n/shortfalls.ts';
import { MoreButton } from '#web/ui/MoreButton.tsx';
import { ProblemNote } from '#web/ui/ProblemNote.tsx';
import { AddForm } from './AddForm.tsx';
import { DemandPane } from './DemandPane.tsx';
import { Filters } from './Filters.tsx';
import { ListTabs } from './ListTabs.tsx';
import { ProblemPane } from './ProblemPane.tsx';
import { demandsQuery, fileOf, problemsQuery } from './queries.ts';
import { RowLine, type Row } from './RowLine.tsx';
import { useShortfallSearch } from './search.ts';
import { ShortfallMap, type MapExtras } from './ShortfallMap.tsx';
import { StandingBar } from './StandingBar.tsx';
import './shortfalls.css';

/** 设施问题清单 and 市场需求账: the list, the map of the same, and one line in full. On a phone one at a time. */
export function ShortfallsPage() {
  const t = useText(shortfalls);
  const [search, go] = useShortfallSearch();
  const { row } = search;
  const [extras, setExtras] = useState<MapExtras | null>(null);
  const { list, rows, classes } = useRows();
  const choose = (id: string): void => go({ row: id });
  const back = (): void => go({ row: undefined });
  return (
    <div className={`shortfalls${row === undefined ? '' : ' shortfalls-chosen'}`}>
      <section className="list-side shortfalls-list" aria-label={t.lists[search.list]}>
        <PageHead area={search.area} onAdded={(id) => go({ list: 'problems', row: id })} />
        <StandingBar area={search.area} />
        <ListTabs search={search} />
        <Filters search={search} classes={classes} onChange={(change) => go({ ...change, row: undefined })} />
        <Rows list={list} rows={rows} total={list.data?.pages[0]?.total} chosen={row} onChoose={choose} />
      </section>
      <section className="detail-side shortfalls-detail" aria-label={t.detail}>
        <ShortfallMap
          rows={rows}
          chosen={row}
          extras={row === undefined ? null : extras}
          onChoose={choose}
          onArea={(area) => go({ area, row: undefined })}
        />
        {row === undefined && <p className="choose-none shortfalls-none">{t.choose}</p>}
        {row !== undefined && search.list === 'problems' && (
          <ProblemPane key={row} id={row} onBack={back} onShow={setExtras} />
        )}
        {row !== undefined && search.list === 'demand' && (
          <DemandPane key={row} id={row} onBack={back} onShow={setExtras} />
        )}
      </section>
    </div>
  );
}

/** The rows of the list that the address names. */
function useRows() {
  const [search] = useShortfallSearch();
  const problems = useInfiniteQuery(problemsQuery(search));
  const demands = useInfiniteQuery(demandsQuery(search));
  const list = search.list === 'problems' ? problems : demands;
  const rows = useMemo(
    (): readonly Row[] | undefined => list.data?.pages.flatMap(({ items }): readonly Row[] => items),
    [list.data],
  );
  return { list, rows, classes: list.data?.pages[0]?.classes ?? [] };
}

function PageHead({ area, onAdded }: { area: string | undefined; onAdded: (id: string) => void }) {
  const t = useText(shortfalls);
  const me = useMe();
  const [adding, setAdding] = useState(false);
  return (
    <>
      <header>
        <h1>{t.title}</h1>
        <span className="form-buttons">
          <a className="tool tool-framed" href={fileOf('xlsx', area)} download>
            {t.xlsx}
          </a>
          <a className="tool tool-framed" href={fileOf('docx', area)} download>
            {t.docx}
          </a>
          {may(me, 'circle.plan') && (
            <button type="button" className="tool tool-framed" onClick={() => setAdding(true)}>
              {t.add}
            </button>
          )}
        </span>
      </header>
      <p className="quiet">{t.lead}</p>
      {adding && (
        <AddForm
          onClose={() => setAdding(false)}
          onSaved={(id) => {
            setAdding(false);
            onAdded(id);
          }}
        />
      )}
    </>
  );
}

interface RowsProps {
  list: ReturnType<typeof useRows>['list'];
  rows: readonly Row[] | undefined;
  total: number | undefined;
  chosen: string | undefined;
  onChoose: (id: string) => void;
}

function Rows({ list, rows, total, chosen, onChoose }: RowsProps) {
  const t = useText(shortfalls);
  const c = useText(common);
  return (
    <>
      <ProblemNote error={list.error} onRetry={() => void list.refetch()} />
      {rows === undefined && list.error === null && (
        <p className="waiting" role="status">
          {c.loading}
        </p>
      )}
      {rows !== undefined && (
        <p className="quiet" role="status">
          {rows.length === 0 ? t.empty : t.shown(formatNumber(total ?? rows.length))}
        </p>
      )}
      {rows !== undefined && rows.length > 0 && (
        <ul className="pick-rows shortfalls-rows">
          {rows.map((one) => (
            <li key={one.id}>
              <button
                type="button"
                className="pick-row shortfalls-row"
                aria-current={one.id === chosen ? 'true' : undefined}
                onClick={() => onChoose(one.id)}
              >
                <RowLine row={one} />
              </button>
            </li>
          ))}
        </ul>
      )}
      <MoreButton list={list} words={t.more} />
    </>
  );
}
