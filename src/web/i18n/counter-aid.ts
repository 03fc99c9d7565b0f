import type { Area } from './area.ts';
import { counterAidEn } from './en/counter-aid.ts';
import { counterAidZh } from './zh/counter-aid.ts';

export const counterAid: Area<typeof counterAidZh> = { zh: counterAidZh, en: counterAidEn };
