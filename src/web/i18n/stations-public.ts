import type { Area } from './area.ts';
import { stationsPublicEn } from './en/stations-public.ts';
import { stationsPublicZh } from './zh/stations-public.ts';

export const stationsPublic: Area<typeof stationsPublicZh> = { zh: stationsPublicZh, en: stationsPublicEn };
