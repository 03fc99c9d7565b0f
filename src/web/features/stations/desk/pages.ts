import type { DeskPage } from '#web/app/desk-page.ts';
import { stations } from '#web/i18n/stations.ts';
import { parseStationSearch } from './search.ts';

export const stationPages: readonly DeskPage[] = [
  {
    path: 'stations',
    anyOf: ['station.read'],
    group: 'station',
    title: { zh: stations.zh.title, en: stations.en.title },
    validateSearch: (search) => ({ ...parseStationSearch(search) }),
    load: async () => (await import('./StationsPage.tsx')).StationsPage,
  },
  {
    path: 'stations/$code',
    anyOf: ['station.read'],
    title: null,
    validateSearch: (search) => ({ ...parseStationSearch(search) }),
    load: async () => (await import('./StationPage.tsx')).StationPage,
  },
  {
    path: 'stations/$code/door',
    anyOf: ['station.read'],
    title: null,
    load: async () => (await import('./DoorPage.tsx')).DoorPage,
  },
];
