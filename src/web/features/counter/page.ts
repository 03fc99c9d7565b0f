import { lazy } from 'react';
import type { FieldPage } from '#web/field/field-page.ts';
import { counter } from '#web/i18n/counter.ts';

/** The tablet of a station, inside the field app. */
export const counterPage: FieldPage = {
  path: '/field/station',
  anyOf: ['station.work'],
  title: { zh: counter.zh.title, en: counter.en.title },
  icon: 'shop',
  Page: lazy(async () => ({ default: (await import('./CounterPages.tsx')).CounterPages })),
};
