import type { Area } from './area.ts';
import { openDataEn } from './en/opendata.ts';
import { openDataZh } from './zh/opendata.ts';

export const openData: Area<typeof openDataZh> = { zh: openDataZh, en: openDataEn };
