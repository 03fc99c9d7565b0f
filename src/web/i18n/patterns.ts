import type { Area } from './area.ts';
import { patternsEn } from './en/patterns.ts';
import { patternsZh } from './zh/patterns.ts';

export const patterns: Area<typeof patternsZh> = { zh: patternsZh, en: patternsEn };
