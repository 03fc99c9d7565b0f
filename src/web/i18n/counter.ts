import type { Area } from './area.ts';
import { counterEn } from './en/counter.ts';
import { counterZh } from './zh/counter.ts';

export const counter: Area<typeof counterZh> = { zh: counterZh, en: counterEn };
