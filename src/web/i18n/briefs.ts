import type { Area } from './area.ts';
import { briefsEn } from './en/briefs.ts';
import { briefsZh } from './zh/briefs.ts';

export const briefs: Area<typeof briefsZh> = { zh: briefsZh, en: briefsEn };
