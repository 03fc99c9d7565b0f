import { lazy } from 'react';
import type { DeskMapLayer } from '#web/app/desk-slots.ts';
import { remembered } from '#web/app/remembered.ts';
import { ground } from '#web/i18n/ground.ts';

/** Risk points, for the map of events. */
export const riskMapLayer: DeskMapLayer = {
  id: 'risks',
  anyOf: ['grids.read'],
  title: { zh: ground.zh.risk.title, en: ground.en.risk.title },
  shown: remembered(
    'huangge.map.risks',
    ['off', 'on'],
    () => 'off',
    () => undefined,
  ),
  Layer: lazy(async () => ({ default: (await import('./RiskOnMap.tsx')).RiskOnMap })),
};
