import type { DeskPage } from '#web/app/desk-page.ts';
import { screen } from '#web/i18n/screen.ts';
import { parseScreensSearch } from './arrange/queries.ts';

export const screenPages: readonly DeskPage[] = [
  {
    path: 'screens',
    anyOf: ['analytics.read'],
    group: 'analysis',
    title: { zh: screen.zh.arrange.title, en: screen.en.arrange.title },
    validateSearch: (search) => ({ ...parseScreensSearch(search) }),
    load: async () => (await import('./arrange/ScreensPage.tsx')).ScreensPage,
  },
];
