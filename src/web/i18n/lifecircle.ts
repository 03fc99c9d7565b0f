import type { Area } from './area.ts';
import { lifecircleEn } from './en/lifecircle.ts';
import { lifecircleZh } from './zh/lifecircle.ts';

export const lifecircle: Area<typeof lifecircleZh> = { zh: lifecircleZh, en: lifecircleEn };
