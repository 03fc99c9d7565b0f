import type { Area } from './area.ts';
import { deskEn } from './en/desk.ts';
import { deskZh } from './zh/desk.ts';

export const desk: Area<typeof deskZh> = { zh: deskZh, en: deskEn };
