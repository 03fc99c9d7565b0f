import type { Area } from './area.ts';
import { groundEn } from './en/ground.ts';
import { groundZh } from './zh/ground.ts';

export const ground: Area<typeof groundZh> = { zh: groundZh, en: groundEn };
