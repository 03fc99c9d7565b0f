import type { Area } from './area.ts';
import { volunteersEn } from './en/volunteers.ts';
import { volunteersZh } from './zh/volunteers.ts';

export const volunteers: Area<typeof volunteersZh> = { zh: volunteersZh, en: volunteersEn };
