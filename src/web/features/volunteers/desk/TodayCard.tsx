import { useQuery } from '@tanstack/react-query';
import { Go } from '#web/app/Go.tsx';
import { useText } from '#web/i18n/area.ts';
import { formatNumber } from '#web/i18n/format.ts';
import { volunteers } from '#web/i18n/volunteers.ts';
import { Answer, usePosts } from './Parts.tsx';
import { volunteersTodayQuery } from './queries.ts';
import './roster.css';

const rosterOf = (code: string): string => `/desk/stations/${code}?part=roster`;

/** Stations where somebody is on, is missing, or waits to be confirmed; each line opens its roster, what waits for the head opens that. */
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
                    <Go href={rosterOf(one.station.code)}>
                      {nameOf(one.station)}
                      {one.wanted + one.on > 0 && ` ${t.on(formatNumber(one.on), formatNumber(one.wanted))}`}
                      {one.missingToday > 0 && (
                        <b className="roster-gap"> {t.gapToday(formatNumber(one.missingToday))}</b>
                      )}
                      {one.missingTomorrow > 0 && ` ${t.gapTomorrow(formatNumber(one.missingTomorrow))}`}
                    </Go>
                    {one.toConfirm > 0 && (
                      <Go href={`${rosterOf(one.station.code)}&tab=confirm`}>
                        {t.toConfirm(formatNumber(one.toConfirm))}
                      </Go>
                    )}
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
