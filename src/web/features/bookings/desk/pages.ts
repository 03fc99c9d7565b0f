import { lazy } from 'react';
import type { DeskPage } from '#web/app/desk-page.ts';
import type { StationPart, StationToday } from '#web/app/station-slots.ts';
import { bookings } from '#web/i18n/bookings.ts';
import { parseOfferSearch } from './search.ts';

export const bookingPages: readonly DeskPage[] = [
  {
    path: 'offers',
    anyOf: ['station.read'],
    group: 'station',
    title: { zh: bookings.zh.title, en: bookings.en.title },
    validateSearch: (search) => ({ ...parseOfferSearch(search) }),
    load: async () => (await import('./OffersPage.tsx')).OffersPage,
  },
];

/** The tab of one station. */
export const bookingPart: StationPart = {
  key: 'bookings',
  title: { zh: bookings.zh.part, en: bookings.en.part },
  anyOf: ['station.read'],
  Part: lazy(async () => ({ default: (await import('./StationBookings.tsx')).StationBookings })),
};

export const bookingToday: StationToday = {
  key: 'bookings',
  anyOf: ['station.read'],
  Card: lazy(async () => ({ default: (await import('./TodayCard.tsx')).TodayCard })),
};
