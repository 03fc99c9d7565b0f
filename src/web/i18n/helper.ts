import type { Area } from './area.ts';
import { helperEn } from './en/helper.ts';
import { helperZh } from './zh/helper.ts';

export const helper: Area<typeof helperZh> = { zh: helperZh, en: helperEn };
