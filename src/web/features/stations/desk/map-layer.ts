import { lazy } from 'react';
import type { DeskMapLayer } from '#web/app/desk-slots.ts';
import { remembered } from '#web/app/remembered.ts';
import { stations } from '#web/i18n/stations.ts';

/** Stations, for the map of events. */
export const stationMapLayer: DeskMapLayer = {
  id: 'stations',
  anyOf: ['station.read'],
  title: { zh: stations.zh.title, en: stations.en.title },
  shown: remembered(
    'huangge.map.stations',
    ['off', 'on'],
    () => 'off',
    () => undefined,
  ),
  Layer: lazy(async () => ({ default: (await import('./StationsOnMap.tsx')).StationsOnMap })),
};
