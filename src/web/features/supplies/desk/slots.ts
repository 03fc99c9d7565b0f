import { lazy } from 'react';
import type { DeskPage } from '#web/app/desk-page.ts';
import type { StationPart, StationToday } from '#web/app/station-slots.ts';
import { supplies } from '#web/i18n/supplies.ts';
import { parseSupplySearch } from './search.ts';

/** The tab of one station. */
export const supplyPart: StationPart = {
  key: 'supplies',
  title: { zh: supplies.zh.part, en: supplies.en.part },
  anyOf: ['station.read'],
  Part: lazy(async () => ({ default: (await import('./SuppliesPart.tsx')).SuppliesPart })),
};

/** On the page of all stations: what is missing, expires, was not returned. */
export const supplyToday: StationToday = {
  key: 'supplies',
  anyOf: ['station.read'],
  Card: lazy(async () => ({ default: (await import('./TodayCard.tsx')).TodayCard })),
};

export const supplyPages: readonly DeskPage[] = [
  {
    path: 'supplies',
    anyOf: ['station.read'],
    title: { zh: supplies.zh.title, en: supplies.en.title },
    group: 'station',
    validateSearch: (search) => ({ ...parseSupplySearch(search) }),
    load: async () => (await import('./AttentionPage.tsx')).AttentionPage,
  },
];
