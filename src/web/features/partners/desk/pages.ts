import { lazy } from 'react';
import type { DeskPage } from '#web/app/desk-page.ts';
import type { StationPart, StationToday } from '#web/app/station-slots.ts';
import { partners } from '#web/i18n/partners.ts';
import { parsePartnerSearch } from './search.ts';

export const partnerPages: readonly DeskPage[] = [
  {
    path: 'partners',
    anyOf: ['station.read'],
    title: { zh: partners.zh.title, en: partners.en.title },
    group: 'station',
    validateSearch: (search) => ({ ...parsePartnerSearch(search) }),
    load: async () => (await import('./PartnersPage.tsx')).PartnersPage,
  },
];

/** The tab of one station. */
export const partnerPart: StationPart = {
  key: 'partners',
  title: { zh: partners.zh.part.title, en: partners.en.part.title },
  anyOf: ['station.read'],
  Part: lazy(async () => ({ default: (await import('./StationPartners.tsx')).StationPartners })),
};

/** On the page of all stations. */
export const partnersToday: StationToday = {
  key: 'partners',
  anyOf: ['station.read'],
  Card: lazy(async () => ({ default: (await import('./TodayCard.tsx')).TodayCard })),
};
