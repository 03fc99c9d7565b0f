import { useQuery } from '@tanstack/react-query';
import { Go } from '#web/app/Go.tsx';
import { useText } from '#web/i18n/area.ts';
import { bookings } from '#web/i18n/bookings.ts';
import './bookings.css';
import { CataloguePart } from './CataloguePart.tsx';
import { FiguresPart } from './FiguresPart.tsx';
import { offersQuery } from './queries.ts';
import { offerParts, useOfferSearch, type OfferPart } from './search.ts';
import { UnmetPart } from './UnmetPart.tsx';

const shown = { offers: CataloguePart, unmet: UnmetPart, figures: FiguresPart } as const;

/** 七务一全 of all stations one may see: what is offered, what is missing, what came of it. */
export function OffersPage() {
  const t = useText(bookings);
  const [search, go] = useOfferSearch();
  const part: OfferPart = offerParts.find((one) => one === search.part) ?? 'offers';
  const Part = shown[part];
  const stations = useQuery(offersQuery(undefined)).data?.stations ?? [];
  return (
    <div className="bookings">
      <header className="bookings-row">
        <h1>{t.title}</h1>
        {stations.length > 1 && (
          <label className="bookings-row">
            {t.station}
            <select value={search.station ?? ''} onChange={({ target }) => go({ station: target.value })}>
              <option value="">{t.allStations}</option>
              {stations.map(({ id, name }) => (
                <option key={id} value={id}>
                  {name}
                </option>
              ))}
            </select>
          </label>
        )}
      </header>
      <nav className="bookings-row bookings-tabs" aria-label={t.parts.label}>
        {offerParts.map((key) => (
          <Go
            key={key}
            href={`/desk/offers?part=${key}${search.station === undefined ? '' : `&station=${search.station}`}`}
            className="tool tool-framed"
            aria-current={part === key ? 'page' : undefined}
          >
            {t.parts[key]}
          </Go>
        ))}
      </nav>
      <Part station={search.station} />
    </div>
  );
}
