import type { DeskPage } from '#web/app/desk-page.ts';
import { careFiles } from '#web/i18n/care-files.ts';
import { ground } from '#web/i18n/ground.ts';
import { inspections } from '#web/i18n/inspections.ts';
import { parseGroundSearch } from './search.ts';

export const groundPages: readonly DeskPage[] = [
  {
    path: 'risk-points',
    anyOf: ['grids.read'],
    group: 'cells',
    title: { zh: ground.zh.risk.title, en: ground.en.risk.title },
    validateSearch: (search) => ({ ...parseGroundSearch(search) }),
    load: async () => (await import('./RiskPage.tsx')).RiskPage,
  },
  {
    path: 'inspections',
    anyOf: ['grids.read'],
    group: 'cells',
    title: { zh: inspections.zh.board.title, en: inspections.en.board.title },
    validateSearch: (search) => ({ ...parseGroundSearch(search) }),
    load: async () => (await import('./InspectionsPage.tsx')).InspectionsPage,
  },
  {
    path: 'care',
    anyOf: ['care.read', 'care.glance'],
    group: 'care',
    title: { zh: ground.zh.care.title, en: ground.en.care.title },
    validateSearch: (search) => ({ ...parseGroundSearch(search) }),
    load: async () => (await import('./CarePage.tsx')).CarePage,
  },
  {
    path: 'care-exports',
    anyOf: ['care.export'],
    group: 'care',
    title: { zh: careFiles.zh.exports.title, en: careFiles.en.exports.title },
    load: async () => (await import('./CareExportsPage.tsx')).CareExportsPage,
  },
  {
    path: 'care-review',
    anyOf: ['care.review'],
    group: 'care',
    title: { zh: careFiles.zh.review.title, en: careFiles.en.review.title },
    load: async () => (await import('./CareReviewPage.tsx')).CareReviewPage,
  },
];
