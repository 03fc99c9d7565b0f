import type { activityPublicRoutes } from '#contract/activities.ts';
import { call, type RouteRefs } from '#web/app/call.ts';
import { useLoad } from '#web/app/use-load.ts';
import { activitiesPublic } from '#web/i18n/activities-public.ts';
import { useText } from '#web/i18n/area.ts';
import { formatNumber, formatTime } from '#web/i18n/format.ts';
import { languageChoice } from '#web/i18n/language.ts';
import { toLocal } from '#web/i18n/local-time.ts';
import './coming.css';

/** Without schemas: Zod stays off the phone. */
const routes: RouteRefs<typeof activityPublicRoutes> = {
  coming: { method: 'GET', path: '/api/public/stations/:code/activities' },
  calendar: { method: 'GET', path: '/api/public/activities/:file' },
};

/** What a station announces for the next weeks; absent without network. */
export function ComingSection({ station }: { station: { code: string } }) {
  const t = useText(activitiesPublic);
  const lang = languageChoice.use();
  const { value } = useLoad(station.code, (signal) =>
    call(routes.coming, { params: { code: station.code } }, { signal }),
  );
  if (value === undefined) return null;
  return (
    <section className="part coming">
      <h2>{t.title}</h2>
      {value.items.length === 0 && <p>{t.none}</p>}
      <ul>
        {value.items.map(({ id, title, about, startsAt, endsAt, places, state, reason, ...one }) => {
          const partner = lang === 'zh' ? one.partnerName : one.partnerNameEn;
          const cancelled = state === 'cancelled';
          return (
            <li key={id}>
              <strong className={cancelled ? 'coming-off' : undefined}>{title}</strong>
              <span>
                {formatTime(startsAt)}–{toLocal(endsAt).slice(11)}
              </span>
              {cancelled ? (
                <span className="coming-why">
                  {t.cancelled}: {reason}
                </span>
              ) : (
                <>
                  {partner !== null && <small>{t.with(partner)}</small>}
                  {places !== null && <small>{t.places(formatNumber(places))}</small>}
                  {about !== '' && <small>{about}</small>}
                  <a
                    href={routes.calendar.path.replace(':file', `${id}.ics`)}
                    aria-label={t.calendarOf(title)}
                    download
                  >
                    {t.calendar}
                  </a>
                </>
              )}
            </li>
          );
        })}
      </ul>
    </section>
  );
}
