import type { Area } from './area.ts';
import { volunteersPublicEn } from './en/volunteers-public.ts';
import { volunteersPublicZh } from './zh/volunteers-public.ts';

export const volunteersPublic: Area<typeof volunteersPublicZh> = { zh: volunteersPublicZh, en: volunteersPublicEn };
