import type { DeskPage } from '#web/app/desk-page.ts';
import { analytics } from '#web/i18n/analytics.ts';
import { parseCasesSearch, parseExclusionSearch, parseFiguresSearch, parseUnitsSearch } from './search.ts';

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
    path: 'figures/units',
    anyOf: ['analytics.read'],
    group: 'analysis',
    title: { zh: analytics.zh.units.title, en: analytics.en.units.title },
    validateSearch: (search) => ({ ...parseUnitsSearch(search) }),
    load: async () => (await import('./UnitsPage.tsx')).UnitsPage,
  },
  {
    path: 'ratings',
    anyOf: ['analytics.read'],
    group: 'analysis',
    title: { zh: analytics.zh.ratings.title, en: analytics.en.ratings.title },
    load: async () => (await import('./RatingsPage.tsx')).RatingsPage,
  },
  {
    path: 'figures/exclusions',
    anyOf: ['analytics.read'],
    group: 'analysis',
    title: { zh: analytics.zh.exclusions.title, en: analytics.en.exclusions.title },
    validateSearch: (search) => ({ ...parseExclusionSearch(search) }),
    load: async () => (await import('./ExclusionsPage.tsx')).ExclusionsPage,
  },
  {
    path: 'cases',
    anyOf: ['analytics.read'],
    title: null,
    validateSearch: (search) => ({ ...parseCasesSearch(search) }),
    load: async () => (await import('./CasesPage.tsx')).CasesPage,
  },
];
