import { lazy } from 'react';
import type { DeskPage } from '#web/app/desk-page.ts';
import type { StationPart } from '#web/app/station-slots.ts';
import { activities } from '#web/i18n/activities.ts';
import { parseActivitiesSearch } from './queries.ts';

export const activityPages: readonly DeskPage[] = [
  {
    path: 'activities',
    anyOf: ['station.read'],
    group: 'station',
    title: { zh: activities.zh.title, en: activities.en.title },
    validateSearch: (search) => ({ ...parseActivitiesSearch(search) }),
    load: async () => (await import('./ActivitiesPage.tsx')).ActivitiesPage,
  },
];

export const activitiesPart: StationPart = {
  key: 'activities',
  title: { zh: activities.zh.title, en: activities.en.title },
  anyOf: ['station.read'],
  Part: lazy(async () => ({ default: (await import('./ActivitiesPart.tsx')).ActivitiesPart })),
};
