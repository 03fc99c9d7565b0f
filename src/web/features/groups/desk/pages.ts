import type { DeskPage } from '#web/app/desk-page.ts';
import { groups } from '#web/i18n/groups.ts';
import { parseGroupSearch } from './search.ts';

export const groupPages: readonly DeskPage[] = [
  {
    path: 'groups',
    anyOf: ['group.read'],
    title: { zh: groups.zh.title, en: groups.en.title },
    group: 'cells',
    validateSearch: (search) => ({ ...parseGroupSearch(search) }),
    load: async () => (await import('./GroupsPage.tsx')).GroupsPage,
  },
];
