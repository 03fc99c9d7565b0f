import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { bookingRoutes } from '#contract/bookings.ts';
import type { ClientOutput } from '#contract/route.ts';
import { ask } from '#web/app/ask.ts';

export type Catalogue = ClientOutput<typeof bookingRoutes.offers>;
export type Offer = Catalogue['items'][number];
export type BookingDay = ClientOutput<typeof bookingRoutes.day>;
export type Booking = BookingDay['items'][number];
export type Figure = ClientOutput<typeof bookingRoutes.figures>['items'][number];
export type Unmet = ClientOutput<typeof bookingRoutes.unmet>['items'][number];

/** Small, and one act touches several parts: all of it goes stale together. */
export const bookingKey = ['bookings'] as const;

export const wordsQuery = queryOptions({
  queryKey: ['booking-words'],
  queryFn: ({ signal }) => ask(bookingRoutes.words, {}, { signal }),
  staleTime: Infinity,
});
export const offersQuery = (station: string | undefined) =>
  queryOptions({
    queryKey: [...bookingKey, 'offers', station],
    queryFn: ({ signal }) => ask(bookingRoutes.offers, { query: station === undefined ? {} : { station } }, { signal }),
    placeholderData: keepPreviousData,
  });
export const providersQuery = (station: string) =>
  queryOptions({
    queryKey: [...bookingKey, 'providers', station],
    queryFn: ({ signal }) => ask(bookingRoutes.providers, { query: { station } }, { signal }),
    enabled: station !== '',
  });
export const dayQuery = (station: string, day: string | undefined) =>
  queryOptions({
    queryKey: [...bookingKey, 'day', station, day],
    queryFn: ({ signal }) =>
      ask(bookingRoutes.day, { query: { station, ...(day === undefined ? {} : { day }) } }, { signal }),
    refetchInterval: 60_000,
    placeholderData: keepPreviousData,
  });
export const todayQuery = queryOptions({
  queryKey: [...bookingKey, 'today'],
  queryFn: ({ signal }) => ask(bookingRoutes.today, {}, { signal }),
  refetchInterval: 120_000,
});
export const slotsQuery = (id: string) =>
  queryOptions({
    queryKey: [...bookingKey, 'slots', id],
    queryFn: ({ signal }) => ask(bookingRoutes.slots, { params: { id }, query: { days: 15 } }, { signal }),
    enabled: id !== '',
  });
export interface FigureWish {
  station: string | undefined;
  from: string | undefined;
  until: string | undefined;
}
export const figuresQuery = ({ station, from, until }: FigureWish) =>
  queryOptions({
    queryKey: [...bookingKey, 'figures', station, from, until],
    queryFn: ({ signal }) => ask(bookingRoutes.figures, { query: { station, from, until } }, { signal }),
    placeholderData: keepPreviousData,
  });
export const unmetQuery = (station: string | undefined, answered: boolean) =>
  queryOptions({
    queryKey: [...bookingKey, 'unmet', station, answered],
    queryFn: ({ signal }) =>
      ask(bookingRoutes.unmet, { query: { station, answered: answered ? 'true' : 'false' } }, { signal }),
    placeholderData: keepPreviousData,
  });
