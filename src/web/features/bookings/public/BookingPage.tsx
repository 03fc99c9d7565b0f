import { useEffect, useState } from 'react';
import { call } from '#web/app/call.ts';
import { useNow } from '#web/app/now.ts';
import { ProblemError } from '#web/app/problem.ts';
import { useLoad } from '#web/app/use-load.ts';
import { useText } from '#web/i18n/area.ts';
import { bookingsPublic } from '#web/i18n/bookings-public.ts';
import { languageChoice } from '#web/i18n/language.ts';
import { Icon } from '#web/ui/icons/Icon.tsx';
import { Button } from '#web/ui/light/Button.tsx';
import { ErrorNote } from '#web/ui/light/ErrorNote.tsx';
import { Link } from '#web/ui/light/Link.tsx';
import { Skeleton } from '#web/ui/light/Skeleton.tsx';
import { bookingApi, type Own } from './api.ts';
import { Bring } from './BookForm.tsx';
import './bookings-public.css';
import { dropMine, keepMine } from './mine.ts';
import { Rate } from './Rate.tsx';
import { SlotPicker } from './SlotPicker.tsx';
import { useSend } from '#web/app/use-send.ts';
import { inLanguage } from '#web/i18n/language.ts';
import { momentWords } from './words.ts';

/** /b/<secret>: one booking, for whoever made it. */
export function BookingPage({ secret }: { secret: string }) {
  const t = useText(bookingsPublic).own;
  const { value, error, reload } = useLoad(secret, (signal) =>
    call(bookingApi.view, { params: { secret } }, { signal }),
  );
  useEffect(() => {
    document.title = t.title;
  }, [t.title]);
  if (error instanceof ProblemError && error.status < 429)
    return (
      <section className="part">
        <h1>{t.title}</h1>
        <p className="note note-warn" role="alert">
          {t.notFound}
        </p>
      </section>
    );
  if (value === undefined)
    return error === undefined ? <Skeleton lines={8} /> : <ErrorNote error={error} onRetry={reload} />;
  const part = { own: value, secret, onDone: reload };
  return (
    <>
      <Head own={value} />
      {value.mayRate && <Rate key={value.rating ?? 0} {...part} />}
      <Where own={value} secret={secret} />
      <Changes {...part} />
      {value.others.length > 0 && <Others own={value} />}
    </>
  );
}

export interface PartProps {
  own: Own;
  secret: string;
  onDone: () => void;
}

function Head({ own }: { own: Own }) {
  const nowMs = useNow();
  const t = useText(bookingsPublic);
  const lang = languageChoice.use();
  const waits = own.state === 'booked' || own.state === 'arrived';
  return (
    <section className="part book-own">
      <h1>{inLanguage(lang, own.offer.title, own.offer.titleEn)}</h1>
      <p className={`book-state book-state-${own.state}`}>
        <b>{t.own.states[own.state]}</b>
      </p>
      <p className="book-when">{momentWords(t, own.startsAt, nowMs)}</p>
      {own.soon && own.away === null && <p className="note note-good">{t.own.soon}</p>}
      {own.away !== null && (
        <p className="note note-warn" role="alert">
          {t.own.away(own.away)}
        </p>
      )}
      {waits && (
        <div className="book-code">
          <span>{t.own.code}</span>
          <strong>{own.code}</strong>
          <small>{t.own.codeHint}</small>
        </div>
      )}
      <Ended own={own} />
      {own.state === 'booked' && <p className="book-quiet">{t.own.keep}</p>}
    </section>
  );
}

function Ended({ own }: { own: Own }) {
  const t = useText(bookingsPublic).own;
  return (
    <>
      {own.state === 'no_show' && <p>{t.noShow}</p>}
      {own.state === 'lapsed' && <p>{t.lapsed}</p>}
      {own.cancelledBy === 'station' && <p>{t.cancelledByStation}</p>}
      {own.outcome !== null && <p>{t.outcomes[own.outcome]}</p>}
      {own.eventNumber !== null && <p>{t.event(own.eventNumber)}</p>}
    </>
  );
}

