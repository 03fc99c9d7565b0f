import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { activityRoutes } from '#contract/activities.ts';
import { ask } from '#web/app/ask.ts';
import { useAct } from '#web/app/use-act.ts';
import { useText } from '#web/i18n/area.ts';
import { activities } from '#web/i18n/activities.ts';
import { languageChoice } from '#web/i18n/language.ts';
import { toLocal } from '#web/i18n/local-time.ts';
import { MomentField } from '#web/ui/MomentField.tsx';
import { ProblemNote } from '#web/ui/ProblemNote.tsx';
import { activitiesKey, kindsQuery, partnersQuery, stationsQuery, type Activity } from './queries.ts';

interface Typed {
  stationId: string;
  kind: string;
  title: string;
  about: string;
  startsAt: string;
  endsAt: string;
  places: string;
  partnerId: string;
  pledgeId: string;
}

const start: Typed = { stationId: '', kind: 'clinic', title: '', about: '', startsAt: '', endsAt: '', places: '', partnerId: '', pledgeId: '' }; // prettier-ignore

function asBefore({ stationId, kind, title, about, startsAt, endsAt, places, partnerId, pledgeId }: Activity): Typed {
  const typed = { stationId, kind, title, about, startsAt, endsAt };
  return {
    ...typed,
    places: places === null ? '' : String(places),
    partnerId: partnerId ?? '',
    pledgeId: pledgeId ?? '',
  };
}

function toWish({ stationId: _stationId, places, partnerId, pledgeId, ...typed }: Typed) {
  return {
    ...typed,
    places: places === '' ? null : Number(places),
    partnerId: partnerId === '' ? null : partnerId,
    pledgeId: partnerId === '' || pledgeId === '' ? null : pledgeId,
  };
}

interface FormProps {
  /** Changed where given, planned anew otherwise. */
  activity?: Activity;
  stationId?: string | undefined;
  onDone: () => void;
}

/** Plans an activity, or changes one that has not been settled. */
export function PlanForm({ activity, stationId, onDone }: FormProps) {
  const t = useText(activities);
  const [typed, setTyped] = useState<Typed>(() =>
    activity === undefined ? { ...start, stationId: stationId ?? '' } : asBefore(activity),
  );
  const set = (change: Partial<Typed>): void => setTyped((now) => ({ ...now, ...change }));
  const send = useAct(
    (wish: Typed, opId) =>
      activity === undefined
        ? ask(activityRoutes.plan, { body: { opId, stationId: wish.stationId, ...toWish(wish) } })
        : ask(activityRoutes.change, {
            params: { id: activity.id },
            body: { opId, version: activity.version, ...toWish(wish) },
          }),
    { stale: [activitiesKey], onDone },
  );
  const { data: stations } = useQuery(stationsQuery);
  // Whoever works at one station is not asked which.
  const only = stations?.length === 1 ? stations[0]?.id : undefined;
  const chosen = typed.stationId === '' ? (only ?? '') : typed.stationId;
  const whole = chosen !== '' && typed.title.trim().length > 1 && typed.startsAt !== '' && typed.endsAt !== '';
  return (
    <form
      className="activities-form"
      onSubmit={(event) => {
        event.preventDefault();
        send.mutate({ ...typed, stationId: chosen });
      }}
    >
      {chosen !== only && stationId === undefined && activity === undefined && <Station typed={typed} set={set} />}
      <Fields typed={typed} set={set} />
      <Partner typed={{ ...typed, stationId: chosen }} set={set} />
      <ProblemNote error={send.error} />
      <p className="activities-tools">
        <button type="submit" className="tool tool-framed" disabled={send.isPending || !whole}>
          {activity === undefined ? t.announce : t.save}
        </button>
        <button type="button" className="tool" onClick={onDone}>
          {t.close}
        </button>
      </p>
    </form>
  );
}

interface PartProps {
  typed: Typed;
  set: (change: Partial<Typed>) => void;
}

function Station({ typed, set }: PartProps) {
  const t = useText(activities);
  const lang = languageChoice.use();
  const { data } = useQuery(stationsQuery);
  return (
    <label>
      {t.addAt}
      <select required value={typed.stationId} onChange={({ target }) => set({ stationId: target.value })}>
        <option value="">{t.choose}</option>
        {data?.map(({ id, name, nameEn }) => (
          <option key={id} value={id}>
            {lang === 'zh' ? name : nameEn}
          </option>
        ))}
      </select>
    </label>
  );
}

const minuteMs = 60_000;

function Fields({ typed, set }: PartProps) {
  const t = useText(activities);
  const lang = languageChoice.use();
  const kinds = useQuery(kindsQuery).data?.items ?? [];
  const minutes = kinds.find(({ code }) => code === typed.kind)?.minutes ?? 90;
  const startAt = (startsAt: string): void => {
    const follows = typed.endsAt === '' || Date.parse(typed.endsAt) <= Date.parse(startsAt);
    const endsAt =
      follows && startsAt !== '' ? new Date(Date.parse(startsAt) + minutes * minuteMs).toISOString() : typed.endsAt;
    set({ startsAt, endsAt });
  };
  return (
    <>
      <label>
        {t.kind}
        <select value={typed.kind} onChange={({ target }) => set({ kind: target.value })}>
          {kinds.map(({ code, name, nameEn }) => (
            <option key={code} value={code}>
              {lang === 'zh' ? name : nameEn}
            </option>
          ))}
        </select>
      </label>
      <label>
        {t.name}
        <input
          required
          minLength={2}
          maxLength={60}
          value={typed.title}
          onChange={({ target }) => set({ title: target.value })}
        />
      </label>
      <MomentField label={t.starts} value={typed.startsAt} onChange={startAt} />
      <MomentField label={t.ends} value={typed.endsAt} onChange={(endsAt) => set({ endsAt })} />
      <label>
        {t.places}
        <input
          type="number"
          min={1}
          max={5000}
          value={typed.places}
          onChange={({ target }) => set({ places: target.value })}
        />
      </label>
      <label>
        {t.about}
        <textarea
          maxLength={1000}
          rows={2}
          value={typed.about}
          onChange={({ target }) => set({ about: target.value })}
        />
      </label>
    </>
  );
}

/** Those whose agreement runs at the station on the day it begins. */
function Partner({ typed, set }: PartProps) {
  const t = useText(activities);
  const lang = languageChoice.use();
  const day = typed.startsAt === '' ? '' : toLocal(typed.startsAt).slice(0, 10);
  const { data } = useQuery(partnersQuery(typed.stationId, day));
  const chosen = data?.items.find(({ id }) => id === typed.partnerId);
  return (
    <>
      <label>
        {t.partner}
        <select value={typed.partnerId} onChange={({ target }) => set({ partnerId: target.value, pledgeId: '' })}>
          <option value="">{t.noPartner}</option>
          {data?.items.map(({ id, name, nameEn }) => (
            <option key={id} value={id}>
              {lang === 'zh' ? name : nameEn}
            </option>
          ))}
        </select>
      </label>
      {chosen !== undefined && chosen.pledges.length > 0 && (
        <label>
          {t.pledge}
          <select value={typed.pledgeId} onChange={({ target }) => set({ pledgeId: target.value })}>
            <option value="">{t.noPledge}</option>
            {chosen.pledges.map(({ id, what, whatEn }) => (
              <option key={id} value={id}>
                {lang === 'zh' || whatEn === '' ? what : whatEn}
              </option>
            ))}
          </select>
        </label>
      )}
    </>
  );
}
