import type { Area } from './area.ts';
import { partnersEn } from './en/partners.ts';
import { partnersZh } from './zh/partners.ts';

export const partners: Area<typeof partnersZh> = { zh: partnersZh, en: partnersEn };
