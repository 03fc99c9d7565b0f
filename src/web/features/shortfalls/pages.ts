import type { DeskPage } from '#web/app/desk-page.ts';
import { shortfalls } from '#web/i18n/shortfalls.ts';
import { parseShortfallSearch } from './search.ts';

export const shortfallPages: readonly DeskPage[] = [
  {
    path: 'shortfalls',
    anyOf: ['circle.read'],
    group: 'circle',
    title: { zh: shortfalls.zh.title, en: shortfalls.en.title },
    validateSearch: (search) => ({ ...parseShortfallSearch(search) }),
    load: async () => (await import('./ShortfallsPage.tsx')).ShortfallsPage,
  },
];
