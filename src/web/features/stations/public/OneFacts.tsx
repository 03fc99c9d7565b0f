import { useNow } from '#web/app/now.ts';
import { useText } from '#web/i18n/area.ts';
import { formatDate, formatNumber } from '#web/i18n/format.ts';
import { languageChoice } from '#web/i18n/language.ts';
import { stationsPublic } from '#web/i18n/stations-public.ts';
import { Icon } from '#web/ui/icons/Icon.tsx';
import { Link } from '#web/ui/light/Link.tsx';
import { photoAddress, type Facility, type PublicStation, type StationAnswer } from './api.ts';
import { iconOf } from './icons.ts';
import { inLanguage } from '#web/i18n/language.ts';

/** Everything else there is to know: where, when, what, and what it looks like. */
export function OneFacts({ answer: { station, facilities } }: { answer: StationAnswer }) {
  return (
    <>
      <Where station={station} />
      <Facilities station={station} words={facilities} />
      <Hours station={station} />
      <Photos station={station} />
      <ReportHere station={station} />
    </>
  );
}

function Where({ station }: { station: PublicStation }) {
  const t = useText(stationsPublic).one;
  const lang = languageChoice.use();
  const directions = inLanguage(lang, station.directions, station.directionsEn);
  return (
    <section className="part">
      <h2 className="part-title">{t.address}</h2>
      <p>
        {inLanguage(lang, station.address, station.addressEn)} · {station.areaName}
      </p>
      {directions !== '' && (
        <>
          <h3>{t.directions}</h3>
          <p>{directions}</p>
        </>
      )}
      {station.languages.length > 0 && (
        <p>
          {t.languages} {station.languages.map(({ name, nameEn }) => inLanguage(lang, name, nameEn)).join(' · ')}
        </p>
      )}
    </section>
  );
}

function Facilities({ station, words }: { station: PublicStation; words: readonly Facility[] }) {
  const t = useText(stationsPublic).one;
  const shown = words.flatMap((word) => {
    const own = station.facilities.find(({ code }) => code === word.code);
    return own === undefined ? [] : [{ word, own }];
  });
  const here = shown.filter(({ word }) => word.group !== 'access');
  const access = shown.filter(({ word }) => word.group === 'access');
  if (shown.length === 0) return null;
  return (
    <section className="part">
      <h2 className="part-title">{t.facilities}</h2>
      <FacilityList shown={here} />
      {access.length > 0 && (
        <>
          <h3>{t.access}</h3>
          <FacilityList shown={access} />
        </>
      )}
    </section>
  );
}

function FacilityList({ shown }: { shown: readonly { word: Facility; own: PublicStation['facilities'][number] }[] }) {
  const t = useText(stationsPublic);
  const lang = languageChoice.use();
  return (
    <ul className="station-facilities">
      {shown.map(({ word, own }) => {
        const note = inLanguage(lang, own.note, own.noteEn);
        return (
          <li key={word.code} className={own.state === 'there' ? '' : 'station-broken'}>
            <Icon name={iconOf(word.icon)} size={26} />
            <span>
              {inLanguage(lang, word.name, word.nameEn)}
              {own.quantity !== null && <small> {t.one.pieces(formatNumber(own.quantity))}</small>}
              {own.state === 'out_of_order' && <strong> {t.broken}</strong>}
              {note !== '' && <small className="station-note">{note}</small>}
            </span>
          </li>
        );
      })}
    </ul>
  );
}

function Hours({ station }: { station: PublicStation }) {
  const t = useText(stationsPublic).one;
  const lang = languageChoice.use();
  const nowMs = useNow();
  if (station.hours.length < 8) return null;
  const today = (new Date(nowMs + 8 * 3_600_000).getUTCDay() + 6) % 7;
  const days = t.week.slice(0, station.holidayHours ? 8 : 7);
  return (
    <section className="part">
      <h2 className="part-title">{t.hours}</h2>
      <table className="station-hours">
        <tbody>
          {days.map((day, k) => (
            <tr key={day} aria-current={k === today ? 'date' : undefined}>
              <th scope="row">{day}</th>
              <td>
                <SpanWords spans={station.hours[k] ?? []} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {!station.holidayHours && <p className="station-small">{t.asUsual}</p>}
      {station.closings.length > 0 && (
        <>
          <h3>{t.closings}</h3>
          <ul className="station-closings">
            {station.closings.map(({ fromDay, toDay, reason, reasonEn }) => (
              <li key={`${fromDay} ${toDay} ${reason}`}>
                {dayWords(fromDay, toDay)} {inLanguage(lang, reason, reasonEn)}
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  );
}

function dayWords(fromDay: string, toDay: string): string {
  const one = formatDate(`${fromDay}T00:00:00+08:00`);
  return fromDay === toDay ? one : `${one} – ${formatDate(`${toDay}T00:00:00+08:00`)}`;
}

function SpanWords({ spans }: { spans: readonly (readonly [number, number])[] }) {
  const t = useText(stationsPublic).one;
  const two = (n: number): string => String(n).padStart(2, '0');
  const clock = (minutes: number): string => `${two(Math.floor((minutes % 1440) / 60))}:${two(minutes % 60)}`;
  if (spans.length === 0) return <>{t.closedDay}</>;
  return (
    <>
      {spans
        .map(([from, until]) => {
          if (from === 0 && until === 1440) return t.allDay;
          const end = until === 1440 ? '24:00' : clock(until);
          return `${clock(from)}–${until > 1440 ? t.nextDay(end) : end}`;
        })
        .join(' · ')}
    </>
  );
}

function Photos({ station }: { station: PublicStation }) {
  const t = useText(stationsPublic).one;
  const lang = languageChoice.use();
  if (station.photos.length === 0) return null;
  return (
    <section className="part">
      <h2 className="part-title">{t.photos}</h2>
      <div className="station-photos">
        {station.photos.map(({ id, alt, altEn, width, height }) => (
          <a key={id} href={photoAddress(station.code, id, 'full')}>
            <img
              src={photoAddress(station.code, id, 'thumb')}
              alt={inLanguage(lang, alt, altEn)}
              width={width}
              height={height}
              loading="lazy"
            />
          </a>
        ))}
      </div>
    </section>
  );
}

/** A broken tap is an event like any other: the report begins at the station's place. */
function ReportHere({ station }: { station: PublicStation }) {
  const t = useText(stationsPublic).one;
  return (
    <Link to={`/report?area=${station.areaCode}`} className="button button-quiet">
      <Icon name="camera" />
      <span>{t.report}</span>
    </Link>
  );
}
