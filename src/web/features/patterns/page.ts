import type { DeskPage } from '#web/app/desk-page.ts';
import { patterns } from '#web/i18n/patterns.ts';
import { parsePatternSearch } from './search.ts';

export const patternPages: readonly DeskPage[] = [
  {
    path: 'patterns',
    anyOf: ['analytics.read'],
    group: 'analysis',
    title: { zh: patterns.zh.title, en: patterns.en.title },
    validateSearch: (search) => ({ ...parsePatternSearch(search) }),
    load: async () => (await import('./PatternsPage.tsx')).PatternsPage,
  },
];
