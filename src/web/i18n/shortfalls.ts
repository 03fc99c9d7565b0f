import type { Area } from './area.ts';
import { shortfallsEn } from './en/shortfalls.ts';
import { shortfallsZh } from './zh/shortfalls.ts';

export const shortfalls: Area<typeof shortfallsZh> = { zh: shortfallsZh, en: shortfallsEn };
