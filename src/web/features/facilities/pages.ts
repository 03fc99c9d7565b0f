import type { DeskPage } from '#web/app/desk-page.ts';
import { facilities } from '#web/i18n/facilities.ts';
import { parseFacilitySearch } from './search.ts';

export const facilityPages: readonly DeskPage[] = [
  {
    path: 'facilities',
    anyOf: ['circle.read'],
    group: 'circle',
    title: { zh: facilities.zh.title, en: facilities.en.title },
    validateSearch: (search) => ({ ...parseFacilitySearch(search) }),
    load: async () => (await import('./FacilitiesPage.tsx')).FacilitiesPage,
  },
  {
    path: 'idle',
    anyOf: ['circle.read'],
    group: 'circle',
    title: { zh: facilities.zh.idle.title, en: facilities.en.idle.title },
    validateSearch: (search) => ({ ...parseFacilitySearch(search) }),
    load: async () => (await import('./IdlePage.tsx')).IdlePage,
  },
];
