import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { Suspense, useMemo, type ComponentType } from 'react';
import { Go } from '#web/app/Go.tsx';
import { may, useMe } from '#web/app/me.ts';
import { useStationSlots, type StationHead } from '#web/app/station-slots.ts';
import { textOf, useText } from '#web/i18n/area.ts';
import { common } from '#web/i18n/common.ts';
import { languageChoice } from '#web/i18n/language.ts';
import { stations } from '#web/i18n/stations.ts';
import { Icon } from '#web/ui/icons/Icon.tsx';
import { ProblemNote } from '#web/ui/ProblemNote.tsx';
import { BusyButtons } from './BusyButtons.tsx';
import { FacilityPart } from './FacilityPart.tsx';
import { FactsPart } from './FactsPart.tsx';
import { HistoryPart } from './HistoryPart.tsx';
import { HoursPart } from './HoursPart.tsx';
import { PhotoPart } from './PhotoPart.tsx';
import { stationQuery, type StationDetail } from './queries.ts';
import { useStationSearch } from './search.ts';
import { StandingMark } from './StandingMark.tsx';
import { inLanguage } from '#web/i18n/language.ts';
import { standingWords, whyWords } from './words.ts';
import './stations.css';

const own = {
  facts: FactsPart,
  hours: HoursPart,
  facilities: FacilityPart,
  photos: PhotoPart,
  history: HistoryPart,
} as const satisfies Record<string, ComponentType<{ station: StationDetail }>>;

const ownFirst = ['facts', 'hours', 'facilities', 'photos'] as const;

/** One station in full, with what other features know of it. */
export function StationPage() {
  const t = useText(stations);
  const c = useText(common);
  const { code } = useParams({ strict: false }) as { code: string };
  const query = useQuery(stationQuery(code));
  const station = query.data;
  return (
    <div className="stations">
      <Go href="/desk/stations" className="tool stations-back">
        <Icon name="back" size={18} />
        {t.back}
      </Go>
      <ProblemNote error={query.error} onRetry={() => void query.refetch()} />
      {station === undefined && query.error === null && (
        <p className="waiting" role="status">
          {c.loading}
        </p>
      )}
      {station !== undefined && <One station={station} />}
    </div>
  );
}

function One({ station }: { station: StationDetail }) {
  const t = useText(stations);
  const lang = languageChoice.use();
  const me = useMe();
  const [search] = useStationSearch();
  const others = useStationSlots().parts.filter(({ anyOf }) => may(me, ...anyOf));
  const { id, code, name, unitId, areaCode } = station;
  // The same object while it is about the same station: parts of others fetch when it changes.
  const head = useMemo<StationHead>(() => ({ id, code, name, unitId, areaCode }), [id, code, name, unitId, areaCode]);
  const tabs = [
    ...ownFirst.map((key) => ({ key: key as string, words: t.parts[key] })),
    ...others.map((part) => ({ key: part.key, words: textOf(part.title, lang) as string })),
    { key: 'history', words: t.parts.history },
  ];
  const chosen = tabs.some(({ key }) => key === search.part) ? (search.part ?? 'facts') : 'facts';
  const Other = others.find(({ key }) => key === chosen)?.Part;
  const Own = own[chosen as keyof typeof own];
  return (
    <>
      <Head station={station} />
      <nav className="stations-tabs" aria-label={t.parts.label}>
        {tabs.map(({ key, words }) => (
          <Go
            key={key}
            href={`/desk/stations/${code}?part=${key}`}
            className="tool tool-framed"
            aria-current={chosen === key ? 'page' : undefined}
          >
            {words}
          </Go>
        ))}
      </nav>
      {Other === undefined ? <Own station={station} /> : <OtherPart Part={Other} head={head} />}
    </>
  );
}

function OtherPart({ Part, head }: { Part: ComponentType<{ station: StationHead }>; head: StationHead }) {
  const c = useText(common);
  return (
    <Suspense fallback={<p className="waiting">{c.loading}</p>}>
      <Part station={head} />
    </Suspense>
  );
}

function Head({ station }: { station: StationDetail }) {
  const t = useText(stations);
  const lang = languageChoice.use();
  const why = whyWords(t, station.standing, lang);
  const noHours = station.hours.every((spans) => spans.length === 0);
  return (
    <header className="stations-head">
      <div>
        <h1>{inLanguage(lang, station.name, station.nameEn)}</h1>
        <p>
          <StandingMark open={station.standing.open} /> {standingWords(t, station.standing)}
          {why !== '' && <span className="stations-reason">{why}</span>}
        </p>
        {noHours && <p className="stations-reason">{t.noHours}</p>}
      </div>
      <BusyButtons station={station} />
      <span className="form-buttons">
        <a className="tool tool-framed" href={`/s/${station.code}`} target="_blank" rel="noreferrer">
          {t.publicPage}
        </a>
        <Go className="tool tool-framed" href={`/desk/stations/${station.code}/door`}>
          {t.qr}
        </Go>
      </span>
    </header>
  );
}
