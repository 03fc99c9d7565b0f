import type { Area } from './area.ts';
import { alarmsEn } from './en/alarms.ts';
import { alarmsZh } from './zh/alarms.ts';

export const alarms: Area<typeof alarmsZh> = { zh: alarmsZh, en: alarmsEn };
