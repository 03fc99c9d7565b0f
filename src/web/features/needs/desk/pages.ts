import type { DeskPage } from '#web/app/desk-page.ts';
import { needs } from '#web/i18n/needs.ts';
import { parseNeedSearch } from './search.ts';

export const needPages: readonly DeskPage[] = [
  {
    path: 'needs',
    anyOf: ['circle.read'],
    title: { zh: needs.zh.title, en: needs.en.title },
    group: 'circle',
    validateSearch: (search) => ({ ...parseNeedSearch(search) }),
    load: async () => (await import('./NeedsPage.tsx')).NeedsPage,
  },
  {
    path: 'needs/survey',
    anyOf: ['circle.read'],
    title: null,
    load: async () => (await import('./SurveySheet.tsx')).SurveySheet,
  },
];
