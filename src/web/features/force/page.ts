import type { DeskPage } from '#web/app/desk-page.ts';
import { force } from '#web/i18n/force.ts';
import { parseForceSearch } from './search.ts';

export const forcePages: readonly DeskPage[] = [
  {
    path: 'force',
    anyOf: ['force.read'],
    title: { zh: force.zh.title, en: force.en.title },
    group: 'force',
    validateSearch: (search) => ({ ...parseForceSearch(search) }),
    load: async () => (await import('./ForcePage.tsx')).ForcePage,
  },
  {
    path: 'asked-tasks',
    anyOf: ['burden.ask', 'force.read'],
    title: { zh: force.zh.asked.title, en: force.en.asked.title },
    group: 'force',
    load: async () => (await import('./AskedPage.tsx')).AskedPage,
  },
  { path: 'me/force', anyOf: [], title: null, load: async () => (await import('./MinePage.tsx')).MinePage },
];
