import type { Area } from './area.ts';
import { warningsEn } from './en/warnings.ts';
import { warningsZh } from './zh/warnings.ts';

export const warnings: Area<typeof warningsZh> = { zh: warningsZh, en: warningsEn };
