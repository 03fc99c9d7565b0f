import type { Area } from './area.ts';
import { bookingsPublicEn } from './en/bookings-public.ts';
import { bookingsPublicZh } from './zh/bookings-public.ts';

export const bookingsPublic: Area<typeof bookingsPublicZh> = { zh: bookingsPublicZh, en: bookingsPublicEn };
