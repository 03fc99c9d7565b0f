import type { DeskPage } from '#web/app/desk-page.ts';
import { texts } from '#web/i18n/texts.ts';
import { parseFigureSearch, parseHotSearch } from './search.ts';

const loadIssues = async () => (await import('./HotIssuesPage.tsx')).HotIssuesPage;
const validateSearch = (search: Record<string, unknown>) => ({ ...parseHotSearch(search) });

export const textPages: readonly DeskPage[] = [
  {
    path: 'hot-issues',
    anyOf: ['analytics.read'],
    group: 'analysis',
    title: { zh: texts.zh.hot.title, en: texts.en.hot.title },
    validateSearch,
    load: loadIssues,
  },
  { path: 'hot-issues/$id', anyOf: ['analytics.read'], title: null, validateSearch, load: loadIssues },
  {
    path: 'texts',
    anyOf: ['analytics.read'],
    group: 'analysis',
    title: { zh: texts.zh.figures.title, en: texts.en.figures.title },
    validateSearch: (search) => ({ ...parseFigureSearch(search) }),
    load: async () => (await import('./TextsPage.tsx')).TextsPage,
  },
];
