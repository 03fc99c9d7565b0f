import type { Area } from './area.ts';
import { fieldEn } from './en/field.ts';
import { fieldZh } from './zh/field.ts';

export const field: Area<typeof fieldZh> = { zh: fieldZh, en: fieldEn };
