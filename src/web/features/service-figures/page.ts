import { lazy } from 'react';
import type { DeskPage } from '#web/app/desk-page.ts';
import type { StationPart, StationToday } from '#web/app/station-slots.ts';
import { serviceFigures } from '#web/i18n/service-figures.ts';
import { flatSearch, parseFiguresSearch } from './search.ts';

export const serviceFigurePages: readonly DeskPage[] = [
  {
    path: 'service-figures',
    anyOf: ['station.read'],
    group: 'station',
    title: { zh: serviceFigures.zh.title, en: serviceFigures.en.title },
    validateSearch: (search) => flatSearch(parseFiguresSearch(search)),
    load: async () => (await import('./FiguresPage.tsx')).FiguresPage,
  },
];

export const figuresPart: StationPart = {
  key: 'figures',
  title: { zh: serviceFigures.zh.title, en: serviceFigures.en.title },
  anyOf: ['station.read'],
  Part: lazy(async () => ({ default: (await import('./FiguresPart.tsx')).FiguresPart })),
};

export const figuresToday: StationToday = {
  key: 'services',
  anyOf: ['station.read'],
  Card: lazy(async () => ({ default: (await import('./TodayCard.tsx')).TodayCard })),
};
