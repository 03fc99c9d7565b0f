import type { DeskPage } from '#web/app/desk-page.ts';
import { coverage } from '#web/i18n/coverage.ts';
import { parseCoverageSearch } from './search.ts';

export const coveragePages: readonly DeskPage[] = [
  {
    path: 'coverage',
    anyOf: ['grids.read'],
    group: 'cells',
    title: { zh: coverage.zh.title, en: coverage.en.title },
    validateSearch: (search) => ({ ...parseCoverageSearch(search) }),
    load: async () => (await import('./CoveragePage.tsx')).CoveragePage,
  },
];
