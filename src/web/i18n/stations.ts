import type { Area } from './area.ts';
import { stationsEn } from './en/stations.ts';
import { stationsZh } from './zh/stations.ts';

export const stations: Area<typeof stationsZh> = { zh: stationsZh, en: stationsEn };
