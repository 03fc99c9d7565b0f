import type { Area } from './area.ts';
import { chartsEn } from './en/charts.ts';
import { chartsZh } from './zh/charts.ts';

export const charts: Area<typeof chartsZh> = { zh: chartsZh, en: chartsEn };
