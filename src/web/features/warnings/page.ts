import type { DeskPage } from '#web/app/desk-page.ts';
import { warnings } from '#web/i18n/warnings.ts';
import { parseWarningSearch } from './search.ts';

export const warningPages: readonly DeskPage[] = [
  {
    path: 'warnings',
    anyOf: ['warning.read'],
    group: 'command',
    title: { zh: warnings.zh.title, en: warnings.en.title },
    validateSearch: (search) => ({ ...parseWarningSearch(search) }),
    load: async () => (await import('./WarningsPage.tsx')).WarningsPage,
  },
  {
    path: 'warnings/effects',
    anyOf: ['warning.read', 'plan.edit'],
    title: null,
    load: async () => (await import('./EffectsPage.tsx')).EffectsPage,
  },
  {
    path: 'warnings/sources',
    anyOf: ['device.edit'],
    group: 'command',
    title: { zh: warnings.zh.sources.title, en: warnings.en.sources.title },
    load: async () => (await import('./SourcesPage.tsx')).SourcesPage,
  },
];
