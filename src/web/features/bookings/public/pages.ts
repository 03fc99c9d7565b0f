import { lazy } from 'react';
import type { StationSection } from '#web/app/station-slots.ts';

export const bookSection: StationSection = {
  key: 'book',
  Section: lazy(async () => ({ default: (await import('./BookSection.tsx')).BookSection })),
};
export const BookPage = lazy(async () => ({ default: (await import('./BookPage.tsx')).BookPage }));
export const BookingPage = lazy(async () => ({ default: (await import('./BookingPage.tsx')).BookingPage }));
