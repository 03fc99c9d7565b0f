import type { DeskPage } from '#web/app/desk-page.ts';
import { parseCasesSearch } from './search.ts';

export const analyticsPages: readonly DeskPage[] = [
  {
    path: 'cases',
    anyOf: ['analytics.read'],
    title: null,
    validateSearch: (search) => ({ ...parseCasesSearch(search) }),
    load: async () => (await import('./CasesPage.tsx')).CasesPage,
  },
];
