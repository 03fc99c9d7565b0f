import { lazy } from 'react';
import type { StationPart, StationToday } from '#web/app/station-slots.ts';
import { volunteers } from '#web/i18n/volunteers.ts';

/** The tab of a station with its roster. */
export const rosterPart: StationPart = {
  key: 'roster',
  title: { zh: volunteers.zh.title, en: volunteers.en.title },
  anyOf: ['station.read'],
  Part: lazy(async () => ({ default: (await import('./desk/RosterPart.tsx')).RosterPart })),
};

/** The card of who is on today, on the page of all stations. */
export const rosterToday: StationToday = {
  key: 'roster',
  anyOf: ['station.read'],
  Card: lazy(async () => ({ default: (await import('./desk/TodayCard.tsx')).TodayCard })),
};
