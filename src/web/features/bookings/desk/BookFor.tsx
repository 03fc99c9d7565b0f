import { useQuery } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { bookingRoutes } from '#contract/bookings.ts';
import { ask } from '#web/app/ask.ts';
import { useNow } from '#web/app/now.ts';
import { useAct } from '#web/app/use-act.ts';
import { useText } from '#web/i18n/area.ts';
import { bookings } from '#web/i18n/bookings.ts';
import { ProblemNote } from '#web/ui/ProblemNote.tsx';
import { clockOf, dayIn } from '#web/i18n/local-time.ts';
import { bookingKey, slotsQuery, type BookingDay } from './queries.ts';

/** Books for somebody who stands here or telephones. */
export function BookFor({ offers }: { offers: BookingDay['offers'] }) {
  const t = useText(bookings);
  const [offerId, setOfferId] = useState('');
  const [startsAt, setStartsAt] = useState('');
  const [phone, setPhone] = useState('');
  const [name, setName] = useState('');
  const [channel, setChannel] = useState<'counter' | 'phone'>('counter');
  const act = useAct(
    (body: { offerId: string; startsAt: string; phone: string; name: string; channel: 'counter' | 'phone' }, opId) =>
      ask(bookingRoutes.book, { body: { opId, ...body } }),
    {
      stale: [bookingKey],
      onDone: () => {
        setStartsAt('');
        setPhone('');
        setName('');
      },
    },
  );
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    act.mutate({ offerId, startsAt, phone, name, channel });
  };
  return (
    <details className="bookings-fold">
      <summary>{t.day.book}</summary>
      <form className="bookings-form" onSubmit={submit}>
        <label className="form-field">
          {t.day.bookOffer}
          <select required value={offerId} onChange={({ target }) => setOfferId(target.value)}>
            <option value="">{t.form.choose}</option>
            {offers.map(({ id, title, provider }) => (
              <option key={id} value={id}>
                {title} · {provider}
              </option>
            ))}
          </select>
        </label>
        <SlotField offerId={offerId} value={startsAt} onChange={setStartsAt} />
        <label className="form-field">
          {t.day.bookPhone}
          <input
            type="tel"
            required
            pattern="[0-9+\- ]{7,20}"
            autoComplete="off"
            value={phone}
            onChange={({ target }) => setPhone(target.value)}
          />
        </label>
        <label className="form-field">
          {t.day.bookName}
          <input maxLength={20} autoComplete="off" value={name} onChange={({ target }) => setName(target.value)} />
        </label>
        <label className="form-field">
          {t.day.bookChannel}
          <select value={channel} onChange={({ target }) => setChannel(target.value === 'phone' ? 'phone' : 'counter')}>
            <option value="counter">{t.channels.counter}</option>
            <option value="phone">{t.channels.phone}</option>
          </select>
        </label>
        <ProblemNote error={act.error} />
        {act.data !== undefined && <p role="status">{t.day.booked(act.data.code)}</p>}
        <button type="submit" className="tool tool-framed" disabled={act.isPending || startsAt === ''}>
          {t.day.bookSave}
        </button>
      </form>
    </details>
  );
}

function SlotField({ offerId, value, onChange }: { offerId: string; value: string; onChange: (at: string) => void }) {
  const t = useText(bookings).day;
  const query = useQuery(slotsQuery(offerId));
  const nowMs = useNow();
  const free = (query.data?.days ?? []).flatMap(({ slots }) =>
    slots.filter(({ left, startsAt }) => left > 0 && Date.parse(startsAt) > nowMs),
  );
  return (
    <label className="form-field">
      {t.bookTime}
      <select required value={value} onChange={({ target }) => onChange(target.value)}>
        <option value="">{query.data !== undefined && free.length === 0 ? t.noSlots : ''}</option>
        {free.map(({ startsAt, left }) => (
          <option key={startsAt} value={startsAt}>
            {t.slot(`${dayIn(startsAt).slice(5)} ${clockOf(startsAt)}`, left)}
          </option>
        ))}
      </select>
      <ProblemNote error={query.error} />
    </label>
  );
}
