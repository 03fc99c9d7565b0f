import { lazy } from 'react';
import type { StationPart, StationToday } from '#web/app/station-slots.ts';
import { counterDesk } from '#web/i18n/counter-desk.ts';

export const servicesPart: StationPart = {
  key: 'services',
  title: { zh: counterDesk.zh.heading, en: counterDesk.en.heading },
  anyOf: ['station.read'],
  Part: lazy(async () => ({ default: (await import('./ServicesPart.tsx')).ServicesPart })),
};

export const servicesToday: StationToday = {
  key: 'services',
  anyOf: ['station.read'],
  Card: lazy(async () => ({ default: (await import('./TodayCard.tsx')).TodayCard })),
};
