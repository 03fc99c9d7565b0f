import type { Area } from './area.ts';
import { activitiesPublicEn } from './en/activities-public.ts';
import { activitiesPublicZh } from './zh/activities-public.ts';

export const activitiesPublic: Area<typeof activitiesPublicZh> = { zh: activitiesPublicZh, en: activitiesPublicEn };
