import type { DeskPage } from '#web/app/desk-page.ts';
import { lifecircle } from '#web/i18n/lifecircle.ts';
import { parseCircleSearch } from './search.ts';

export const lifecirclePages: readonly DeskPage[] = [
  {
    path: 'circle',
    anyOf: ['circle.read'],
    group: 'circle',
    title: { zh: lifecircle.zh.title, en: lifecircle.en.title },
    validateSearch: (search) => ({ ...parseCircleSearch(search) }),
    load: async () => (await import('./CirclePage.tsx')).CirclePage,
  },
  {
    path: 'circle/networks',
    anyOf: ['circle.read'],
    title: null,
    load: async () => (await import('./NetworksPage.tsx')).NetworksPage,
  },
];
