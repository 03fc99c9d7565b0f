import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { activityRoutes } from '#contract/activities.ts';
import { Go } from '#web/app/Go.tsx';
import { may, useMe } from '#web/app/me.ts';
import { useNow } from '#web/app/now.ts';
import { useText } from '#web/i18n/area.ts';
import { activities } from '#web/i18n/activities.ts';
import { common } from '#web/i18n/common.ts';
import { formatNumber, formatTime } from '#web/i18n/format.ts';
import { languageChoice } from '#web/i18n/language.ts';
import { toLocal } from '#web/i18n/local-time.ts';
import { MoreButton } from '#web/ui/MoreButton.tsx';
import { ProblemNote } from '#web/ui/ProblemNote.tsx';
import { CancelForm } from './CancelForm.tsx';
import { HoldForm } from './HoldForm.tsx';
import { PlanForm } from './PlanForm.tsx';
import { activitiesQuery, type ActivitiesSearch, type Activity } from './queries.ts';

/** Activities, what waits to be recorded first; whoever manages the station plans, changes and records. */
export function ActivityList({ search }: { search: ActivitiesSearch }) {
  const t = useText(activities);
  const c = useText(common);
  const [adding, setAdding] = useState(false);
  const list = useInfiniteQuery(activitiesQuery(search));
  const first = list.data?.pages[0];
  const rows = list.data?.pages.flatMap(({ items }) => items) ?? [];
  const manages = may(useMe(), 'station.manage');
  return (
    <>
      {manages && !adding && (
        <button type="button" className="tool tool-framed activities-add" onClick={() => setAdding(true)}>
          {t.add}
        </button>
      )}
      {adding && <PlanForm stationId={search.station} onDone={() => setAdding(false)} />}
      <ProblemNote error={list.error} onRetry={() => void list.refetch()} />
      {first === undefined && list.error === null && (
        <p className="waiting" role="status">
          {c.loading}
        </p>
      )}
      {first !== undefined && (
        <>
          <p role="status" className="quiet">
            {first.total === 0 ? t.none : t.count(formatNumber(first.total))}
          </p>
          <ul className="activities-list">
            {rows.map((row) => (
              <Row key={row.id} activity={row} atStation={search.station !== undefined} />
            ))}
          </ul>
          <MoreButton list={list} words={t.more} />
        </>
      )}
    </>
  );
}

/** '6月3日 14:00–16:00'. */
export function spanWords(
  t: { timeSpan: (from: string, to: string) => string },
  startsAt: string,
  endsAt: string,
): string {
  return t.timeSpan(formatTime(startsAt), toLocal(endsAt).slice(11));
}

/** The records that count who came. */
function recordsOf({ id, startsAt, endsAt }: Activity): string {
  const [day, to] = [toLocal(startsAt).slice(0, 10), toLocal(endsAt).slice(0, 10)];
  return `/desk/service-figures?period=custom&day=${day}&to=${to}&list=1&activity=${id}`;
}

function Row({ activity, atStation }: { activity: Activity; atStation: boolean }) {
  const t = useText(activities);
  const lang = languageChoice.use();
  const now = useNow();
  const [doing, setDoing] = useState<'edit' | 'hold' | 'cancel' | null>(null);
  const { kindName, kindNameEn, title, startsAt, endsAt, state, places, partnerName, partnerNameEn, persons } =
    activity;
  const zh = lang === 'zh';
  const close = (): void => setDoing(null);
  const facts = [
    atStation ? '' : zh ? activity.stationName : activity.stationNameEn,
    (zh ? partnerName : partnerNameEn) ?? '',
    places === null ? '' : t.placesOf(formatNumber(places)),
  ].filter((word) => word !== '');
  return (
    <li className={`activities-${state}`}>
      <p>
        <b>{title}</b> <span className="tag">{zh ? kindName : kindNameEn}</span>
        <span className="tag">{t.states[state]}</span>
      </p>
      <p>{spanWords(t, startsAt, endsAt)}</p>
      {facts.length > 0 && <p className="quiet">{facts.join(' · ')}</p>}
      {state === 'held' && (
        <p>
          <Go href={recordsOf(activity)}>{t.persons(formatNumber(persons))}</Go>
        </p>
      )}
      {state === 'cancelled' && <p className="activities-why">{t.cancelledFor(activity.reason)}</p>}
      <Pictures activity={activity} />
      {activity.mayManage && state === 'planned' && doing === null && (
        <p className="activities-tools">
          {Date.parse(endsAt) < now && <span className="activities-due">{t.dueSoon}</span>}
          {Date.parse(startsAt) < now && <Act words={t.hold} onClick={() => setDoing('hold')} />}
          <Act words={t.edit} onClick={() => setDoing('edit')} />
          <Act words={t.cancel} onClick={() => setDoing('cancel')} />
        </p>
      )}
      {doing === 'edit' && <PlanForm activity={activity} stationId={activity.stationId} onDone={close} />}
      {doing === 'hold' && <HoldForm activity={activity} onDone={close} />}
      {doing === 'cancel' && <CancelForm activity={activity} onDone={close} />}
    </li>
  );
}

function Act({ words, onClick }: { words: string; onClick: () => void }) {
  return (
    <button type="button" className="tool tool-framed" onClick={onClick}>
      {words}
    </button>
  );
}

function Pictures({ activity: { id, photos, title } }: { activity: Activity }) {
  const t = useText(activities);
  if (photos.length === 0) return null;
  return (
    <p className="activities-tools">
      {photos.map((photo) => {
        const path = activityRoutes.photo.path.replace(':id', id).replace(':photoId', photo.id);
        return (
          <a key={photo.id} href={path} target="_blank" rel="noreferrer">
            <img src={`${path}?size=thumb`} alt={t.photoOf(title)} loading="lazy" width="108" height="81" />
          </a>
        );
      })}
    </p>
  );
}
