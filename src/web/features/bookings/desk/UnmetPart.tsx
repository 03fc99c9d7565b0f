import { useQuery } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { bookingRoutes } from '#contract/bookings.ts';
import { ask } from '#web/app/ask.ts';
import { may, useMe } from '#web/app/me.ts';
import { useAct } from '#web/app/use-act.ts';
import { useText } from '#web/i18n/area.ts';
import { bookings } from '#web/i18n/bookings.ts';
import { common } from '#web/i18n/common.ts';
import { formatDate, formatNumber } from '#web/i18n/format.ts';
import { ProblemNote } from '#web/ui/ProblemNote.tsx';
import { bookingKey, unmetQuery, type Unmet } from './queries.ts';

/** What people look for and nobody offers, the most asked for first. */
export function UnmetPart({ station }: { station: string | undefined }) {
  const t = useText(bookings).unmet;
  const c = useText(common);
  const [answered, setAnswered] = useState(false);
  const query = useQuery(unmetQuery(station, answered));
  return (
    <section className="bookings-part" aria-label={t.table}>
      <p className="quiet">{t.lead}</p>
      <div className="bookings-row">
        <button type="button" className="tool tool-framed" aria-pressed={!answered} onClick={() => setAnswered(false)}>
          {t.open}
        </button>
        <button type="button" className="tool tool-framed" aria-pressed={answered} onClick={() => setAnswered(true)}>
          {t.answered}
        </button>
      </div>
      <ProblemNote error={query.error} onRetry={() => void query.refetch()} />
      {query.data === undefined && query.error === null && <p className="waiting">{c.loading}</p>}
      {query.data?.items.length === 0 && <p className="quiet">{answered ? t.noneAnswered : t.none}</p>}
      {query.data !== undefined && query.data.items.length > 0 && (
        <div className="bookings-scroll">
          <table className="bookings-table" aria-label={t.table}>
            <thead>
              <tr>
                {[t.what, t.count, t.when, t.where, t.last, t.answer].map((one) => (
                  <th key={one} scope="col">
                    {one}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {query.data.items.map((one) => (
                <UnmetRow key={one.id} one={one} />
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  );
}

function UnmetRow({ one }: { one: Unmet }) {
  const t = useText(bookings);
  const times = one.times.map(({ time, count }) => `${t.unmet.times[time]} ${formatNumber(count)}`);
  const kinds = one.kinds.map(({ kind, count }) => `${t.unmet.kinds[kind]} ${formatNumber(count)}`);
  return (
    <tr>
      <th scope="row">
        {one.what}
        {one.others.length > 0 && <small className="quiet">{t.unmet.others(one.others.join(t.comma))}</small>}
      </th>
      <td>
        <b>{formatNumber(one.count)}</b>
      </td>
      <td>
        {times.join(t.comma)}
        <small className="quiet">{kinds.join(t.comma)}</small>
      </td>
      <td>{one.station?.name ?? one.areaName}</td>
      <td>{formatDate(one.lastAt)}</td>
      <td>{one.answeredAt === null ? <AnswerForm one={one} /> : one.answer}</td>
    </tr>
  );
}

function AnswerForm({ one }: { one: Unmet }) {
  const t = useText(bookings).unmet;
  const me = useMe();
  const [answer, setAnswer] = useState('');
  const params = { id: one.id };
  const act = useAct((text: string, opId) => ask(bookingRoutes.answerUnmet, { params, body: { opId, answer: text } }), {
    stale: [bookingKey],
  });
  const phones = useAct((_: null, opId) => ask(bookingRoutes.unmetPhones, { params, body: { opId } }));
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    act.mutate(answer);
  };
  if (!may(me, 'station.manage')) return null;
  return (
    <>
      {one.waiting > 0 && (
        <p>
          {t.waiting(one.waiting)}{' '}
          <button type="button" className="link-button" disabled={phones.isPending} onClick={() => phones.mutate(null)}>
            {t.phones}
          </button>{' '}
          {phones.data?.phones.join(' ')}
        </p>
      )}
      <form className="bookings-row" onSubmit={submit}>
        <input
          required
          minLength={2}
          maxLength={300}
          aria-label={t.answer}
          placeholder={t.answerHint}
          value={answer}
          onChange={({ target }) => setAnswer(target.value)}
        />
        <button type="submit" className="tool tool-framed" disabled={act.isPending}>
          {t.send}
        </button>
      </form>
      <ProblemNote error={act.error ?? phones.error} />
    </>
  );
}
