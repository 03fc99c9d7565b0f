import type { Area } from './area.ts';
import { needsPublicEn } from './en/needs-public.ts';
import { needsPublicZh } from './zh/needs-public.ts';

export const needsPublic: Area<typeof needsPublicZh> = { zh: needsPublicZh, en: needsPublicEn };
