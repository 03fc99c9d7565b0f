import type { Area } from './area.ts';
import { deskEventEn } from './en/desk-event.ts';
import { deskEventZh } from './zh/desk-event.ts';

export const deskEvent: Area<typeof deskEventZh> = { zh: deskEventZh, en: deskEventEn };
