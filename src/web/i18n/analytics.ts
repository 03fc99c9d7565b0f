import type { Area } from './area.ts';
import { analyticsEn } from './en/analytics.ts';
import { analyticsZh } from './zh/analytics.ts';

export const analytics: Area<typeof analyticsZh> = { zh: analyticsZh, en: analyticsEn };
