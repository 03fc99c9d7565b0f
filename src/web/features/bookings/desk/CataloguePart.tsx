import { inLanguage } from '#web/i18n/language.ts';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { bookingRoutes } from '#contract/bookings.ts';
import { ask } from '#web/app/ask.ts';
import { useAct } from '#web/app/use-act.ts';
import { useText } from '#web/i18n/area.ts';
import { bookings } from '#web/i18n/bookings.ts';
import { common } from '#web/i18n/common.ts';
import { formatNumber, formatTime } from '#web/i18n/format.ts';
import { languageChoice } from '#web/i18n/language.ts';
import { MomentField } from '#web/ui/MomentField.tsx';
import { ProblemNote } from '#web/ui/ProblemNote.tsx';
import { hoursWords } from './hours.ts';
import { OfferForm } from './OfferForm.tsx';
import { bookingKey, offersQuery, type Offer } from './queries.ts';

/** What is offered; heads and streets change it. */
export function CataloguePart({ station }: { station: string | undefined }) {
  const t = useText(bookings);
  const c = useText(common);
  const query = useQuery(offersQuery(station));
  const [form, setForm] = useState<Offer | 'new' | null>(null);
  const [saved, setSaved] = useState<number | null>(null);
  const managed = query.data?.stations.filter(({ mayManage }) => mayManage) ?? [];
  return (
    <section className="bookings-part" aria-label={t.parts.offers}>
      <ProblemNote error={query.error} onRetry={() => void query.refetch()} />
      {query.data === undefined && query.error === null && <p className="waiting">{c.loading}</p>}
      {managed.length > 0 && (
        <div>
          <button type="button" className="tool tool-framed" onClick={() => setForm('new')}>
            {t.offers.add}
          </button>
        </div>
      )}
      {saved !== null && saved > 0 && (
        <p className="bookings-warn" role="status">
          {t.offers.outside(saved)}
        </p>
      )}
      {query.data?.items.length === 0 && <p className="quiet">{t.offers.none}</p>}
      {query.data !== undefined && query.data.items.length > 0 && (
        <OfferTable items={query.data.items} onEdit={setForm} />
      )}
      {form !== null && (
        <OfferForm
          offer={form === 'new' ? null : form}
          stations={managed}
          station={station}
          onSaved={setSaved}
          onClose={() => setForm(null)}
        />
      )}
    </section>
  );
}

function OfferTable({ items, onEdit }: { items: readonly Offer[]; onEdit: (offer: Offer) => void }) {
  const t = useText(bookings);
  return (
    <div className="bookings-scroll">
      <table className="bookings-table" aria-label={t.offers.table}>
        <thead>
          <tr>
            {[t.offers.what, t.offers.by, t.offers.hours, t.offers.place, t.offers.upcoming, t.offers.more].map(
              (one) => (
                <th key={one} scope="col">
                  {one}
                </th>
              ),
            )}
          </tr>
        </thead>
        <tbody>
          {items.map((offer) => (
            <OfferRow key={offer.id} offer={offer} onEdit={() => onEdit(offer)} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function OfferRow({ offer, onEdit }: { offer: Offer; onEdit: () => void }) {
  const t = useText(bookings);
  const lang = languageChoice.use();
  return (
    <tr>
      <th scope="row">
        <span className="bookings-area">{inLanguage(lang, offer.areaName, offer.areaNameEn)}</span>{' '}
        {inLanguage(lang, offer.title, offer.titleEn)}
        <small className="quiet">
          {inLanguage(lang, offer.station.name, offer.station.nameEn)} · {t.ways[offer.way]}
          {offer.walkIn && ` · ${t.offers.walkIn}`}
        </small>
      </th>
      <td>{inLanguage(lang, offer.provider, offer.providerEn)}</td>
      <td>
        {hoursWords(t, offer.weekly).map((line) => (
          <div key={line}>{line}</div>
        ))}
        <AwayLines offer={offer} />
      </td>
      <td>{t.offers.slot(offer.slotMinutes, offer.capacity)}</td>
      <td>{formatNumber(offer.upcoming)}</td>
      <td>
        <OfferActs offer={offer} onEdit={onEdit} />
      </td>
    </tr>
  );
}

function AwayLines({ offer }: { offer: Offer }) {
  const t = useText(bookings).offers;
  const act = useAct((id: string, opId) => ask(bookingRoutes.back, { params: { id }, body: { opId } }), {
    stale: [bookingKey],
  });
  return (
    <>
      {offer.away.map((one) => (
        <div key={one.id} className="bookings-warn">
          {t.awayIs(formatTime(one.startsAt), formatTime(one.endsAt), one.reason)}{' '}
          <button type="button" className="link-button" disabled={act.isPending} onClick={() => act.mutate(one.id)}>
            {t.back}
          </button>
        </div>
      ))}
      <ProblemNote error={act.error} />
    </>
  );
}

function OfferActs({ offer, onEdit }: { offer: Offer; onEdit: () => void }) {
  const t = useText(bookings).offers;
  const [away, setAway] = useState(false);
  const [sure, setSure] = useState(false);
  const end = useAct((id: string, opId) => ask(bookingRoutes.endOffer, { params: { id }, body: { opId } }), {
    stale: [bookingKey],
  });
  if (!offer.mayManage) return null;
  return (
    <>
      <div className="bookings-row">
        <button type="button" className="link-button" onClick={onEdit}>
          {t.edit}
        </button>
        <button type="button" className="link-button" aria-expanded={away} onClick={() => setAway(!away)}>
          {t.away}
        </button>
        <button
          type="button"
          className="link-button"
          disabled={end.isPending}
          onClick={() => (sure ? end.mutate(offer.id) : setSure(true))}
        >
          {sure ? t.endSure : t.end}
        </button>
      </div>
      {away && <AwayForm offer={offer} />}
      <ProblemNote error={end.error} />
    </>
  );
}

function AwayForm({ offer }: { offer: Offer }) {
  const t = useText(bookings).offers;
  const [startsAt, setStartsAt] = useState('');
  const [endsAt, setEndsAt] = useState('');
  const [reason, setReason] = useState('');
  const act = useAct(
    (body: { startsAt: string; endsAt: string; reason: string }, opId) =>
      ask(bookingRoutes.away, { params: { id: offer.id }, body: { opId, ...body } }),
    { stale: [bookingKey] },
  );
  if (act.data !== undefined) return <p role="status">{t.awayTold(act.data.told)}</p>;
  return (
    <form
      className="bookings-form"
      onSubmit={(event) => {
        event.preventDefault();
        if (startsAt !== '' && endsAt !== '') act.mutate({ startsAt, endsAt, reason });
      }}
    >
      <MomentField label={t.awayFrom} value={startsAt} onChange={setStartsAt} />
      <MomentField label={t.awayUntil} value={endsAt} onChange={setEndsAt} />
      <label className="form-field">
        {t.awayReason}
        <input
          required
          minLength={2}
          maxLength={100}
          value={reason}
          onChange={({ target }) => setReason(target.value)}
        />
      </label>
      <ProblemNote error={act.error} />
      <button type="submit" className="tool tool-framed" disabled={act.isPending}>
        {t.awaySave}
      </button>
    </form>
  );
}
