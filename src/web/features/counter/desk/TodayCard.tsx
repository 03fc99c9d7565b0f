import { useQuery } from '@tanstack/react-query';
import { Go } from '#web/app/Go.tsx';
import { useText } from '#web/i18n/area.ts';
import { counterDesk } from '#web/i18n/counter-desk.ts';
import { formatNumber, formatTime } from '#web/i18n/format.ts';
import { Icon } from '#web/ui/icons/Icon.tsx';
import { ProblemNote } from '#web/ui/ProblemNote.tsx';
import { useNamed } from '#web/i18n/use-named.ts';
import { servicesTodayQuery, serviceWordsQuery, useServicesLive, type ServicesToday } from './queries.ts';
import './counter-desk.css';

const shownAids = 3;
const shownWants = 4;

/** On the page of all stations: what was given today, first aid on top. Every number opens where it was counted. */
export function TodayCard() {
  const t = useText(counterDesk);
  const { data, error, refetch } = useQuery(servicesTodayQuery);
  useServicesLive(() => true);
  return (
    <section className="today-card" aria-label={t.todayHeading}>
      <h2>{t.todayHeading}</h2>
      <ProblemNote error={error} onRetry={() => void refetch()} />
      {data !== undefined && <Figures today={data} />}
    </section>
  );
}

function Figures({ today }: { today: ServicesToday }) {
  const t = useText(counterDesk);
  const sum = (of: 'services' | 'persons' | 'waiting'): number =>
    today.stations.reduce((all, station) => all + station[of], 0);
  const busiest = today.stations.toSorted((a, b) => b.lastHour - a.lastHour).filter(({ lastHour }) => lastHour > 0)[0];
  return (
    <>
      <p className="today-figures">
        <Go href="/desk/service-figures?period=day&list=1">
          <b>{formatNumber(sum('services'))}</b> {t.services} · <b>{formatNumber(sum('persons'))}</b> {t.persons}
        </Go>
      </p>
      {busiest !== undefined && (
        <p className="quiet">
          <Go href={hrefOf(busiest.code)}>{t.busiest(busiest.name, busiest.lastHour)}</Go>
        </p>
      )}
      <Aids today={today} />
      {sum('waiting') > 0 && <p className="quiet">{t.waiting(sum('waiting'))}</p>}
      <Wants today={today} />
    </>
  );
}

const hrefOf = (code: string): string => `/desk/stations/${code}?part=services`;

function Aids({ today }: { today: ServicesToday }) {
  const t = useText(counterDesk);
  const named = useNamed();
  const cards = useQuery(serviceWordsQuery).data?.cards ?? [];
  const codeOf = (stationId: string): string =>
    today.stations.find((station) => station.stationId === stationId)?.code ?? '';
  if (today.aids.length === 0) return null;
  return (
    <ul className="today-aids">
      {today.aids.slice(0, shownAids).map((aid) => (
        <li key={aid.id} data-aid={aid.id} className={aid.serious ? 'today-aid-serious' : undefined}>
          <Icon name={aid.serious ? 'warning' : 'heart'} size={18} />
          <Go href={aid.eventId === null ? hrefOf(codeOf(aid.stationId)) : `/desk?event=${aid.eventId}`}>
            {t.aid(named(cards.find(({ code }) => code === aid.card)), aid.stationName, formatTime(aid.at))}
          </Go>
          {aid.serious && <span className="today-mark">{t.serious}</span>}
        </li>
      ))}
      {today.aids.length > shownAids && (
        <li>
          <Go href="/desk/service-figures?period=day&kind=first_aid">{t.moreAids(today.aids.length - shownAids)}</Go>
        </li>
      )}
    </ul>
  );
}

function Wants({ today }: { today: ServicesToday }) {
  const t = useText(counterDesk);
  const named = useNamed();
  const wants = useQuery(serviceWordsQuery).data?.wants ?? [];
  if (today.wants.length === 0) return null;
  const told = today.wants
    .slice(0, shownWants)
    .map(({ want, times }) => t.wantTimes(named(wants.find(({ code }) => code === want)), times));
  return <p className="quiet">{t.wants(told.join(t.comma))}</p>;
}
