import type { DeskPage } from '#web/app/desk-page.ts';
import { briefs } from '#web/i18n/briefs.ts';
import { parseBriefsSearch } from './search.ts';

export const briefPages: readonly DeskPage[] = [
  {
    path: 'briefs',
    anyOf: ['analytics.read'],
    group: 'analysis',
    title: { zh: briefs.zh.title, en: briefs.en.title },
    validateSearch: (search) => ({ ...parseBriefsSearch(search) }),
    load: async () => (await import('./BriefsPage.tsx')).BriefsPage,
  },
  {
    path: 'briefs/$id',
    anyOf: ['analytics.read'],
    title: null,
    load: async () => (await import('./BriefPage.tsx')).BriefPage,
  },
];
