import { useNavigate, useSearch } from '@tanstack/react-router';

export const offerParts = ['offers', 'unmet', 'figures'] as const;
export type OfferPart = (typeof offerParts)[number];

export interface OfferSearch {
  part?: string | undefined;
  /** Id of a station. */
  station?: string | undefined;
  from?: string | undefined;
  until?: string | undefined;
  /** Whose bookings are listed: an offer, a state, an outcome. */
  offer?: string | undefined;
  state?: string | undefined;
  outcome?: string | undefined;
  /** '1': who came unasked; '0': who booked. */
  unasked?: string | undefined;
}

const uuid = /^[0-9a-f-]{36}$/;
const day = /^\d{4}-\d\d-\d\d$/;
const forms: Record<keyof OfferSearch, RegExp> = {
  part: /^(offers|unmet|figures)$/,
  station: uuid,
  from: day,
  until: day,
  offer: uuid,
  state: /^[a-z_]{3,12}$/,
  outcome: /^[a-z]{3,12}$/,
  unasked: /^[01]$/,
};

/** Reads the address; what does not fit is left out. */
export function parseOfferSearch(search: Record<string, unknown>): OfferSearch {
  return Object.fromEntries(
    Object.entries(search)
      .filter(([key, value]) => forms[key as keyof OfferSearch]?.test(String(value)) === true)
      .map(([key, value]) => [key, String(value)]),
  );
}

export function useOfferSearch(): [OfferSearch, (change: OfferSearch) => void] {
  const search = parseOfferSearch(useSearch({ strict: false }));
  const navigate = useNavigate();
  const go = (change: OfferSearch): void => {
    const next = Object.fromEntries(
      Object.entries({ ...search, ...change }).filter(([, value]) => value !== undefined && value !== ''),
    );
    void navigate({ to: '.', search: next as never });
  };
  return [search, go];
}
