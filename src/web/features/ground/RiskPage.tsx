import { useInfiniteQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { riskFormats } from '#contract/risk-points.ts';
import { Go } from '#web/app/Go.tsx';
import { may, useMe } from '#web/app/me.ts';
import { useText } from '#web/i18n/area.ts';
import { common } from '#web/i18n/common.ts';
import { formatNumber } from '#web/i18n/format.ts';
import { ground } from '#web/i18n/ground.ts';
import { inspections } from '#web/i18n/inspections.ts';
import { MoreButton } from '#web/ui/MoreButton.tsx';
import { ProblemNote } from '#web/ui/ProblemNote.tsx';
import { riskFile, risksQuery, type RiskRow } from './queries.ts';
import { RiskFilters } from './RiskFilters.tsx';
import { RiskForm } from './RiskForm.tsx';
import { RiskLine } from './RiskLine.tsx';
import { RiskMap } from './RiskMap.tsx';
import { RiskPane } from './RiskPane.tsx';
import { useGroundSearch } from './search.ts';
import './ground.css';

/** Points of risk: the list, the map of the same, and one of them in full. On a phone one at a time. */
export function RiskPage() {
  const t = useText(ground);
  const i = useText(inspections);
  const c = useText(common);
  const me = useMe();
  const [search, go] = useGroundSearch();
  const [adding, setAdding] = useState(false);
  const list = useInfiniteQuery(risksQuery(search));
  const rows = useMemo(() => list.data?.pages.flatMap(({ items }) => items), [list.data]);
  return (
    <div className={`ground${search.row === undefined ? '' : ' ground-chosen'}`}>
      <section className="list-side ground-list" aria-label={t.risk.list}>
        <header>
          <h1>{t.risk.title}</h1>
          <span className="form-buttons">
            {riskFormats.map((format) => (
              <a key={format} className="tool tool-framed" href={riskFile(search, format)} download>
                {i.export[format]}
              </a>
            ))}
          </span>
          {may(me, 'risk.edit') && (
            <span className="form-buttons">
              <Go href="/desk/admin/import?kind=risks" className="tool tool-framed">
                {t.risk.import}
              </Go>
              <button type="button" className="tool tool-framed" onClick={() => setAdding(true)}>
                {t.risk.add}
              </button>
            </span>
          )}
        </header>
        <p className="quiet">{t.risk.lead}</p>
        <RiskFilters search={search} onChange={(change) => go({ ...change, row: undefined })} />
        <ProblemNote error={list.error} onRetry={() => void list.refetch()} />
        {rows === undefined && list.error === null && (
          <p className="waiting" role="status">
            {c.loading}
          </p>
        )}
        {rows !== undefined && (
          <p className="quiet" role="status">
            {rows.length === 0 ? t.risk.empty : t.shown(formatNumber(rows.length))}
          </p>
        )}
        {rows !== undefined && rows.length > 0 && (
          <RiskRows rows={rows} chosen={search.row} onChoose={(row) => go({ row })} />
        )}
        <MoreButton list={list} words={t.more} />
      </section>
      <section className="detail-side ground-detail" aria-label={t.risk.detail}>
        <RiskMap search={search} onChoose={(row) => go({ row })} />
        {search.row === undefined ? (
          <p className="choose-none ground-none">{t.risk.choose}</p>
        ) : (
          <RiskPane key={search.row} id={search.row} onBack={() => go({ row: undefined })} />
        )}
      </section>
      {adding && (
        <RiskForm
          point={null}
          onClose={() => setAdding(false)}
          onSaved={(row) => {
            setAdding(false);
            go({ row });
          }}
        />
      )}
    </div>
  );
}

interface RowsProps {
  rows: readonly RiskRow[];
  chosen: string | undefined;
  onChoose: (id: string) => void;
}

function RiskRows({ rows, chosen, onChoose }: RowsProps) {
  return (
    <ul className="pick-rows ground-rows">
      {rows.map((row) => (
        <li key={row.id}>
          <button
            type="button"
            className="pick-row ground-row"
            aria-current={row.id === chosen ? 'true' : undefined}
            onClick={() => onChoose(row.id)}
          >
            <RiskLine point={row} more={[row.areaName, row.unitName]} />
          </button>
        </li>
      ))}
    </ul>
  );
}
