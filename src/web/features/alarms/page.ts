import type { DeskPage } from '#web/app/desk-page.ts';
import { alarms } from '#web/i18n/alarms.ts';
import { parseAlarmSearch } from './search.ts';

export const alarmPages: readonly DeskPage[] = [
  {
    path: 'alarms',
    anyOf: ['alarm.read'],
    group: 'command',
    title: { zh: alarms.zh.title, en: alarms.en.title },
    validateSearch: (search) => ({ ...parseAlarmSearch(search) }),
    load: async () => (await import('./page/AlarmsPage.tsx')).AlarmsPage,
  },
];
