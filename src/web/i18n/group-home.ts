import type { Area } from './area.ts';
import { groupHomeEn } from './en/group-home.ts';
import { groupHomeZh } from './zh/group-home.ts';

export const groupHome: Area<typeof groupHomeZh> = { zh: groupHomeZh, en: groupHomeEn };
