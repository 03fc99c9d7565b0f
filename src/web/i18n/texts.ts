import type { Area } from './area.ts';
import { textsEn } from './en/texts.ts';
import { textsZh } from './zh/texts.ts';

export const texts: Area<typeof textsZh> = { zh: textsZh, en: textsEn };
