import type { Area } from './area.ts';
import { incidentsEn } from './en/incidents.ts';
import { incidentsZh } from './zh/incidents.ts';

export const incidents: Area<typeof incidentsZh> = { zh: incidentsZh, en: incidentsEn };
