import { useQuery } from '@tanstack/react-query';
import { Modal } from 'antd';
import { useState } from 'react';
import { isOpen } from '#contract/events-words.ts';
import { eventRoutes } from '#contract/events.ts';
import { groupRoutes } from '#contract/groups.ts';
import { libraryRoutes } from '#contract/library.ts';
import type { ClientOutput } from '#contract/route.ts';
import { ask } from '#web/app/ask.ts';
import { useAct } from '#web/app/use-act.ts';
import { useText } from '#web/i18n/area.ts';
import { formatDistance, formatNumber } from '#web/i18n/format.ts';
import { groups } from '#web/i18n/groups.ts';
import { languageChoice } from '#web/i18n/language.ts';
import { ProblemNote } from '#web/ui/ProblemNote.tsx';
import { StatusMark } from '#web/ui/StatusMark.tsx';
import { draftQuery, groupKeys, type GroupDetail } from './queries.ts';

type Draft = ClientOutput<typeof groupRoutes.draft>;

export interface EventFormProps {
  group: GroupDetail;
  messageId: string;
  onClose: () => void;
}

/** The report form, filled in as far as the message tells; events near by of the same kind are offered first. */
export function EventForm(props: EventFormProps) {
  const t = useText(groups).draft;
  const draft = useQuery(draftQuery(props.group.id, props.messageId));
  return (
    <Modal open title={t.title} footer={null} onCancel={props.onClose} destroyOnHidden>
      <ProblemNote error={draft.error} onRetry={() => void draft.refetch()} />
      {draft.data !== undefined && <Filled {...props} draft={draft.data} />}
    </Modal>
  );
}

interface Wish {
  categoryCode: string;
  description: string;
  placeWords: string;
  lon: number | null;
  lat: number | null;
  followEventId?: string;
}

function Filled({ group, messageId, onClose, draft }: EventFormProps & { draft: Draft }) {
  const t = useText(groups).draft;
  const [place, setPlace] = useState(draft.places.length > 0 ? '0' : '');
  const [placeWords, setPlaceWords] = useState(draft.places[0]?.name ?? '');
  const [categoryCode, setCategoryCode] = useState(draft.categories[0]?.code ?? '');
  const [description, setDescription] = useState(draft.text);
  const act = useAct(
    (wish: Wish, opId) => ask(groupRoutes.toEvent, { params: { id: group.id, messageId }, body: { opId, ...wish } }),
    { stale: [groupKeys.all] },
  );
  const at = place === '' ? undefined : draft.places[Number(place)];
  const wish = { categoryCode, description, placeWords, lon: at?.lon ?? null, lat: at?.lat ?? null };
  if (act.data !== undefined)
    return (
      <>
        <p role="status">{act.data.already ? t.already(act.data.number) : t.done(act.data.number)}</p>
        <button type="button" className="tool tool-framed" onClick={onClose}>
          {t.close}
        </button>
      </>
    );
  return (
    <form
      className="groups-form"
      onSubmit={(event) => {
        event.preventDefault();
        act.mutate(wish);
      }}
    >
      <p className="quiet">
        {[
          t.from(draft.author),
          draft.hasPhone ? t.withPhone : '',
          draft.photos.length > 0 ? t.photos(formatNumber(draft.photos.length)) : '',
        ]
          .filter((part) => part !== '')
          .join(' · ')}
      </p>
      <label>
        {t.words}
        <textarea
          rows={3}
          required
          maxLength={4000}
          value={description}
          onChange={({ target }) => setDescription(target.value)}
        />
      </label>
      <CategoryField draft={draft} value={categoryCode} onChange={setCategoryCode} />
      <label>
        {t.place}
        <select
          value={place}
          onChange={({ target }) => {
            setPlace(target.value);
            setPlaceWords(draft.places[Number(target.value)]?.name ?? '');
          }}
        >
          {draft.places.map((one, k) => (
            <option key={`${one.name}${one.lon}${one.lat}`} value={String(k)}>
              {[one.name, one.areaName].filter((part) => part !== '').join(' · ')}
            </option>
          ))}
          <option value="">{t.noPlace}</option>
        </select>
      </label>
      <label>
        {t.placeWords}
        <input maxLength={200} value={placeWords} onChange={({ target }) => setPlaceWords(target.value)} />
      </label>
      <Similar wish={wish} busy={act.isPending} onFollow={(followEventId) => act.mutate({ ...wish, followEventId })} />
      <ProblemNote error={act.error} />
      <button type="submit" className="tool tool-framed groups-main" disabled={act.isPending || categoryCode === ''}>
        {t.act}
      </button>
    </form>
  );
}

function CategoryField({ draft, value, onChange }: { draft: Draft; value: string; onChange: (code: string) => void }) {
  const t = useText(groups).draft;
  const lang = languageChoice.use();
  const library = useQuery({
    queryKey: ['library', 'categories'],
    queryFn: ({ signal }) => ask(libraryRoutes.list, {}, { signal }),
    staleTime: 300_000,
  });
  const all = library.data?.categories ?? [];
  const parents = new Set(all.map(({ parentCode }) => parentCode));
  const nameOf = (one: { name: string; nameEn: string }): string => (lang === 'zh' ? one.name : one.nameEn);
  return (
    <label>
      {t.category}
      <select required value={value} onChange={({ target }) => onChange(target.value)}>
        <option value="">{t.pick}</option>
        {draft.categories.length > 0 && (
          <optgroup label={t.guess}>
            {draft.categories.map((one) => (
              <option key={one.code} value={one.code}>
                {nameOf(one)}
              </option>
            ))}
          </optgroup>
        )}
        <optgroup label={t.category}>
          {all
            .filter(
              ({ code, retired }) =>
                !retired && !parents.has(code) && !draft.categories.some((one) => one.code === code),
            )
            .map((one) => (
              <option key={one.code} value={one.code}>
                {nameOf(one)}
              </option>
            ))}
        </optgroup>
      </select>
    </label>
  );
}

interface SimilarProps {
  wish: Wish;
  busy: boolean;
  onFollow: (eventId: string) => void;
}

function Similar({ wish: { categoryCode, lon, lat }, busy, onFollow }: SimilarProps) {
  const t = useText(groups).draft;
  const query = useQuery({
    queryKey: [...groupKeys.all, 'similar', { categoryCode, lon, lat }],
    queryFn: ({ signal }) =>
      ask(eventRoutes.similar, { query: { categoryCode, lon: String(lon), lat: String(lat) } }, { signal }),
    enabled: categoryCode !== '' && lon !== null && lat !== null,
  });
  const items = (query.data?.items ?? []).filter(({ status }) => isOpen(status));
  if (items.length === 0) return null;
  return (
    <section className="groups-similar" role="status">
      <p>{t.similar}</p>
      <ul>
        {items.map((one) => (
          <li key={one.id}>
            <span>
              {one.number} {one.title} <StatusMark status={one.status} /> {formatDistance(one.distanceM)}
            </span>
            <button type="button" className="tool tool-framed" disabled={busy} onClick={() => onFollow(one.id)}>
              {t.follow}
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
