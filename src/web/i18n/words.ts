import type { Area } from './area.ts';
import { wordsEn } from './en/words.ts';
import { wordsZh } from './zh/words.ts';

export const words: Area<typeof wordsZh> = { zh: wordsZh, en: wordsEn };
