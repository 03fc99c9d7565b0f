import { inLanguage } from '#web/i18n/language.ts';
import { useState } from 'react';
import { bookingRoutes } from '#contract/bookings.ts';
import { ask } from '#web/app/ask.ts';
import { Go } from '#web/app/Go.tsx';
import { may, useMe } from '#web/app/me.ts';
import { useNow } from '#web/app/now.ts';
import { useAct } from '#web/app/use-act.ts';
import { useText } from '#web/i18n/area.ts';
import { bookings } from '#web/i18n/bookings.ts';
import { languageChoice } from '#web/i18n/language.ts';
import { ProblemNote } from '#web/ui/ProblemNote.tsx';
import { clockOf } from '#web/i18n/local-time.ts';
import { bookingKey, type Booking } from './queries.ts';
import { ServeForm } from './ServeForm.tsx';

/** One booking: who, when, how it stands, and what can be done with it now. */
export function BookingRow({ booking, withDay = false }: { booking: Booking; withDay?: boolean }) {
  const t = useText(bookings);
  const lang = languageChoice.use();
  const nowMs = useNow();
  const isLate = booking.state === 'booked' && Date.parse(booking.noShowFrom) <= nowMs;
  return (
    <li className={`bookings-one bookings-is-${booking.state}`}>
      <div className="bookings-row">
        <b className="bookings-time">
          {withDay && `${booking.startsAt.slice(0, 10)} `}
          {clockOf(booking.startsAt)}
        </b>
        <code className="bookings-code">{booking.code}</code>
        <span>{inLanguage(lang, booking.title, booking.titleEn)}</span>
        <span>{booking.name}</span>
        <span className="quiet">{booking.phone}</span>
        <span className="quiet">{t.channels[booking.channel]}</span>
        <span className="bookings-state">
          {booking.outcome === null ? t.states[booking.state] : t.outcomes[booking.outcome]}
        </span>
        {isLate && <span className="bookings-warn">{t.day.late}</span>}
        {!booking.seated && <span className="quiet">{t.day.unseated}</span>}
        {booking.rating !== null && <span>{t.day.rating(booking.rating)}</span>}
        {booking.eventId !== null && (
          <Go href={`/desk?event=${booking.eventId}`} className="link-button">
            {t.outcomes.transferred}
          </Go>
        )}
      </div>
      {booking.away !== null && <p className="bookings-warn">{t.day.awayIs(booking.away)}</p>}
      {(booking.note !== '' || booking.ratingWords !== '') && (
        <p className="quiet">{[booking.note, booking.ratingWords].filter((one) => one !== '').join(' · ')}</p>
      )}
      <Acts booking={booking} isLate={isLate} />
    </li>
  );
}

function Acts({ booking, isLate }: { booking: Booking; isLate: boolean }) {
  const t = useText(bookings).day;
  const me = useMe();
  const [serving, setServing] = useState(false);
  const [sure, setSure] = useState(false);
  const params = { id: booking.id };
  const stale = [bookingKey];
  const { version, state } = booking;
  const arrive = useAct((_: null, opId) => ask(bookingRoutes.arrive, { params, body: { opId, version } }), { stale });
  const noShow = useAct((_: null, opId) => ask(bookingRoutes.noShow, { params, body: { opId, version } }), { stale });
  const cancel = useAct((_: null, opId) => ask(bookingRoutes.cancel, { params, body: { opId, version } }), { stale });
  const acts = [arrive, noShow, cancel];
  const busy = acts.some(({ isPending }) => isPending);
  const works = may(me, 'station.work');
  const button = (words: string, onClick: () => void) => (
    <button type="button" className="tool tool-framed" disabled={busy} onClick={onClick}>
      {words}
    </button>
  );
  if (state === 'cancelled') return null;
  return (
    <>
      <div className="bookings-row">
        {works && (state === 'booked' || state === 'no_show') && button(t.arrive, () => arrive.mutate(null))}
        {works && state !== 'served' && button(t.serve, () => setServing(!serving))}
        {works && isLate && button(t.noShow, () => noShow.mutate(null))}
        {works && <Contact booking={booking} />}
        {state === 'booked' && (
          <button
            type="button"
            className="link-button"
            disabled={busy}
            onClick={() => (sure ? cancel.mutate(null) : setSure(true))}
          >
            {sure ? t.cancelSure : t.cancel}
          </button>
        )}
      </div>
      {serving && <ServeForm booking={booking} onDone={() => setServing(false)} />}
      <ProblemNote error={acts.map(({ error }) => error).find((error) => error !== null) ?? null} />
    </>
  );
}

/** The number and the link, each shown on the record. */
function Contact({ booking }: { booking: Booking }) {
  const t = useText(bookings).day;
  const params = { id: booking.id };
  const phone = useAct((_: null, opId) => ask(bookingRoutes.phone, { params, body: { opId } }));
  const link = useAct((_: null, opId) => ask(bookingRoutes.link, { params, body: { opId } }));
  return (
    <>
      {booking.phone !== null && (
        <button type="button" className="link-button" disabled={phone.isPending} onClick={() => phone.mutate(null)}>
          {t.phone}
        </button>
      )}
      {phone.data !== undefined && (
        <b>
          {phone.data.name} {phone.data.phone}
        </b>
      )}
      <button type="button" className="link-button" disabled={link.isPending} onClick={() => link.mutate(null)}>
        {t.link}
      </button>
      {link.data !== undefined && <code>{new URL(link.data.path, location.origin).href}</code>}
      <ProblemNote error={phone.error ?? link.error} />
    </>
  );
}
