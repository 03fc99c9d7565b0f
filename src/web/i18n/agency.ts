import type { Area } from './area.ts';
import { agencyEn } from './en/agency.ts';
import { agencyZh } from './zh/agency.ts';

export const agency: Area<typeof agencyZh> = { zh: agencyZh, en: agencyEn };
