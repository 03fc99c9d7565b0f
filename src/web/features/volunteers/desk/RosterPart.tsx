import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { may, useMe } from '#web/app/me.ts';
import { useNow } from '#web/app/now.ts';
import type { StationHead } from '#web/app/station-slots.ts';
import { useText } from '#web/i18n/area.ts';
import { formatNumber } from '#web/i18n/format.ts';
import { volunteers } from '#web/i18n/volunteers.ts';
import { HoursPart } from './HoursPart.tsx';
import { Answer, usePosts } from './Parts.tsx';
import { PeoplePart } from './PeoplePart.tsx';
import { requestsQuery, waitingQuery } from './queries.ts';
import { RequestRow } from './RequestRow.tsx';
import { SignUpRow } from './SignUpRow.tsx';
import { clockOf } from '#web/i18n/local-time.ts';
import { dayWords } from './times.ts';
import { WeekPart } from './WeekPart.tsx';
import { languageChoice } from '#web/i18n/language.ts';
import './roster.css';

const tabs = ['week', 'confirm', 'requests', 'people', 'hours'] as const;
type Tab = (typeof tabs)[number];

/** A number elsewhere leads to what it counts. */
function tabInAddress(): Tab {
  const named = new URLSearchParams(location.search).get('tab');
  return tabs.find((one) => one === named) ?? 'week';
}

/** A station's roster: the week, what waits for the head, who helps, and what was worked. */
export function RosterPart({ station }: { station: StationHead }) {
  const t = useText(volunteers);
  const me = useMe();
  const [tab, setTab] = useState<Tab>(tabInAddress);
  const manages = may(me, 'station.manage');
  const works = may(me, 'station.work') || manages;
  const waiting = useQuery({ ...waitingQuery(station.id), enabled: may(me, 'station.work') });
  const requests = useQuery({ ...requestsQuery(station.id), enabled: manages });
  const counts: Partial<Record<Tab, number>> = {
    confirm: waiting.data?.items.length ?? 0,
    requests: requests.data?.items.length ?? 0,
  };
  const shown = tabs.filter(
    (one) => one === 'week' || one === 'hours' || (one === 'confirm' ? works && may(me, 'station.work') : manages),
  );
  return (
    <section className="roster" aria-label={t.title}>
      <div className="roster-line" role="group" aria-label={t.parts.label}>
        {shown.map((one) => (
          <button
            key={one}
            type="button"
            className="tool tool-framed"
            aria-pressed={tab === one}
            onClick={() => setTab(one)}
          >
            {t.parts[one]}
            {(counts[one] ?? 0) > 0 && ` (${formatNumber(counts[one] ?? 0)})`}
          </button>
        ))}
      </div>
      {tab === 'week' && <WeekPart station={station} />}
      {tab === 'confirm' && may(me, 'station.work') && <ConfirmPart stationId={station.id} mayManage={manages} />}
      {tab === 'requests' && (
        <Answer query={requests}>
          {({ items }) => (
            <>
              {items.length === 0 && <p>{t.requests.none}</p>}
              <ul className="roster-people">
                {items.map((one) => (
                  <RequestRow key={one.id} one={one} />
                ))}
              </ul>
            </>
          )}
        </Answer>
      )}
      {tab === 'people' && <PeoplePart station={station} />}
      {tab === 'hours' && <HoursPart station={station} mayTake={manages} />}
    </section>
  );
}

function ConfirmPart({ stationId, mayManage }: { stationId: string; mayManage: boolean }) {
  const query = useQuery(waitingQuery(stationId));
  const nowMs = useNow();
  const t = useText(volunteers);
  const lang = languageChoice.use();
  const { post } = usePosts();
  return (
    <Answer query={query}>
      {({ items }) => (
        <>
          <p className="quiet">{items.length === 0 ? t.confirm.none : t.confirm.lead}</p>
          <ul className="roster-people">
            {items.map((one) => (
              <li key={one.id}>
                <span className="quiet">
                  {dayWords(lang, one.day)} {clockOf(one.startsAt)}–{clockOf(one.endsAt)} {post(one.post)}
                </span>
                <ul className="roster-people">
                  <SignUpRow one={one} shift={one} mayManage={mayManage} nowMs={nowMs} />
                </ul>
              </li>
            ))}
          </ul>
        </>
      )}
    </Answer>
  );
}
