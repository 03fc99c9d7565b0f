import type { Area } from './area.ts';
import { activitiesEn } from './en/activities.ts';
import { activitiesZh } from './zh/activities.ts';

export const activities: Area<typeof activitiesZh> = { zh: activitiesZh, en: activitiesEn };
