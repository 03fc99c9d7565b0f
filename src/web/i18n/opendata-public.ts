import type { Area } from './area.ts';
import { openPublicEn } from './en/opendata-public.ts';
import { openPublicZh } from './zh/opendata-public.ts';

export const openPublic: Area<typeof openPublicZh> = { zh: openPublicZh, en: openPublicEn };
