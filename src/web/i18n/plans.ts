import type { Area } from './area.ts';
import { plansEn } from './en/plans.ts';
import { plansZh } from './zh/plans.ts';

export const plans: Area<typeof plansZh> = { zh: plansZh, en: plansEn };
