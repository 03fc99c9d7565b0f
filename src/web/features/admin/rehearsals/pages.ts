import type { DeskPage } from '#web/app/desk-page.ts';
import { rehearsals } from '#web/i18n/rehearsals.ts';
import { onlyWords } from '../shared/search.ts';

export const rehearsalPages: readonly DeskPage[] = [
  {
    path: 'rehearsals',
    anyOf: ['analytics.read', 'library.edit'],
    group: 'analysis',
    title: { zh: rehearsals.zh.title, en: rehearsals.en.title },
    validateSearch: onlyWords('proposal'),
    load: async () => (await import('./RehearsalsPage.tsx')).RehearsalsPage,
  },
  {
    path: 'rehearsals/$id',
    anyOf: ['analytics.read', 'library.edit'],
    title: null,
    validateSearch: onlyWords('mark', 'category', 'step', 'from', 'to', 'with'),
    load: async () => (await import('./RehearsalPage.tsx')).RehearsalPage,
  },
];
