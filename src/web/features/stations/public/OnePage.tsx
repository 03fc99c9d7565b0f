import { Suspense, useEffect } from 'react';
import { useNow } from '#web/app/now.ts';
import { displayMode } from '#web/app/preferences.ts';
import { ProblemError } from '#web/app/problem.ts';
import { useStationSections } from '#web/app/station-slots.ts';
import { useText } from '#web/i18n/area.ts';
import { formatDistance, formatNumber } from '#web/i18n/format.ts';
import { languageChoice } from '#web/i18n/language.ts';
import { stationsPublic } from '#web/i18n/stations-public.ts';
import { Icon } from '#web/ui/icons/Icon.tsx';
import { ErrorNote } from '#web/ui/light/ErrorNote.tsx';
import { Link } from '#web/ui/light/Link.tsx';
import { Skeleton } from '#web/ui/light/Skeleton.tsx';
import type { PublicRow, StationAnswer, StationList } from './api.ts';
import { AsOf } from './AsOf.tsx';
import { askOne } from './early.ts';
import { readKept, useKept } from './kept.ts';
import { keepPage } from './offline.ts';
import { OneFacts } from './OneFacts.tsx';
import { StandingMark } from './StationCard.tsx';
import { busyOf, standingOf } from './standing.ts';
import { useStart } from './start.ts';
import { useNear } from './use-near.ts';
import { walkBetween } from './walk.ts';
import { inLanguage } from '#web/i18n/language.ts';
import { standingWords, whyWords } from './words.ts';
import './stations-public.css';

/** One station in full; its address is what the code at the door says. */
export function OnePage({ secret: code }: { secret: string }) {
  const t = useText(stationsPublic);
  const { value, error, fresh, reload } = useKept(`one.${code}`, (signal) => askOne(code, signal));
  // Never opened before: the list that was read knows nearly all of it.
  const listed = value === undefined ? fromList(code) : undefined;
  const shown = value ?? listed;
  useEffect(() => {
    if (fresh) keepPage();
  }, [fresh]);
  if (isGone(error)) return <Gone />;
  return (
    <>
      <Link to="/stations" className="button button-quiet station-back">
        <Icon name="back" size={20} />
        <span>{t.one.back}</span>
      </Link>
      {shown === undefined && error === undefined && <Skeleton lines={8} />}
      {shown === undefined && error !== undefined && <ErrorNote error={error} onRetry={reload} />}
      {shown !== undefined && (
        <>
          <AsOf asOf={shown.asOf} knownUntil={shown.knownUntil} fresh={fresh} failed={error !== undefined} />
          <Head station={shown.station} knownUntil={shown.knownUntil} />
          <OneFacts answer={shown} />
          {!(error !== undefined && !fresh) && <Sections station={shown.station} />}
        </>
      )}
    </>
  );
}

const isGone = (error: unknown): boolean => error instanceof ProblemError && error.code === 'not_found';

function fromList(code: string): StationAnswer | undefined {
  const list = readKept<StationList>('list');
  const row = list?.items.find((one) => one.code === code);
  if (list === undefined || row === undefined) return undefined;
  const { asOf, knownUntil, facilities } = list;
  const unknown = { directions: '', directionsEn: '', languages: [], holidayHours: false, hours: [], photos: [] };
  return { asOf, knownUntil, facilities, station: { ...row, ...unknown } };
}

function Gone() {
  const t = useText(stationsPublic).one;
  return (
    <section className="part">
      <h1>{t.notFound}</h1>
      <Link to="/stations" className="button button-main">
        {t.others}
      </Link>
    </section>
  );
}

function Head({ station, knownUntil }: { station: PublicRow; knownUntil: string }) {
  const t = useText(stationsPublic);
  const lang = languageChoice.use();
  const nowMs = useNow();
  const standing = standingOf(station, knownUntil, nowMs);
  const busy = busyOf(station, nowMs);
  const name = inLanguage(lang, station.name, station.nameEn);
  const why = standing.state === 'unknown' ? '' : whyWords(t, standing.opening, lang);
  useEffect(() => {
    document.title = name;
  }, [name]);
  return (
    <section className="part station-one">
      <h1>{name}</h1>
      <p className="station-now">
        <StandingMark state={standing.state} />
        <strong>{standingWords(t, standing, nowMs, lang)}</strong>
      </p>
      {why !== '' && <p className="station-why">{why}</p>}
      {standing.state === 'open' && <p>{t.busy[busy ?? 'unknown']}</p>}
      <Walk station={station} />
      {station.phone !== '' && (
        <a className="button button-main button-wide" href={`tel:${station.phone.replaceAll(/[ -]/g, '')}`}>
          <Icon name="phone" />
          <span>
            {t.one.call} {station.phone}
          </span>
        </a>
      )}
    </section>
  );
}

/** How far it is, when this visit knows where the way begins. */
function Walk({ station }: { station: PublicRow }) {
  const t = useText(stationsPublic);
  const [start] = useStart();
  const who = displayMode.use() === 'elder' ? 'elder' : 'adult';
  const estimate = readKept<StationList>('list')?.walking.find((one) => one.who === who);
  if (start === null || estimate === undefined) return null;
  const { seconds, metres } = walkBetween(start.at, station, estimate);
  return (
    <p className="station-walk">
      {t.walk(formatNumber(Math.max(1, Math.round(seconds / 60))), formatDistance(metres))}
    </p>
  );
}

/** What other features show of a station; each is fetched when the reader comes near it, or when the phone is idle. */
function Sections({ station: { id, code, name } }: { station: PublicRow }) {
  const sections = useStationSections();
  const [near, mark] = useNear<HTMLDivElement>();
  return (
    <div ref={mark}>
      {near ? (
        sections.map(({ key, Section }) => (
          <Suspense key={key} fallback={<Skeleton lines={2} />}>
            <Section station={{ id, code, name }} />
          </Suspense>
        ))
      ) : (
        <Skeleton lines={2} />
      )}
    </div>
  );
}
