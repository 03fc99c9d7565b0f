import type { DeskPage } from '#web/app/desk-page.ts';
import { visits } from '#web/i18n/visits.ts';
import { parseVisitsSearch } from './search.ts';

export const visitPages: readonly DeskPage[] = [
  {
    path: 'visits',
    anyOf: ['visit.plan', 'care.glance'],
    group: 'care',
    title: { zh: visits.zh.title, en: visits.en.title },
    validateSearch: (search) => ({ ...parseVisitsSearch(search) }),
    load: async () => (await import('./VisitsPage.tsx')).VisitsPage,
  },
];
