import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Go, useGo } from '#web/app/Go.tsx';
import { may, useMe } from '#web/app/me.ts';
import { useStationSlots } from '#web/app/station-slots.ts';
import { useText } from '#web/i18n/area.ts';
import { common } from '#web/i18n/common.ts';
import { formatNumber } from '#web/i18n/format.ts';
import { languageChoice } from '#web/i18n/language.ts';
import { stations } from '#web/i18n/stations.ts';
import { ProblemNote } from '#web/ui/ProblemNote.tsx';
import { DeskMap } from './DeskMap.tsx';
import { stationsQuery, stationWordsQuery, type StationRow } from './queries.ts';
import { useStationSearch, type StationSearch } from './search.ts';
import { StandingMark } from './StandingMark.tsx';
import { StationForm } from './StationForm.tsx';
import { inLanguage } from '#web/i18n/language.ts';
import { ScrollFrame } from '#web/ui/ScrollFrame.tsx';
import { standingWords, whyWords } from './words.ts';
import './stations.css';

/** All stations one may see: how today stands, the list, and the map of the same. */
export function StationsPage() {
  const t = useText(stations);
  const c = useText(common);
  const me = useMe();
  const go = useGo();
  const [search, change] = useStationSearch();
  const [adding, setAdding] = useState(false);
  const list = useQuery(stationsQuery(search.past === '1'));
  const all = list.data?.items;
  const rows = all?.filter((row) => fits(row, search));
  // Whoever answers for an area opens stations in it; a head answers for one station.
  const mayAdd = may(me, 'station.manage') && me?.appointments.some(({ unitKind }) => unitKind !== 'station') === true;
  return (
    <div className="stations">
      <header>
        <h1>{t.title}</h1>
        {mayAdd && (
          <button type="button" className="tool tool-framed" onClick={() => setAdding(true)}>
            {t.add}
          </button>
        )}
      </header>
      <p className="quiet">{t.lead}</p>
      <Today />
      <Filters search={search} onChange={change} />
      <ProblemNote error={list.error} onRetry={() => void list.refetch()} />
      {all === undefined && list.error === null && (
        <p className="waiting" role="status">
          {c.loading}
        </p>
      )}
      {rows !== undefined && (
        <p className="quiet" role="status">
          {rows.length === 0
            ? t.empty
            : t.total(formatNumber(rows.length), formatNumber(rows.filter(({ standing }) => standing.open).length))}
        </p>
      )}
      {rows !== undefined && rows.length > 0 && (
        <div className="stations-both">
          <Rows rows={rows} />
          <DeskMap rows={rows} onChoose={(code) => go(`/desk/stations/${code}`)} />
        </div>
      )}
      {adding && (
        <StationForm
          station={null}
          onClose={() => setAdding(false)}
          onSaved={(code) => go(`/desk/stations/${code}?part=hours`)}
        />
      )}
    </div>
  );
}

function fits(row: StationRow, search: StationSearch): boolean {
  return (
    (search.open === undefined || row.standing.open) &&
    (search.with === undefined || row.facilities.includes(search.with))
  );
}

/** How today stands, as other features count it. */
function Today() {
  const t = useText(stations);
  const me = useMe();
  const cards = useStationSlots().today.filter(({ anyOf }) => may(me, ...anyOf));
  if (cards.length === 0) return null;
  return (
    <section className="stations-today" aria-label={t.today}>
      {cards.map(({ key, Card }) => (
        <Card key={key} />
      ))}
    </section>
  );
}

function Filters({ search, onChange }: { search: StationSearch; onChange: (change: StationSearch) => void }) {
  const t = useText(stations);
  const lang = languageChoice.use();
  const words = useQuery(stationWordsQuery).data?.facilities ?? [];
  return (
    <div className="stations-filters">
      <label>
        {t.with}
        <select value={search.with ?? ''} onChange={({ target }) => onChange({ with: target.value })}>
          <option value="">{t.any}</option>
          {words.map(({ code, name, nameEn }) => (
            <option key={code} value={code}>
              {inLanguage(lang, name, nameEn)}
            </option>
          ))}
        </select>
      </label>
      <label>
        <input
          type="checkbox"
          checked={search.open === '1'}
          onChange={({ target }) => onChange({ open: target.checked ? '1' : undefined })}
        />
        {t.onlyOpen}
      </label>
      <label>
        <input
          type="checkbox"
          checked={search.past === '1'}
          onChange={({ target }) => onChange({ past: target.checked ? '1' : undefined })}
        />
        {t.past}
      </label>
    </div>
  );
}

function Rows({ rows }: { rows: readonly StationRow[] }) {
  const t = useText(stations);
  return (
    <ScrollFrame area="stations-table" label={t.list}>
      <table>
        <thead>
          <tr>
            {Object.values(t.columns).map((words) => (
              <th key={words} scope="col">
                {words}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <Row key={row.id} row={row} />
          ))}
        </tbody>
      </table>
    </ScrollFrame>
  );
}

function Row({ row }: { row: StationRow }) {
  const t = useText(stations);
  const lang = languageChoice.use();
  const why = whyWords(t, row.standing, lang);
  return (
    <tr>
      <th scope="row">
        <Go href={`/desk/stations/${row.code}`}>{inLanguage(lang, row.name, row.nameEn)}</Go>
      </th>
      <td>
        <StandingMark open={row.standing.open} /> {standingWords(t, row.standing)}
        {why !== '' && <small className="quiet stations-why">{why}</small>}
      </td>
      <td>{row.busy === null ? <span className="quiet">{t.busy.untold}</span> : t.busy[row.busy.level]}</td>
      <td>
        {t.facilityCount(formatNumber(row.facilities.length))}
        {row.outOfOrder.length > 0 && (
          <strong className="stations-broken"> {t.brokenCount(formatNumber(row.outOfOrder.length))}</strong>
        )}
      </td>
      <td>
        {inLanguage(lang, row.address, row.addressEn)}
        <small className="quiet stations-why">{row.areaName}</small>
      </td>
    </tr>
  );
}
