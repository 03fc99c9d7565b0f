import { useNow } from '#web/app/now.ts';
import { useState } from 'react';
import { useText } from '#web/i18n/area.ts';
import { bookingsPublic } from '#web/i18n/bookings-public.ts';
import { languageChoice } from '#web/i18n/language.ts';
import { Button } from '#web/ui/light/Button.tsx';
import type { Offer } from './api.ts';
import { BookForm } from './BookForm.tsx';
import { inLanguage } from '#web/i18n/language.ts';
import { momentWords } from './words.ts';

/** So many cards are enough for one thumb; the rest on asking. */
const shownFirst = 6;

/** Services as cards; one at a time opens for booking. */
export function OfferList({ offers, withStation }: { offers: readonly Offer[]; withStation: boolean }) {
  const t = useText(bookingsPublic);
  const [open, setOpen] = useState<string | null>(null);
  const [all, setAll] = useState(false);
  const shown = all ? offers : offers.slice(0, shownFirst);
  if (offers.length === 0) return <p>{t.none}</p>;
  return (
    <>
      <ul className="book-list">
        {shown.map((offer) => (
          <li key={offer.id} className="book-card">
            <OfferHead offer={offer} withStation={withStation} />
            <Button
              kind={open === offer.id ? 'plain' : 'main'}
              wide
              onClick={() => setOpen(open === offer.id ? null : offer.id)}
            >
              {open === offer.id ? t.hide : t.book}
            </Button>
            {open === offer.id && <BookForm offer={offer} />}
          </li>
        ))}
      </ul>
      {shown.length < offers.length && (
        <Button wide onClick={() => setAll(true)}>
          {t.more(offers.length - shown.length)}
        </Button>
      )}
    </>
  );
}

function OfferHead({ offer, withStation }: { offer: Offer; withStation: boolean }) {
  const nowMs = useNow();
  const t = useText(bookingsPublic);
  const lang = languageChoice.use();
  const forWhom = inLanguage(lang, offer.forWhom, offer.forWhomEn);
  return (
    <div className="book-head">
      <span className="book-area">{inLanguage(lang, offer.areaName, offer.areaNameEn)}</span>
      <h3>{inLanguage(lang, offer.title, offer.titleEn)}</h3>
      {withStation && <p className="book-quiet">{inLanguage(lang, offer.station.name, offer.station.nameEn)}</p>}
      <p className="book-quiet">
        {t.by(inLanguage(lang, offer.provider, offer.providerEn))} · {t.ways[offer.way]}
        {forWhom !== '' && ` · ${t.forWhom(forWhom)}`}
      </p>
      <p className={offer.nextAt === null ? 'book-full' : 'book-next'}>
        {offer.nextAt === null ? t.full : t.next(momentWords(t, offer.nextAt, nowMs))}
        {offer.walkIn && <span className="book-quiet"> · {t.walkIn}</span>}
      </p>
    </div>
  );
}
