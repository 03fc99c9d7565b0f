import { useRiskKinds } from '#web/app/ground-words.ts';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Suspense, useMemo, useRef, useState } from 'react';
import { riskStates } from '#contract/risk-points.ts';
import { Go } from '#web/app/Go.tsx';
import { may, useMe } from '#web/app/me.ts';
import { theme as themeChoice } from '#web/app/preferences.ts';
import { useText } from '#web/i18n/area.ts';
import { common } from '#web/i18n/common.ts';
import { formatNumber } from '#web/i18n/format.ts';
import { ground } from '#web/i18n/ground.ts';
import { LazyMapCanvas } from '#web/map/lazy.tsx';
import { ProblemNote } from '#web/ui/ProblemNote.tsx';
import { FilterChoice, FindBox } from './Parts.tsx';
import { risksQuery, type RiskRow } from './queries.ts';
import { riskLayer } from './risk-layer.ts';
import { levelKeys, levelKeyOf } from './risk-words.ts';
import { middleOf } from './middle.ts';
import { RiskForm } from './RiskForm.tsx';
import { RiskPane } from './RiskPane.tsx';
import { useGroundSearch, type GroundSearch } from './search.ts';
import './ground.css';

/** Points of risk: the list, the map of the same, and one of them in full. On a phone one at a time. */
export function RiskPage() {
  const t = useText(ground);
  const c = useText(common);
  const me = useMe();
  const [search, go] = useGroundSearch();
  const [adding, setAdding] = useState(false);
  const list = useInfiniteQuery(risksQuery(search));
  const rows = useMemo(() => list.data?.pages.flatMap(({ items }) => items), [list.data]);
  return (
    <div className={`ground${search.row === undefined ? '' : ' ground-chosen'}`}>
      <section className="ground-list" aria-label={t.risk.list}>
        <header>
          <h1>{t.risk.title}</h1>
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
        {list.hasNextPage && (
          <button
            type="button"
            className="tool tool-framed"
            disabled={list.isFetchingNextPage}
            onClick={() => void list.fetchNextPage()}
          >
            {t.more}
          </button>
        )}
      </section>
      <section className="ground-detail" aria-label={t.risk.detail}>
        <RiskMap rows={rows} chosen={search.row} onChoose={(row) => go({ row })} />
        {search.row === undefined ? (
          <p className="ground-none">{t.risk.choose}</p>
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

function RiskFilters({ search, onChange }: { search: GroundSearch; onChange: (change: GroundSearch) => void }) {
  const t = useText(ground).risk;
  const { kinds, nameOf } = useRiskKinds();
  return (
    <div className="ground-filters">
      <FindBox label={t.search} act={t.find} start={search.q ?? ''} onFind={(q) => onChange({ q })} />
      <FilterChoice
        label={t.kind}
        value={search.kind ?? ''}
        choices={kinds.map(({ code }) => ({ value: code, words: nameOf(code) }))}
        onChange={(kind) => onChange({ kind })}
      />
      <FilterChoice
        label={t.level}
        value={search.level ?? ''}
        choices={levelKeys.map((key, k) => ({ value: String(k + 1), words: t.levels[key] }))}
        onChange={(level) => onChange({ level })}
      />
      <FilterChoice
        label={t.state}
        value={search.state ?? ''}
        choices={riskStates.map((value) => ({ value, words: t.states[value] }))}
        onChange={(state) => onChange({ state })}
      />
    </div>
  );
}

interface RowsProps {
  rows: readonly RiskRow[];
  chosen: string | undefined;
  onChoose: (id: string) => void;
}

function RiskRows({ rows, chosen, onChoose }: RowsProps) {
  const t = useText(ground).risk;
  const { nameOf } = useRiskKinds();
  return (
    <ul className="ground-rows">
      {rows.map((row) => (
        <li key={row.id}>
          <button
            type="button"
            className="ground-row"
            aria-current={row.id === chosen ? 'true' : undefined}
            onClick={() => onChoose(row.id)}
          >
            <span className="ground-row-head">
              <span className={`ground-level ground-level-${row.level}`}>{t.levels[levelKeyOf(row.level)]}</span>
              <b>{row.name}</b>
            </span>
            <span className="quiet">
              {[nameOf(row.kind), t.states[row.state], row.areaName, row.unitName ?? ''].filter(Boolean).join(' · ')}
            </span>
          </button>
        </li>
      ))}
    </ul>
  );
}

function RiskMap({ rows, chosen, onChoose }: Omit<RowsProps, 'rows'> & { rows: readonly RiskRow[] | undefined }) {
  const t = useText(ground).risk;
  const c = useText(common);
  const theme = themeChoice.use();
  const [failed, setFailed] = useState(false);
  const latest = useRef(onChoose);
  latest.current = onChoose;
  const layers = useMemo(
    () => [
      riskLayer(rows ?? [], chosen, theme, (properties) => {
        if (typeof properties['id'] === 'string') latest.current(properties['id']);
      }),
    ],
    [rows, chosen, theme],
  );
  const at = useMemo(() => rows?.find(({ id }) => id === chosen) ?? middleOf(rows ?? []), [rows, chosen]);
  if (rows === undefined) return null; // begun too early, the map would first show the whole city
  if (failed) return <p className="quiet">{c.map.failed}</p>;
  return (
    <div className="ground-map">
      <Suspense fallback={<p className="waiting">{c.map.loading}</p>}>
        <LazyMapCanvas
          label={t.map}
          centre={at === null ? null : { lon: at.lon, lat: at.lat }}
          zoom={chosen === undefined ? 14 : 16}
          layers={layers}
          onFailure={() => setFailed(true)}
        />
      </Suspense>
    </div>
  );
}
