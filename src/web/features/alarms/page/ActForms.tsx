import { useQuery } from '@tanstack/react-query';
import { useDeferredValue, useState, type FormEvent, type ReactNode } from 'react';
import { eventRoutes } from '#contract/events.ts';
import { libraryRoutes } from '#contract/library.ts';
import { sensingRoutes } from '#contract/sensing.ts';
import { ask } from '#web/app/ask.ts';
import { useAct } from '#web/app/use-act.ts';
import { alarms } from '#web/i18n/alarms.ts';
import { useText } from '#web/i18n/area.ts';
import { common } from '#web/i18n/common.ts';
import { languageChoice } from '#web/i18n/language.ts';
import { ProblemNote } from '#web/ui/ProblemNote.tsx';
import { StatusMark } from '#web/ui/StatusMark.tsx';
import { alarmKeys } from '../queries.ts';

const stale = [alarmKeys.all];
const shortestReason = 2;

interface SheetProps {
  error: unknown;
  busy: boolean;
  ready: boolean;
  onSend: () => void;
  onCancel: () => void;
  children: ReactNode;
}

function Sheet({ error, busy, ready, onSend, onCancel, children }: SheetProps) {
  const t = useText(alarms).act;
  const c = useText(common);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (ready) onSend();
  };
  return (
    <form className="alarm-form" onSubmit={submit}>
      {children}
      <ProblemNote error={error} />
      <div className="alarm-acts">
        <button type="submit" className="alarm-main" disabled={!ready || busy}>
          {t.send}
        </button>
        <button type="button" onClick={onCancel}>
          {c.cancel}
        </button>
      </div>
    </form>
  );
}

function Reason({ label, value, onChange }: { label: string; value: string; onChange: (text: string) => void }) {
  return (
    <label className="alarms-field">
      <span>{label}</span>
      <textarea rows={2} maxLength={500} required value={value} onChange={({ target }) => onChange(target.value)} />
    </label>
  );
}

/** Where no rule names a category, the seat does. */
export function RaiseForm({ id, onDone }: { id: string; onDone: () => void }) {
  const t = useText(alarms).act;
  const lang = languageChoice.use();
  const [category, setCategory] = useState('');
  const library = useQuery({ queryKey: ['library'], queryFn: ({ signal }) => ask(libraryRoutes.list, {}, { signal }) });
  const act = useAct(
    (categoryCode: string, opId) => ask(sensingRoutes.raise, { params: { id }, body: { opId, categoryCode } }),
    { stale, onDone },
  );
  return (
    <Sheet
      error={act.error}
      busy={act.isPending}
      ready={category !== ''}
      onSend={() => act.mutate(category)}
      onCancel={onDone}
    >
      <label className="alarms-field">
        <span>{t.category}</span>
        <select required value={category} onChange={({ target }) => setCategory(target.value)}>
          <option value="">{t.chooseCategory}</option>
          {library.data?.categories
            .filter(({ retired }) => !retired)
            .map(({ code, name, nameEn }) => (
              <option key={code} value={code}>
                {code} {lang === 'en' && nameEn !== '' ? nameEn : name}
              </option>
            ))}
        </select>
      </label>
    </Sheet>
  );
}

/** Over by a person's word: the reason is kept. */
export function ClearForm({ id, onDone }: { id: string; onDone: () => void }) {
  const t = useText(alarms).act;
  const [reason, setReason] = useState('');
  const act = useAct(
    (words: string, opId) => ask(sensingRoutes.clear, { params: { id }, body: { opId, reason: words } }),
    { stale, onDone },
  );
  return (
    <Sheet
      error={act.error}
      busy={act.isPending}
      ready={reason.trim().length >= shortestReason}
      onSend={() => act.mutate(reason.trim())}
      onCancel={onDone}
    >
      <Reason label={t.clearReason} value={reason} onChange={setReason} />
    </Sheet>
  );
}

const minutes = [10, 30, 60, 240, 1440] as const;

/** The device's data go on being kept, but raise nothing for a while. */
export function MuteForm({ deviceId, onDone }: { deviceId: string; onDone: () => void }) {
  const t = useText(alarms);
  const [reason, setReason] = useState('');
  const [span, setSpan] = useState<number>(minutes[2]);
  const act = useAct(
    (wish: { minutes: number; reason: string }, opId) =>
      ask(sensingRoutes.mute, { params: { id: deviceId }, body: { opId, ...wish } }),
    { stale, onDone },
  );
  return (
    <Sheet
      error={act.error}
      busy={act.isPending}
      ready={reason.trim().length >= shortestReason}
      onSend={() => act.mutate({ minutes: span, reason: reason.trim() })}
      onCancel={onDone}
    >
      <label className="alarms-field">
        <span>{t.act.muteFor}</span>
        <select value={span} onChange={({ target }) => setSpan(Number(target.value))}>
          {minutes.map((one) => (
            <option key={one} value={one}>
              {t.sound.minutes(one)}
            </option>
          ))}
        </select>
      </label>
      <Reason label={t.act.muteReason} value={reason} onChange={setReason} />
    </Sheet>
  );
}

/** Finds an open event and links the alarm to it; without words those of the same area come first. */
export function LinkForm({ id, areaCode, onDone }: { id: string; areaCode: string; onDone: () => void }) {
  const t = useText(alarms).act;
  const [typed, setTyped] = useState('');
  const [eventId, setEventId] = useState<string | null>(null);
  const q = useDeferredValue(typed.trim());
  const found = useQuery({
    queryKey: ['alarms', 'events', q, areaCode],
    queryFn: ({ signal }) =>
      ask(
        eventRoutes.list,
        { query: { ...(q === '' ? { areaCode } : { q }), open: 'true', sort: 'newest', limit: 8 } },
        { signal },
      ),
  });
  const act = useAct(
    (wanted: string, opId) => ask(sensingRoutes.link, { params: { id }, body: { opId, eventId: wanted } }),
    { stale, onDone },
  );
  return (
    <Sheet
      error={act.error}
      busy={act.isPending}
      ready={eventId !== null}
      onSend={() => eventId !== null && act.mutate(eventId)}
      onCancel={onDone}
    >
      <label className="alarms-field">
        <span>{t.findEvent}</span>
        <input type="search" maxLength={100} value={typed} onChange={({ target }) => setTyped(target.value)} />
      </label>
      <fieldset className="alarm-events">
        <legend className="visually-hidden">{t.linkTo}</legend>
        {found.data?.items.map((event) => (
          <label key={event.id}>
            <input type="radio" name="event" checked={eventId === event.id} onChange={() => setEventId(event.id)} />
            <span>
              {event.number} <StatusMark status={event.status} /> {event.placeWords}
            </span>
          </label>
        ))}
        {found.data?.items.length === 0 && <p className="quiet">{t.noEvent}</p>}
      </fieldset>
    </Sheet>
  );
}
