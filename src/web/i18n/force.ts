import type { Area } from './area.ts';
import { forceEn } from './en/force.ts';
import { forceZh } from './zh/force.ts';

export const force: Area<typeof forceZh> = { zh: forceZh, en: forceEn };
