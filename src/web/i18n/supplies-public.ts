import type { Area } from './area.ts';
import { suppliesPublicEn } from './en/supplies-public.ts';
import { suppliesPublicZh } from './zh/supplies-public.ts';

export const suppliesPublic: Area<typeof suppliesPublicZh> = { zh: suppliesPublicZh, en: suppliesPublicEn };
