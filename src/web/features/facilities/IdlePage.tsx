import { useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { idleConditions, idleFormats, idleStates } from '#contract/facilities-views.ts';
import { useFacilityWords } from '#web/app/facility-words.ts';
import { may, useMe } from '#web/app/me.ts';
import { theme as themeChoice } from '#web/app/preferences.ts';
import { useText } from '#web/i18n/area.ts';
import { facilities } from '#web/i18n/facilities.ts';
import { formatDate, formatNumber } from '#web/i18n/format.ts';
import { ProblemNote } from '#web/ui/ProblemNote.tsx';
import { Waiting } from '#web/ui/Answer.tsx';
import { today } from './facts.ts';
import { IdleForm } from './IdleForm.tsx';
import { IdlePane } from './IdlePane.tsx';
import { idleColour } from './layers.ts';
import { AreaChoice, dayTime, FilterChoice, FindBox } from './Parts.tsx';
import { PointMap } from './PointMap.tsx';
import { idleFile, idleListQuery, type IdleRow } from './queries.ts';
import { useFacilitySearch, type FacilitySearch } from './search.ts';
import './facilities.css';

/** 闲置资源账: the list, the map of the same, and one of them in full. On a phone one at a time. */
export function IdlePage() {
  const t = useText(facilities);
  const me = useMe();
  const [search, go] = useFacilitySearch();
  const [adding, setAdding] = useState(false);
  const query = useQuery(idleListQuery(search));
  const list = query.data;
  return (
    <div className={`fac${search.row === undefined ? '' : ' fac-chosen'}`}>
      <header className="fac-head">
        <h1>{t.idle.title}</h1>
        <span className="form-buttons">
          {may(me, 'facility.edit') && (
            <button type="button" className="tool tool-framed" onClick={() => setAdding(true)}>
              {t.idle.add}
            </button>
          )}
          {idleFormats.map((format) => (
            <a key={format} className="tool tool-framed" href={idleFile(search, format)} download>
              {t.files[format]}
            </a>
          ))}
        </span>
      </header>
      <div className="fac-both">
        <section className="list-side fac-list" aria-label={t.idle.list}>
          <p className="quiet">{t.idle.lead}</p>
          <Filters search={search} onChange={(change) => go({ ...change, row: undefined })} />
          <ProblemNote error={query.error} onRetry={() => void query.refetch()} />
          <Waiting query={query} />
          {list !== undefined && (
            <p className="quiet" role="status">
              {list.items.length === 0
                ? t.idle.empty
                : t.idle.total(formatNumber(list.items.length), formatNumber(list.areaM2))}
            </p>
          )}
          {list !== undefined && list.items.length > 0 && (
            <ul className="pick-rows fac-rows">
              {list.items.map((row) => (
                <li key={row.id}>
                  <button
                    type="button"
                    className="pick-row fac-row"
                    aria-current={row.id === search.row ? 'true' : undefined}
                    onClick={() => go({ row: row.id })}
                  >
                    <RowLines row={row} />
                  </button>
                </li>
              ))}
            </ul>
          )}
        </section>
        <section className="detail-side fac-detail" aria-label={t.idle.detail}>
          <IdleMap rows={list?.items} chosen={search.row} onChoose={(row) => go({ row })} />
          {search.row === undefined ? (
            <p className="choose-none fac-none">{t.idle.choose}</p>
          ) : (
            <IdlePane key={search.row} id={search.row} onBack={() => go({ row: undefined })} />
          )}
        </section>
      </div>
      {adding && (
        <IdleForm
          idle={null}
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

const sizes = [50, 100, 200, 500, 1_000];

function Filters({ search, onChange }: { search: FacilitySearch; onChange: (change: FacilitySearch) => void }) {
  const t = useText(facilities);
  const { classes, owners, className, ownerName } = useFacilityWords();
  return (
    <div className="fac-filters">
      <FindBox start={search.q ?? ''} onFind={(q) => onChange({ q })} />
      <AreaChoice value={search.area} onChange={(area) => onChange({ area })} />
      <FilterChoice
        label={t.idle.use}
        value={search.class ?? ''}
        choices={classes.map(({ code }) => ({ value: code, words: className(code) }))}
        onChange={(value) => onChange({ class: value })}
      />
      <FilterChoice
        label={t.idle.condition}
        value={search.condition ?? ''}
        choices={idleConditions.map((value) => ({ value, words: t.idle.conditions[value] }))}
        onChange={(condition) => onChange({ condition })}
      />
      <FilterChoice
        label={t.idle.ownerKind}
        value={search.owner ?? ''}
        choices={owners.map(({ code }) => ({ value: code, words: ownerName(code) }))}
        onChange={(owner) => onChange({ owner })}
      />
      <FilterChoice
        label={t.idle.least}
        value={search.m2 ?? ''}
        choices={sizes.map((m2) => ({ value: String(m2), words: t.idle.m2(formatNumber(m2)) }))}
        onChange={(m2) => onChange({ m2 })}
      />
      <FilterChoice
        label={t.idle.state}
        value={search.state ?? ''}
        choices={idleStates.map((value) => ({ value, words: t.idle.states[value] }))}
        onChange={(state) => onChange({ state })}
      />
    </div>
  );
}

function RowLines({ row }: { row: IdleRow }) {
  const t = useText(facilities).idle;
  const { className } = useFacilityWords();
  const isLater = row.freeFrom !== null && row.freeFrom > today();
  return (
    <>
      <span className="fac-row-head">
        <b>{row.name}</b>
        <span className="tag">{t.m2(formatNumber(row.areaM2))}</span>
        <span className={`tag${row.condition === 'unsafe' ? ' fac-warn' : ''}`}>{t.conditions[row.condition]}</span>
        {row.state !== 'idle' && <span className="tag fac-warn">{t.states[row.state]}</span>}
      </span>
      <span className="quiet">
        {row.areaName}
        {row.owner !== '' && ` · ${row.owner}`}
        {isLater && ` · ${t.from(formatDate(dayTime(row.freeFrom ?? '')))}`}
      </span>
      <span>{row.uses.length === 0 ? t.usesNone : `${t.use} ${row.uses.map(className).join(' · ')}`}</span>
    </>
  );
}

interface MapProps {
  rows: readonly IdleRow[] | undefined;
  chosen: string | undefined;
  onChoose: (id: string) => void;
}

function IdleMap({ rows, chosen, onChoose }: MapProps) {
  const t = useText(facilities).idle;
  const theme = themeChoice.use();
  const marks = useMemo(
    () =>
      rows?.map(({ id, lon, lat, name, state }) => {
        const isFree = state === 'idle';
        return { id, lon, lat, name, letter: name.slice(0, 1), filled: isFree, colour: idleColour(isFree, theme) };
      }),
    [rows, theme],
  );
  const legend = useMemo(
    () => [
      { words: t.states.idle, colour: idleColour(true, theme), shape: 'point' as const },
      { words: `${t.states.reserved} · ${t.states.used}`, colour: idleColour(false, theme), shape: 'ring' as const },
    ],
    [t, theme],
  );
  if (marks === undefined) return null; // begun too early, the map would first show the whole city
  const byId = new Map(rows?.map((row) => [row.id, row]));
  return (
    <PointMap
      label={t.map}
      marks={marks}
      chosen={chosen}
      legend={legend}
      groupTitle={(count) => t.group(formatNumber(count))}
      row={(id) => byId.get(id)?.name ?? ''}
      onChoose={onChoose}
    />
  );
}
