import { useQuery } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { bookingRoutes } from '#contract/bookings.ts';
import { ask } from '#web/app/ask.ts';
import { Go } from '#web/app/Go.tsx';
import { may, useMe } from '#web/app/me.ts';
import { useNow } from '#web/app/now.ts';
import type { StationHead } from '#web/app/station-slots.ts';
import { useAct } from '#web/app/use-act.ts';
import { useText } from '#web/i18n/area.ts';
import { bookings } from '#web/i18n/bookings.ts';
import { common } from '#web/i18n/common.ts';
import { ProblemNote } from '#web/ui/ProblemNote.tsx';
import { BookFor } from './BookFor.tsx';
import { BookingRow } from './BookingRow.tsx';
import './bookings.css';
import { dayIn } from '#web/i18n/local-time.ts';
import { addDays } from '#kit/shanghai-days.ts';
import { NoteUnmet } from './NoteUnmet.tsx';
import { bookingKey, dayQuery, type Booking, type BookingDay } from './queries.ts';

/** Bookings of one station, day by day. */
export function StationBookings({ station }: { station: StationHead }) {
  const t = useText(bookings);
  const c = useText(common);
  const me = useMe();
  const works = may(me, 'station.work');
  const today = dayIn(useNow());
  const [day, setDay] = useState(today);
  const query = useQuery(dayQuery(station.id, day));
  return (
    <section className="bookings-part" aria-label={t.part}>
      <div className="bookings-row">
        <button type="button" className="tool tool-framed" onClick={() => setDay(addDays(day, -1))}>
          {t.day.before}
        </button>
        <input
          type="date"
          aria-label={t.part}
          value={day}
          onChange={({ target }) => target.value !== '' && setDay(target.value)}
        />
        <button type="button" className="tool tool-framed" onClick={() => setDay(addDays(day, 1))}>
          {t.day.after}
        </button>
        {day !== today && (
          <button type="button" className="link-button" onClick={() => setDay(today)}>
            {t.day.today}
          </button>
        )}
        <Go href={`/desk/offers?station=${station.id}`} className="link-button">
          {t.parts.offers}
        </Go>
        <Go href={`/desk/offers?part=figures&station=${station.id}`} className="link-button">
          {t.parts.figures}
        </Go>
      </div>
      {works && <Find station={station} />}
      {query.data !== undefined && (
        <div className="bookings-row bookings-forms">
          <BookFor offers={query.data.offers} />
          {works && day === today && <WalkIn day={query.data} />}
          {works && <NoteUnmet stationId={station.id} />}
        </div>
      )}
      <ProblemNote error={query.error} onRetry={() => void query.refetch()} />
      {query.data === undefined && query.error === null && <p className="waiting">{c.loading}</p>}
      {query.data !== undefined && <BookingList items={query.data.items} label={t.day.table} none={t.day.none} />}
    </section>
  );
}

export function BookingList({ items, label, none }: { items: readonly Booking[]; label: string; none: string }) {
  if (items.length === 0) return <p className="quiet">{none}</p>;
  return (
    <ul className="bookings-list" aria-label={label}>
      {items.map((one) => (
        <BookingRow key={one.id} booking={one} />
      ))}
    </ul>
  );
}

/** For whoever lost their link: by what they say, at this station only. */
function Find({ station }: { station: StationHead }) {
  const t = useText(bookings).day;
  const [text, setText] = useState('');
  const act = useAct((body: { code?: string; phone?: string }) =>
    ask(bookingRoutes.find, { body: { stationId: station.id, ...body } }),
  );
  const find = (event: FormEvent): void => {
    event.preventDefault();
    const bare = text.trim();
    if (bare !== '') act.mutate(/^[a-z]/i.test(bare) ? { code: bare } : { phone: bare });
  };
  return (
    <>
      <form className="bookings-row" role="search" onSubmit={find}>
        <label className="bookings-row">
          {t.find}
          <input value={text} maxLength={20} autoComplete="off" onChange={({ target }) => setText(target.value)} />
        </label>
        <button type="submit" className="tool tool-framed" disabled={act.isPending}>
          {t.findDo}
        </button>
      </form>
      <ProblemNote error={act.error} />
      {act.data !== undefined && <BookingList items={act.data.items} label={t.found} none={t.findNone} />}
    </>
  );
}

function WalkIn({ day: { offers, walkInMinutes } }: { day: BookingDay }) {
  const t = useText(bookings).day;
  const act = useAct((offerId: string, opId) => ask(bookingRoutes.walkIn, { body: { opId, offerId } }), {
    stale: [bookingKey],
  });
  const nowMs = useNow();
  const nearMs = walkInMinutes * 60_000;
  const isHere = ({ today }: BookingDay['offers'][number]): boolean =>
    today.some(
      ({ startsAt, endsAt }) => Date.parse(startsAt) - nearMs <= nowMs && nowMs <= Date.parse(endsAt) + nearMs,
    );
  const welcome = offers.filter(({ walkIn }) => walkIn);
  if (welcome.length === 0) return null;
  return (
    <details className="bookings-fold">
      <summary>{t.walkIn}</summary>
      <div className="bookings-row">
        {welcome.map((one) => (
          <button
            key={one.id}
            type="button"
            className="tool tool-framed"
            disabled={act.isPending || !isHere(one)}
            onClick={() => act.mutate(one.id)}
          >
            {one.title} {!isHere(one) && `(${t.notHere})`}
          </button>
        ))}
      </div>
      <ProblemNote error={act.error} />
      {act.data !== undefined && <p role="status">{t.walkInDone(act.data.code)}</p>}
    </details>
  );
}
