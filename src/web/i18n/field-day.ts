import type { Area } from './area.ts';
import { fieldDayEn } from './en/field-day.ts';
import { fieldDayZh } from './zh/field-day.ts';

export const fieldDay: Area<typeof fieldDayZh> = { zh: fieldDayZh, en: fieldDayEn };
