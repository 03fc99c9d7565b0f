import type { DeskPage } from '#web/app/desk-page.ts';
import { analytics } from '#web/i18n/analytics.ts';
import { parseCasesSearch, parseFiguresSearch } from './search.ts';

export const analyticsPages: readonly DeskPage[] = [
  {
    path: 'figures',
    anyOf: ['analytics.read'],
    group: 'analysis',
    title: { zh: analytics.zh.title, en: analytics.en.title },
    validateSearch: (search) => ({ ...parseFiguresSearch(search) }),
    load: async () => (await import('./FiguresPage.tsx')).FiguresPage,
  },
  {
    path: 'cases',
    anyOf: ['analytics.read'],
    title: null,
    validateSearch: (search) => ({ ...parseCasesSearch(search) }),
    load: async () => (await import('./CasesPage.tsx')).CasesPage,
  },
];
