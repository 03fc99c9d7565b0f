import { lazy } from 'react';
import type { TabletPart } from '#web/app/station-slots.ts';
import { bookings } from '#web/i18n/bookings.ts';

export const bookingTabletPart: TabletPart = {
  key: 'bookings',
  title: { zh: bookings.zh.part, en: bookings.en.part },
  icon: 'clock',
  anyOf: ['station.work'],
  Part: lazy(async () => ({ default: (await import('./TabletBookings.tsx')).TabletBookings })),
};
