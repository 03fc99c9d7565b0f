import { Suspense, createElement, lazy, useEffect, useState } from 'react';
import { useNow } from '#web/app/now.ts';
import { displayMode } from '#web/app/preferences.ts';
import { useThingNote } from '#web/app/station-slots.ts';
import { useText } from '#web/i18n/area.ts';
import { common } from '#web/i18n/common.ts';
import { formatNumber } from '#web/i18n/format.ts';
import { languageChoice } from '#web/i18n/language.ts';
import { stationsPublic } from '#web/i18n/stations-public.ts';
import { Icon } from '#web/ui/icons/Icon.tsx';
import { Button } from '#web/ui/light/Button.tsx';
import { ErrorNote } from '#web/ui/light/ErrorNote.tsx';
import { Skeleton } from '#web/ui/light/Skeleton.tsx';
import type { Facility, StationList } from './api.ts';
import { AsOf } from './AsOf.tsx';
import { askList } from './early.ts';
import { iconOf } from './icons.ts';
import { useKept } from './kept.ts';
import { keepPage } from './offline.ts';
import { findStations, type Found } from './standing.ts';
import { useStart, type Start } from './start.ts';
import { StationCard } from './StationCard.tsx';
import { StreetChoice } from './StreetChoice.tsx';
import { useNeeds } from './use-needs.ts';
import { walkBetween } from './walk.ts';
import { WherePart } from './WherePart.tsx';
import { inLanguage } from '#web/i18n/language.ts';
import './stations-public.css';

/** Two rows on a phone, so that the first station is seen without scrolling far. */
const firstChips = 5;

const StationMap = lazy(async () => ({ default: (await import('./StationMap.tsx')).StationMap }));

/** The nearest open station that has what one needs. */
export function NearestPage() {
  const t = useText(stationsPublic);
  const { value, error, fresh, reload } = useKept('list', askList);
  const [start, setStart] = useStart();
  useEffect(() => {
    document.title = t.title;
  }, [t]);
  useEffect(() => {
    if (fresh) keepPage();
  }, [fresh]);
  return (
    <>
      <section className="station-head">
        <h1>{t.heading}</h1>
        <p>{t.lead}</p>
      </section>
      <Thing />
      {value === undefined && error === undefined && <Skeleton lines={6} />}
      {value === undefined && error !== undefined && <ErrorNote error={error} onRetry={reload} />}
      {value !== undefined && (
        <>
          <AsOf asOf={value.asOf} knownUntil={value.knownUntil} fresh={fresh} failed={error !== undefined} />
          <Finder list={value} start={start} onStart={setStart} />
        </>
      )}
    </>
  );
}

/** Come by the label of a lent thing. */
function Thing() {
  const note = useThingNote();
  const [number] = useState(() => new URLSearchParams(location.search).get('thing'));
  if (note === null || number === null || number.length > 30) return null;
  return <Suspense fallback={<Skeleton lines={3} />}>{createElement(note, { number })}</Suspense>;
}

interface FinderProps {
  list: StationList;
  start: Start | null;
  onStart: (start: Start) => void;
}

function Finder({ list, start, onStart }: FinderProps) {
  const t = useText(stationsPublic);
  const nowMs = useNow();
  const who = displayMode.use() === 'elder' ? 'elder' : 'adult';
  const [needs, toggle] = useNeeds();
  const [street, setStreet] = useState('');
  const estimate = list.walking.find((one) => one.who === who);
  const chips = list.facilities.filter(({ chip }) => chip !== null).toSorted((a, b) => (a.chip ?? 0) - (b.chip ?? 0));
  const { open, closed } = findStations(list, {
    needs,
    street,
    nowMs,
    walk: (row) => (start === null || estimate === undefined ? null : walkBetween(start.at, row, estimate)),
  });
  return (
    <>
      <WherePart start={start} onStart={onStart} />
      <NeedChips chips={chips} needs={needs} onToggle={toggle} />
      <StreetChoice items={list.items} value={street} onChange={setStreet} />
      <Results open={open} closed={closed} chips={chips} nowMs={nowMs} />
      {start !== null && <p className="station-small">{t.walkNote}</p>}
      <MapTwin found={[...open, ...closed]} start={start} />
    </>
  );
}

function NeedChips(props: { chips: readonly Facility[]; needs: readonly string[]; onToggle: (code: string) => void }) {
  const t = useText(stationsPublic);
  const lang = languageChoice.use();
  const [all, setAll] = useState(false);
  const shown = props.chips.filter(({ code }, k) => all || k < firstChips || props.needs.includes(code));
  return (
    <div className="station-chips" role="group" aria-label={t.need}>
      {shown.map(({ code, name, nameEn, icon }) => (
        <button
          key={code}
          type="button"
          className="station-chip"
          aria-pressed={props.needs.includes(code)}
          onClick={() => props.onToggle(code)}
        >
          <Icon name={iconOf(icon)} size={26} />
          <span>{inLanguage(lang, name, nameEn)}</span>
        </button>
      ))}
      {shown.length < props.chips.length && (
        <button type="button" className="station-chip station-chip-more" onClick={() => setAll(true)}>
          {t.more}
        </button>
      )}
    </div>
  );
}

function Results(props: { open: Found[]; closed: Found[]; chips: readonly Facility[]; nowMs: number }) {
  const t = useText(stationsPublic);
  const { open, closed, nowMs } = props;
  const chips = props.chips.slice(0, firstChips + 1);
  if (open.length === 0 && closed.length === 0)
    return (
      <p className="note" role="status">
        {t.noneAtAll}
      </p>
    );
  return (
    <>
      <section aria-label={t.openNow(formatNumber(open.length))}>
        <h2 role="status">{t.openNow(formatNumber(open.length))}</h2>
        {open.length === 0 && <p className="note">{t.noneOpen}</p>}
        <ul className="station-list">
          {open.map((found) => (
            <StationCard key={found.row.id} found={found} chips={chips} nowMs={nowMs} />
          ))}
        </ul>
      </section>
      {closed.length > 0 && (
        <section aria-label={t.closedNow(formatNumber(closed.length))}>
          <h2>{t.closedNow(formatNumber(closed.length))}</h2>
          <ul className="station-list">
            {closed.map((found) => (
              <StationCard key={found.row.id} found={found} chips={chips} nowMs={nowMs} />
            ))}
          </ul>
        </section>
      )}
    </>
  );
}

/** The map, fetched when asked for; the list above says the same in words. */
function MapTwin({ found, start }: { found: readonly Found[]; start: Start | null }) {
  const t = useText(stationsPublic).map;
  const c = useText(common).map;
  const [shown, setShown] = useState(false);
  return (
    <section className="station-maps">
      <Button icon="map" pressed={shown} onClick={() => setShown(!shown)}>
        {shown ? t.hide : t.show}
      </Button>
      {shown && (
        <Suspense fallback={<p role="status">{c.loading}</p>}>
          <StationMap found={found} start={start} />
        </Suspense>
      )}
    </section>
  );
}
