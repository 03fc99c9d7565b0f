import { useQuery } from '@tanstack/react-query';
import { useText } from '#web/i18n/area.ts';
import { formatNumber } from '#web/i18n/format.ts';
import { volunteers } from '#web/i18n/volunteers.ts';
import { Answer, usePosts } from './Parts.tsx';
import { volunteersTodayQuery } from './queries.ts';
import './roster.css';

/** Stations where somebody is on, is missing, or waits to be confirmed; each line opens its roster. */
export function TodayCard() {
  const t = useText(volunteers).today;
  const { nameOf } = usePosts();
  const query = useQuery(volunteersTodayQuery);
  return (
    <section className="roster-card" aria-label={t.title}>
      <h2>{t.title}</h2>
      <Answer query={query}>
        {({ items }) => {
          const shown = items.filter(
            (one) => one.wanted + one.on + one.missingToday + one.missingTomorrow + one.toConfirm > 0,
          );
          return (
            <>
              {shown.length === 0 && <p className="quiet">{t.fine}</p>}
              <ul className="roster-people">
                {shown.map((one) => (
                  <li key={one.station.id} className="roster-line">
                    <a href={`/desk/stations/${one.station.code}?part=roster`}>{nameOf(one.station)}</a>
                    {one.wanted + one.on > 0 && <span>{t.on(formatNumber(one.on), formatNumber(one.wanted))}</span>}
                    {one.missingToday > 0 && <b className="roster-gap">{t.gapToday(formatNumber(one.missingToday))}</b>}
                    {one.missingTomorrow > 0 && <span>{t.gapTomorrow(formatNumber(one.missingTomorrow))}</span>}
                    {one.toConfirm > 0 && <span className="quiet">{t.toConfirm(formatNumber(one.toConfirm))}</span>}
                  </li>
                ))}
              </ul>
            </>
          );
        }}
      </Answer>
    </section>
  );
}
