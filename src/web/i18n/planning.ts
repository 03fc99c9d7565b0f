import type { Area } from './area.ts';
import { planningEn } from './en/planning.ts';
import { planningZh } from './zh/planning.ts';

export const planning: Area<typeof planningZh> = { zh: planningZh, en: planningEn };
