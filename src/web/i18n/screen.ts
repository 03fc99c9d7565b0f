import type { Area } from './area.ts';
import { screenEn } from './en/screen.ts';
import { screenZh } from './zh/screen.ts';

export const screen: Area<typeof screenZh> = { zh: screenZh, en: screenEn };
