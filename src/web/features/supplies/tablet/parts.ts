import { lazy } from 'react';
import type { TabletPart } from '#web/app/station-slots.ts';
import { supplies } from '#web/i18n/supplies.ts';

/** What the tablet of a station shows of supplies: lending and stock. */
export const supplyTabletParts: readonly TabletPart[] = [
  {
    key: 'lend',
    title: { zh: supplies.zh.loans.title, en: supplies.en.loans.title },
    icon: 'umbrella',
    anyOf: ['station.work'],
    Part: lazy(async () => ({ default: (await import('./LendPart.tsx')).LendPart })),
  },
  {
    key: 'stock',
    title: { zh: supplies.zh.part, en: supplies.en.part },
    icon: 'fridge',
    anyOf: ['station.work'],
    Part: lazy(async () => ({ default: (await import('./StockPart.tsx')).StockPart })),
  },
];
