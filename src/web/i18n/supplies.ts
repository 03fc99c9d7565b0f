import type { Area } from './area.ts';
import { suppliesEn } from './en/supplies.ts';
import { suppliesZh } from './zh/supplies.ts';

export const supplies: Area<typeof suppliesZh> = { zh: suppliesZh, en: suppliesEn };
