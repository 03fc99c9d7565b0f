import type { DeskPage } from '#web/app/desk-page.ts';
import { openData } from '#web/i18n/opendata.ts';
import { parsePublishSearch } from './search.ts';

export const openDataPages: readonly DeskPage[] = [
  {
    path: 'open-data',
    anyOf: ['feed.publish'],
    group: 'analysis',
    title: { zh: openData.zh.title, en: openData.en.title },
    validateSearch: (search) => ({ ...parsePublishSearch(search) }),
    load: async () => (await import('./PublishPage.tsx')).PublishPage,
  },
];
