import type { Area } from './area.ts';
import { counterDeskEn } from './en/counter-desk.ts';
import { counterDeskZh } from './zh/counter-desk.ts';

export const counterDesk: Area<typeof counterDeskZh> = { zh: counterDeskZh, en: counterDeskEn };
