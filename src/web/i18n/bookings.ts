import type { Area } from './area.ts';
import { bookingsEn } from './en/bookings.ts';
import { bookingsZh } from './zh/bookings.ts';

export const bookings: Area<typeof bookingsZh> = { zh: bookingsZh, en: bookingsEn };
