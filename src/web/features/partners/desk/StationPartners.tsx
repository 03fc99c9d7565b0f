import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { partnerRoutes } from '#contract/partners.ts';
import { ask } from '#web/app/ask.ts';
import { Go } from '#web/app/Go.tsx';
import type { StationHead } from '#web/app/station-slots.ts';
import { useAct } from '#web/app/use-act.ts';
import { useText } from '#web/i18n/area.ts';
import { formatNumber } from '#web/i18n/format.ts';
import { partners } from '#web/i18n/partners.ts';
import { Answer } from '#web/ui/Answer.tsx';
import { ProblemNote } from '#web/ui/ProblemNote.tsx';
import { DeliveryTable } from './DeliveryTable.tsx';
import { useNamed } from '#web/i18n/use-named.ts';
import { todayHere } from '#web/i18n/local-time.ts';
import { Balance, Fold, Line, Pick, StateMark, Stars, useAmount, usePartnerWords, useQuarter } from './Parts.tsx';
import { atStationQuery, partnersKey, type AtStation, type StationPartner } from './queries.ts';

/** What partners do for one station: first what waits for its head, then each with its pledges. */
export function StationPartners({ station }: { station: StationHead }) {
  const t = useText(partners);
  return (
    <div className="partners partners-part">
      <Answer query={useQuery(atStationQuery(station.id))}>
        {(answer) => (
          <>
            <p className="partners-row-head">
              <span className="quiet">{t.part.lead}</span>
              <Go href={`/desk/partners?station=${station.id}`}>{t.part.all}</Go>
            </p>
            <section className="partners-part">
              <h3>{t.deliveries.waiting}</h3>
              {answer.waiting.length === 0 ? (
                <p className="quiet">{t.deliveries.noneWaiting}</p>
              ) : (
                <DeliveryTable rows={answer.waiting} withPartner />
              )}
            </section>
            {answer.items.length === 0 && <p className="quiet">{t.part.none}</p>}
            <ul className="partners-cards">
              {answer.items.map((one) => (
                <li key={one.id}>
                  <Card partner={one} station={station} answer={answer} />
                </li>
              ))}
            </ul>
            {answer.recent.length > 0 && (
              <section className="partners-part">
                <h3>{t.deliveries.recent}</h3>
                <DeliveryTable rows={answer.recent} withPartner />
              </section>
            )}
          </>
        )}
      </Answer>
    </div>
  );
}

interface CardProps {
  partner: StationPartner;
  station: StationHead;
  answer: AtStation;
}

function Card({ partner, station, answer }: CardProps) {
  const t = useText(partners);
  const named = useNamed();
  const amount = useAmount();
  const { wordOf } = usePartnerWords();
  return (
    <>
      <div className="partners-row-head">
        <Go href={`/desk/partners?partner=${partner.id}`}>
          <b>{named(partner)}</b>
        </Go>
        <StateMark state={partner.state} />
        <span className="quiet">{wordOf('kinds', partner.kind)}</span>
      </div>
      <ul className="partners-lines">
        {partner.pledges.map((one) => (
          <li key={one.id}>
            <Go href={`/desk/partners?partner=${partner.id}&pledge=${one.id}`}>
              {named({ name: one.what, nameEn: one.whatEn })}
            </Go>{' '}
            <span className="quiet">{amount(one)}</span>
            <span className="partners-row-head">
              <span>
                {t.pledges.due} {formatNumber(one.due)}
              </span>
              <span>
                {t.pledges.delivered} {formatNumber(one.delivered)}
              </span>
              <Balance pledge={one} />
              {one.stationId === null && <span className="quiet">{t.allStations}</span>}
            </span>
          </li>
        ))}
      </ul>
      {answer.mayNote && <Note partner={partner} station={station} />}
      {answer.mayDecide && <Rate partner={partner} station={station} quarter={answer.quarter} />}
    </>
  );
}

function Note({ partner, station }: Pick<CardProps, 'partner' | 'station'>) {
  const t = useText(partners).deliveries;
  const named = useNamed();
  const [pledgeId, setPledgeId] = useState(partner.pledges[0]?.id ?? '');
  const [quantity, setQuantity] = useState(String(partner.pledges[0]?.quantity ?? 1));
  const [day, setDay] = useState(todayHere);
  const act = useAct(
    (input: { pledgeId: string; quantity: number; day: string }, opId) =>
      ask(partnerRoutes.deliver, { params: { id: partner.id }, body: { opId, stationId: station.id, ...input } }),
    { stale: [partnersKey] },
  );
  return (
    <Fold title={t.note}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          act.mutate({ pledgeId, quantity: Number(quantity), day });
        }}
      >
        <Pick
          label={t.what}
          value={pledgeId}
          choices={partner.pledges.map((one) => ({
            value: one.id,
            words: named({ name: one.what, nameEn: one.whatEn }),
          }))}
          onChange={(id) => {
            setPledgeId(id);
            setQuantity(String(partner.pledges.find((one) => one.id === id)?.quantity ?? 1));
          }}
        />
        <div className="partners-row-head">
          <Line
            label={t.quantity}
            value={quantity}
            onChange={setQuantity}
            type="number"
            min={1}
            max={1_000_000}
            required
          />
          <Line label={t.day} value={day} onChange={setDay} type="date" max={todayHere()} required />
        </div>
        <ProblemNote error={act.error} />
        <button type="submit" className="tool tool-framed" disabled={act.isPending}>
          {t.save}
        </button>
        {act.data !== undefined && <p role="status">{act.data.state === 'confirmed' ? t.noted : t.notedWaiting}</p>}
      </form>
    </Fold>
  );
}

function Rate({ partner, station, quarter }: Pick<CardProps, 'partner' | 'station'> & { quarter: string }) {
  const t = useText(partners).ratings;
  const named = useQuarter()(quarter);
  const own = partner.ownRating;
  const [stars, setStars] = useState(own?.stars ?? 0);
  const [words, setWords] = useState(own?.words ?? '');
  const names = [t.words.s1, t.words.s2, t.words.s3, t.words.s4, t.words.s5];
  const act = useAct(
    (input: { stars: number; words: string }, opId) =>
      ask(partnerRoutes.rate, { params: { id: partner.id }, body: { opId, stationId: station.id, ...input } }),
    { stale: [partnersKey] },
  );
  return (
    <details className="partners-form">
      <summary>
        {t.rate(named)} {own === null ? null : <Stars stars={own.stars} />}
      </summary>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          act.mutate({ stars, words });
        }}
      >
        <div className="partners-row-head" role="radiogroup" aria-label={t.rate(named)}>
          {names.map((name, k) => (
            <label key={name} className="partners-star">
              <input
                type="radio"
                name={`stars-${partner.id}`}
                checked={stars === k + 1}
                onChange={() => setStars(k + 1)}
              />
              {name}
            </label>
          ))}
        </div>
        <Line label={t.said} value={words} onChange={setWords} maxLength={200} />
        <ProblemNote error={act.error} />
        <button type="submit" className="tool tool-framed" disabled={act.isPending || stars === 0}>
          {t.save}
        </button>
        {act.data !== undefined && <p role="status">{t.saved}</p>}
      </form>
    </details>
  );
}
