import { lazy } from 'react';
import type { TabletPart } from '#web/app/station-slots.ts';
import { volunteers } from '#web/i18n/volunteers.ts';

/** Who is on today, at the counter. */
export const onDutyPart: TabletPart = {
  key: 'today',
  title: { zh: volunteers.zh.tablet.title, en: volunteers.en.tablet.title },
  icon: 'people',
  anyOf: ['station.read'],
  Part: lazy(async () => ({ default: (await import('./tablet/TodayPart.tsx')).TodayPart })),
};
