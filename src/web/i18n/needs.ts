import type { Area } from './area.ts';
import { needsEn } from './en/needs.ts';
import { needsZh } from './zh/needs.ts';

export const needs: Area<typeof needsZh> = { zh: needsZh, en: needsEn };
