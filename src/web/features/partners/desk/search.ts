import { useNavigate, useSearch } from '@tanstack/react-router';
import { useCallback } from 'react';
import { partnerStates, type PartnerState } from '#contract/partners-words.ts';

/** What the address of the page says. */
export interface PartnerSearch {
  state?: PartnerState | undefined;
  kind?: string | undefined;
  /** Id of a station. */
  station?: string | undefined;
  q?: string | undefined;
  /** The one that is open. */
  partner?: string | undefined;
  /** Of it, the pledge that is open. */
  pledge?: string | undefined;
  adding?: true | undefined;
}

const isId = (value: unknown): value is string => typeof value === 'string' && /^[0-9a-f-]{36}$/.test(value);

/** Anything unknown is left out. A telephone is never in an address: `q` takes words only. */
export function parsePartnerSearch(search: Record<string, unknown>): PartnerSearch {
  const { state, kind, station, q, partner, pledge, adding } = search;
  const known = partnerStates.find((one) => one === state);
  return {
    ...(known === undefined ? {} : { state: known }),
    ...(typeof kind === 'string' && /^[a-z_]{1,40}$/.test(kind) ? { kind } : {}),
    ...(isId(station) ? { station } : {}),
    ...(typeof q === 'string' && q !== '' ? { q: q.slice(0, 40) } : {}),
    ...(isId(partner) ? { partner } : {}),
    ...(isId(pledge) ? { pledge } : {}),
    ...(adding === true || adding === 'true' ? { adding: true as const } : {}),
  };
}

export function usePartnerSearch(): [PartnerSearch, (change: PartnerSearch) => void] {
  const search = parsePartnerSearch(useSearch({ strict: false }));
  const navigate = useNavigate();
  const go = useCallback(
    (change: PartnerSearch) => void navigate({ to: '.', search: { ...search, ...change } as never }),
    // The search is made anew on each render; its text says when it means something else.
    // eslint-disable-next-line react-hooks/exhaustive-deps
    [navigate, JSON.stringify(search)],
  );
  return [search, go];
}
