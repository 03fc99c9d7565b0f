import type { Area } from './area.ts';
import { facilitiesEn } from './en/facilities.ts';
import { facilitiesZh } from './zh/facilities.ts';

export const facilities: Area<typeof facilitiesZh> = { zh: facilitiesZh, en: facilitiesEn };
