import { useState } from 'react';
import { call } from '#web/app/call.ts';
import { useText } from '#web/i18n/area.ts';
import { bookingsPublic } from '#web/i18n/bookings-public.ts';
import { Button } from '#web/ui/light/Button.tsx';
import { ErrorNote } from '#web/ui/light/ErrorNote.tsx';
import { TextArea } from '#web/ui/light/Field.tsx';
import { bookingApi, type Own } from './api.ts';
import { useSend } from '#web/app/use-send.ts';

/** One to five and a few words; may be changed as long as rating is open. */
export function Rate({ own, secret, onDone }: { own: Own; secret: string; onDone: () => void }) {
  const t = useText(bookingsPublic);
  const [rating, setRating] = useState(own.rating ?? 0);
  const [words, setWords] = useState('');
  const { busy, error, send } = useSend();
  const rate = async (): Promise<void> => {
    const wish = { rating, words };
    const sent = await send(JSON.stringify(wish), (opId) =>
      call(bookingApi.rate, { params: { secret }, body: { opId, ...wish } }),
    );
    if (sent !== undefined) onDone();
  };
  return (
    <section className="part book-own" aria-label={t.own.rate}>
      <h2 className="part-title">{t.own.rate}</h2>
      <p className="book-quiet">{own.rating === null ? t.own.rateHint : t.own.rated(own.rating)}</p>
      <div role="group" aria-label={t.own.rate} className="book-stars">
        {[1, 2, 3, 4, 5].map((n) => (
          <button key={n} type="button" className="book-time" aria-pressed={n === rating} onClick={() => setRating(n)}>
            <b>{t.own.stars(n)}</b>
          </button>
        ))}
      </div>
      <TextArea
        label={t.own.words}
        value={words}
        onChange={setWords}
        optional
        rows={2}
        maxLength={300}
        left={t.charsLeft}
      />
      {error !== undefined && <ErrorNote error={error} />}
      <Button kind="main" wide busy={busy !== ''} disabled={rating === 0} onClick={() => void rate()}>
        {t.own.rateSend}
      </Button>
    </section>
  );
}
