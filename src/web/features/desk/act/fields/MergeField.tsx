import { useQuery } from '@tanstack/react-query';
import { Input } from 'antd';
import { useState } from 'react';
import { eventRoutes } from '#contract/events.ts';
import { ask } from '#web/app/ask.ts';
import { useText } from '#web/i18n/area.ts';
import { deskEvent } from '#web/i18n/desk-event.ts';
import { formatDistance, formatTime } from '#web/i18n/format.ts';
import { languageChoice } from '#web/i18n/language.ts';
import { StatusMark } from '#web/ui/StatusMark.tsx';
import { useCategories } from '../../names.ts';
import { PriorityShape } from '../../PriorityShape.tsx';
import { eventQuery, similarQuery, type EventDetail, type EventRow } from '../../queries.ts';
import type { FieldProps } from './ActionField.tsx';

/** Which event it is the same as: near ones of its kind first, any other by number; both side by side before deciding. */
export function MergeField({ event, values, set }: FieldProps) {
  const t = useText(deskEvent).act;
  const lang = languageChoice.use();
  const [q, setQ] = useState('');
  const place = { categoryCode: event.categoryCode, lon: event.lon ?? 0, lat: event.lat ?? 0, exceptId: event.id };
  const similar = useQuery({ ...similarQuery(place), enabled: event.lon !== null && event.lat !== null });
  const found = useQuery({
    queryKey: ['events', 'list', 'merge', q],
    queryFn: ({ signal }) => ask(eventRoutes.list, { query: { q, limit: 8 } }, { signal }),
    enabled: q.trim().length >= 2,
  });
  const near = similar.data?.items ?? [];
  const others = (found.data?.items ?? []).filter(
    (one) => one.id !== event.id && near.every((other) => other.id !== one.id),
  );
  const choices: (EventRow & { distanceM?: number })[] = [...near, ...others];
  const other = useQuery({ ...eventQuery(values.intoId ?? ''), enabled: values.intoId !== null }).data;
  return (
    <fieldset className="form-field merge">
      <legend>{t.into}</legend>
      {similar.isFetched && near.length === 0 && <small>{t.intoNone}</small>}
      <ul>
        {choices.map((one) => (
          <li key={one.id}>
            <label>
              <input
                type="radio"
                name="into"
                checked={values.intoId === one.id}
                onChange={() => set({ intoId: one.id })}
              />
              <PriorityShape priority={one.priority} size={20} />
              <b>{one.title}</b>
              <StatusMark status={one.status} />
              <small>
                {one.number} · {formatTime(one.reportedAt, lang)}
                {one.distanceM !== undefined && ` · ${t.distance(formatDistance(one.distanceM, lang))}`}
              </small>
            </label>
          </li>
        ))}
      </ul>
      <Input
        aria-label={t.intoSearch}
        placeholder={t.intoSearch}
        value={q}
        onChange={(typed) => setQ(typed.target.value)}
      />
      {other !== undefined && (
        <div className="compare">
          <Side title={t.sameHere} event={event} />
          <Side title={t.sameThere} event={other} />
        </div>
      )}
    </fieldset>
  );
}

function Side({ title, event }: { title: string; event: EventDetail }) {
  const lang = languageChoice.use();
  const { nameOf } = useCategories();
  const photo = event.attachments[0];
  return (
    <section>
      <h4>{title}</h4>
      {photo !== undefined && <img src={`/api/attachments/${photo.id}?size=thumb`} alt="" loading="lazy" />}
      <p>
        <b>{event.title}</b>
      </p>
      <p>{event.number}</p>
      <p>{nameOf(event.categoryCode)}</p>
      <p>{event.placeWords}</p>
      <p>{formatTime(event.reportedAt, lang)}</p>
      <p className="compare-text">{event.description}</p>
    </section>
  );
}