function Where({ own, secret }: { own: Own; secret: string }) {
  const t = useText(bookingsPublic);
  const lang = languageChoice.use();
  const { station, offer } = own;
  return (
    <section className="part book-own">
      <h2 className="part-title">{inLanguage(lang, station.name, station.nameEn)}</h2>
      <p>
        {station.address} · {t.ways[offer.way]}
      </p>
      <p className="book-quiet">{t.by(inLanguage(lang, offer.provider, offer.providerEn))}</p>
      {own.state === 'booked' && <Bring offer={offer} />}
      <div className="book-buttons">
        {own.state === 'booked' && (
          <a
            className="button button-plain button-wide"
            href={`/api/public/bookings/by-link/${encodeURIComponent(secret)}/calendar`}
            download="booking.ics"
          >
            <Icon name="clock" />
            <span>{t.own.calendar}</span>
          </a>
        )}
        <Link to={`/s/${station.code}`} className="button button-plain button-wide">
          <Icon name="place" />
          <span>{t.own.route}</span>
        </Link>
        {station.phone !== '' && (
          <a className="button button-plain button-wide" href={`tel:${station.phone.replaceAll(/[ -]/g, '')}`}>
            <Icon name="phone" />
            <span>{t.own.call(station.phone)}</span>
          </a>
        )}
      </div>
    </section>
  );
}

function Changes({ own, secret, onDone }: PartProps) {
  const t = useText(bookingsPublic).own;
  const [changing, setChanging] = useState(false);
  if (!own.mayCancel)
    return own.state === 'arrived' ? null : (
      <section className="part">
        <Link to={`/s/${own.station.code}`} className="button button-main button-wide">
          <span>{t.again}</span>
        </Link>
      </section>
    );
  return (
    <section className="part book-own">
      {own.mayChange && !changing && (
        <Button wide icon="clock" onClick={() => setChanging(true)}>
          {t.change}
        </Button>
      )}
      {changing && (
        <Move
          {...{ own, secret }}
          onDone={() => {
            setChanging(false);
            onDone();
          }}
        />
      )}
      {!changing && <Cancel {...{ own, secret, onDone }} />}
    </section>
  );
}

function Move({ own, secret, onDone }: PartProps) {
  const nowMs = useNow();
  const t = useText(bookingsPublic);
  const [startsAt, setStartsAt] = useState<string | null>(null);
  const [turn, setTurn] = useState(0);
  const { busy, error, send } = useSend();
  const move = async (to: string): Promise<void> => {
    const sent = await send(to, (opId) => call(bookingApi.move, { params: { secret }, body: { opId, startsAt: to } }));
    if (sent === undefined) {
      setTurn((n) => n + 1);
      return;
    }
    keepMine({ path: `/b/${secret}`, title: own.offer.title, code: own.code, startsAt: to });
    onDone();
  };
  return (
    <>
      <SlotPicker offerId={own.offer.id} value={startsAt} onChange={setStartsAt} turn={turn} />
      {error !== undefined && <ErrorNote error={error} />}
      <Button
        kind="main"
        wide
        busy={busy !== ''}
        disabled={startsAt === null}
        onClick={() => startsAt !== null && void move(startsAt)}
      >
        {startsAt === null ? t.choose : t.submit(momentWords(t, startsAt, nowMs))}
      </Button>
      <Button wide kind="quiet" onClick={onDone}>
        {t.own.keepTime}
      </Button>
    </>
  );
}

function Cancel({ secret, onDone }: PartProps) {
  const t = useText(bookingsPublic).own;
  const [sure, setSure] = useState(false);
  const { busy, error, send } = useSend();
  const cancel = async (): Promise<void> => {
    const sent = await send('cancel', (opId) => call(bookingApi.cancel, { params: { secret }, body: { opId } }));
    if (sent === undefined) return;
    dropMine(`/b/${secret}`);
    onDone();
  };
  return (
    <>
      {sure ? (
        <div className="book-buttons">
          <Button kind="danger" wide busy={busy !== ''} onClick={() => void cancel()}>
            {t.cancelSure}
          </Button>
          <Button wide onClick={() => setSure(false)}>
            {t.cancelNo}
          </Button>
        </div>
      ) : (
        <Button wide kind="quiet" onClick={() => setSure(true)}>
          {t.cancel}
        </Button>
      )}
      {error !== undefined && <ErrorNote error={error} />}
    </>
  );
}

function Others({ own }: { own: Own }) {
  const nowMs = useNow();
  const t = useText(bookingsPublic);
  const lang = languageChoice.use();
  return (
    <section className="part" aria-label={t.own.others}>
      <h2 className="part-title">{t.own.others}</h2>
      <ul className="book-list">
        {own.others.map((one) => (
          <li key={one.id}>
            <Link to={`/s/${one.station.code}`} className="book-card book-link">
              <b>{inLanguage(lang, one.title, one.titleEn)}</b>
              <span className="book-quiet">
                {t.own.otherAt(
                  inLanguage(lang, one.station.name, one.station.nameEn),
                  momentWords(t, one.nextAt, nowMs),
                )}
              </span>
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
}
