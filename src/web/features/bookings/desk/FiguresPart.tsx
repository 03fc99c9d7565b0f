import { inLanguage } from '#web/i18n/language.ts';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { bookingRoutes } from '#contract/bookings.ts';
import type { bookingOutcomes, bookingStates } from '#contract/bookings-views.ts';
import { ask } from '#web/app/ask.ts';
import { useText } from '#web/i18n/area.ts';
import { bookings } from '#web/i18n/bookings.ts';
import { common } from '#web/i18n/common.ts';
import { formatNumber } from '#web/i18n/format.ts';
import { languageChoice } from '#web/i18n/language.ts';
import { MoreButton } from '#web/ui/MoreButton.tsx';
import { ProblemNote } from '#web/ui/ProblemNote.tsx';
import { BookingRow } from './BookingRow.tsx';
import { bookingKey, figuresQuery, type Figure } from './queries.ts';
import { useOfferSearch } from './search.ts';

/** What came of the bookings of each service; every number opens what it counts. */
export function FiguresPart({ station }: { station: string | undefined }) {
  const t = useText(bookings).figures;
  const c = useText(common);
  const [search, go] = useOfferSearch();
  const query = useQuery(figuresQuery({ station, from: search.from, until: search.until }));
  if (search.offer !== undefined) return <Opened />;
  return (
    <section className="bookings-part" aria-label={t.table}>
      {query.data !== undefined && (
        <div className="bookings-row">
          <p className="quiet">{t.lead(query.data.from, query.data.until)}</p>
          <label className="bookings-row">
            {t.from}
            <input type="date" value={query.data.from} onChange={({ target }) => go({ from: target.value })} />
          </label>
          <label className="bookings-row">
            {t.until}
            <input type="date" value={query.data.until} onChange={({ target }) => go({ until: target.value })} />
          </label>
        </div>
      )}
      <ProblemNote error={query.error} onRetry={() => void query.refetch()} />
      {query.data === undefined && query.error === null && <p className="waiting">{c.loading}</p>}
      {query.data !== undefined && <FigureTable items={query.data.items} />}
    </section>
  );
}

function FigureTable({ items }: { items: readonly Figure[] }) {
  const t = useText(bookings);
  const f = t.figures;
  const heads = [
    t.offers.what,
    f.booked,
    f.served,
    f.solved,
    f.noShow,
    f.cancelled,
    f.walkIn,
    f.wait,
    f.rating,
    f.fullLooks,
  ];
  return (
    <div className="bookings-scroll">
      <table className="bookings-table bookings-figures" aria-label={f.table}>
        <thead>
          <tr>
            {heads.map((one) => (
              <th key={one} scope="col">
                {one}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {items.map((one) => (
            <FigureRow key={one.offerId} one={one} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function FigureRow({ one }: { one: Figure }) {
  const t = useText(bookings).figures;
  const lang = languageChoice.use();
  const [, go] = useOfferSearch();
  const number = (what: string, n: number, which: { state?: string; outcome?: string; unasked?: string }) => (
    <td>
      <button
        type="button"
        className="link-button"
        aria-label={t.open(what, n)}
        onClick={() => go({ part: 'figures', offer: one.offerId, ...which })}
      >
        {formatNumber(n)}
      </button>
    </td>
  );
  return (
    <tr>
      <th scope="row">
        {inLanguage(lang, one.title, one.titleEn)}
        <small className="quiet">{inLanguage(lang, one.station.name, one.station.nameEn)}</small>
      </th>
      {number(t.booked, one.booked, { unasked: '0' })}
      {number(t.served, one.served, { state: 'served' })}
      {number(t.solved, one.solved, { outcome: 'solved' })}
      {number(t.noShow, one.noShow, { state: 'no_show' })}
      {number(t.cancelled, one.cancelled, { state: 'cancelled' })}
      {number(t.walkIn, one.walkIn, { unasked: '1' })}
      <td>{one.waitDays === null ? '—' : t.waitIs(formatNumber(one.waitDays), one.waitOf)}</td>
      <td>{one.rating === null ? t.fewRatings(one.ratings) : t.ratingIs(formatNumber(one.rating), one.ratings)}</td>
      <td>{formatNumber(one.fullLooks)}</td>
    </tr>
  );
}

type State = (typeof bookingStates)[number];
type Outcome = (typeof bookingOutcomes)[number];

function Opened() {
  const t = useText(bookings).figures;
  const [search, go] = useOfferSearch();
  const { offer, state, outcome, unasked, from, until } = search;
  const query = useInfiniteQuery({
    queryKey: [...bookingKey, 'list', offer, state, outcome, unasked, from, until],
    queryFn: ({ pageParam, signal }) =>
      ask(
        bookingRoutes.list,
        {
          query: {
            offer,
            state: state as State | undefined,
            outcome: outcome as Outcome | undefined,
            ...(unasked === undefined ? {} : { walkIn: unasked === '1' ? 'true' : 'false' }),
            from,
            until,
            ...(pageParam === '' ? {} : { cursor: pageParam }),
          },
        },
        { signal },
      ),
    initialPageParam: '',
    getNextPageParam: ({ next }) => next,
  });
  return (
    <section className="bookings-part" aria-label={t.list}>
      <button
        type="button"
        className="link-button"
        onClick={() => go({ offer: undefined, state: undefined, outcome: undefined, unasked: undefined })}
      >
        {t.back}
      </button>
      <ProblemNote error={query.error} onRetry={() => void query.refetch()} />
      <ul className="bookings-list">
        {query.data?.pages.flatMap(({ items }) =>
          items.map((one) => <BookingRow key={one.id} booking={one} withDay />),
        )}
      </ul>
      <MoreButton list={query} words={t.more} />
    </section>
  );
}
