import { useState, type FormEvent } from 'react';
import { goTo } from '#web/app/address.ts';
import { call } from '#web/app/call.ts';
import { useNow } from '#web/app/now.ts';
import { ProblemError } from '#web/app/problem.ts';
import { useText } from '#web/i18n/area.ts';
import { bookingsPublic } from '#web/i18n/bookings-public.ts';
import { languageChoice } from '#web/i18n/language.ts';
import { Button } from '#web/ui/light/Button.tsx';
import { ErrorNote } from '#web/ui/light/ErrorNote.tsx';
import { Field } from '#web/ui/light/Field.tsx';
import { bookingApi, type Offer } from './api.ts';
import { keepMine } from './mine.ts';
import { SlotPicker } from './SlotPicker.tsx';
import { useSend } from '#web/app/use-send.ts';
import { momentWords } from './words.ts';

const digits = (text: string): number => text.replaceAll(/\D/g, '').length;

/** Time and number: that is all. Afterwards the page of the booking opens. */
export function BookForm({ offer }: { offer: Offer }) {
  const nowMs = useNow();
  const t = useText(bookingsPublic);
  const [startsAt, setStartsAt] = useState<string | null>(null);
  const [phone, setPhone] = useState('');
  const [name, setName] = useState('');
  const [tried, setTried] = useState(false);
  const [turn, setTurn] = useState(0);
  const { busy, error, send } = useSend();
  const isPhone = digits(phone) >= 7 && digits(phone) <= 15;
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    setTried(true);
    if (startsAt === null || !isPhone || busy !== '') return;
    const wish = { offerId: offer.id, startsAt, phone: phone.replaceAll(/[^0-9+]/g, ''), name };
    const made = await send(JSON.stringify(wish), (opId) =>
      call(bookingApi.book, { body: { opId, ...wish } }).catch((failure: unknown) => {
        if (failure instanceof ProblemError && failure.code === 'slot_taken') {
          setStartsAt(null);
          setTurn((n) => n + 1);
        }
        throw failure;
      }),
    );
    if (made === undefined) return;
    keepMine({ path: made.path, title: offer.title, code: made.code, startsAt });
    goTo(made.path);
  };
  return (
    <form className="book-form" onSubmit={(event) => void submit(event)} noValidate>
      <Bring offer={offer} />
      <SlotPicker offerId={offer.id} value={startsAt} onChange={setStartsAt} turn={turn} />
      <Field
        label={t.phone}
        value={phone}
        onChange={setPhone}
        type="tel"
        inputMode="tel"
        autoComplete="tel"
        maxLength={20}
        hint={t.phoneHint}
        {...(tried && !isPhone ? { error: t.phoneWrong } : {})}
      />
      <Field label={t.name} value={name} onChange={setName} optional maxLength={20} autoComplete="name" />
      {error !== undefined && <ErrorNote error={error} />}
      {tried && startsAt === null && error === undefined && <p role="alert">{t.choose}</p>}
      <Button kind="main" wide type="submit" busy={busy !== ''}>
        {startsAt === null ? t.book : t.submit(momentWords(t, startsAt, nowMs))}
      </Button>
    </form>
  );
}

export function Bring({ offer }: { offer: Pick<Offer, 'bring' | 'bringEn'> }) {
  const t = useText(bookingsPublic);
  const lang = languageChoice.use();
  const things = lang === 'en' && offer.bringEn.length === offer.bring.length ? offer.bringEn : offer.bring;
  if (things.length === 0) return <p>{t.bringNone}</p>;
  return (
    <div>
      <b>{t.bring}</b>
      <ul className="book-bring">
        {things.map((one) => (
          <li key={one}>{one}</li>
        ))}
      </ul>
    </div>
  );
}
