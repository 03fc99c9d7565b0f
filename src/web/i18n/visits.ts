import type { Area } from './area.ts';
import { visitsEn } from './en/visits.ts';
import { visitsZh } from './zh/visits.ts';

export const visits: Area<typeof visitsZh> = { zh: visitsZh, en: visitsEn };
