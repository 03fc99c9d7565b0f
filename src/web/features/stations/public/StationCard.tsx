import { Link } from '#web/ui/light/Link.tsx';
import { useText } from '#web/i18n/area.ts';
import { formatDistance, formatNumber } from '#web/i18n/format.ts';
import { languageChoice } from '#web/i18n/language.ts';
import { stationsPublic } from '#web/i18n/stations-public.ts';
import { Icon } from '#web/ui/icons/Icon.tsx';
import { iconOf } from './icons.ts';
import type { Facility } from './api.ts';
import { busyOf, hasNow, type Found } from './standing.ts';
import { inLanguage } from '#web/i18n/language.ts';
import { standingWords, whyWords } from './words.ts';

/** One station in the list: how far, open until when, how busy, what it has of what people ask for on the way. */
export function StationCard({ found, chips, nowMs }: { found: Found; chips: readonly Facility[]; nowMs: number }) {
  const t = useText(stationsPublic);
  const lang = languageChoice.use();
  const { row, standing, walk } = found;
  const why = standing.state === 'unknown' ? '' : whyWords(t, standing.opening, lang);
  const has = chips.filter(({ code }) => hasNow(row, code));
  return (
    <li>
      <Link to={`/s/${row.code}`} className="station-card">
        <span className="station-card-head">
          <strong>{inLanguage(lang, row.name, row.nameEn)}</strong>
          <StandingMark state={standing.state} />
          <span>{standingWords(t, standing, nowMs, lang)}</span>
        </span>
        {walk !== null && (
          <span className="station-walk">
            {t.walk(formatNumber(Math.max(1, Math.round(walk.seconds / 60))), formatDistance(walk.metres))}
          </span>
        )}
        {why !== '' && <span className="station-why">{why}</span>}
        <span className="station-small">
          {inLanguage(lang, row.address, row.addressEn)}
          {standing.state === 'open' && <BusyWords row={row} nowMs={nowMs} />}
        </span>
        {has.length > 0 && (
          <span className="station-has">
            {has.map(({ code, name, nameEn, icon }) => (
              <span key={code}>
                <Icon name={iconOf(icon)} size="1.2em" />
                {inLanguage(lang, name, nameEn)}
              </span>
            ))}
          </span>
        )}
      </Link>
    </li>
  );
}

/** Open or closed, said and shaped: a filled or an empty mark. */
export function StandingMark({ state }: { state: 'open' | 'closed' | 'unknown' }) {
  const t = useText(stationsPublic).state;
  return (
    <span className={`station-mark station-${state}`}>
      {state === 'open' ? t.open : state === 'closed' ? t.closed : '—'}
    </span>
  );
}

function BusyWords({ row, nowMs }: { row: Found['row']; nowMs: number }) {
  const t = useText(stationsPublic).busy;
  const level = busyOf(row, nowMs);
  return level === null ? null : <> · {t[level]}</>;
}
