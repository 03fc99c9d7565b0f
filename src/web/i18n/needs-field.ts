import type { Area } from './area.ts';
import { needsFieldEn } from './en/needs-field.ts';
import { needsFieldZh } from './zh/needs-field.ts';

export const needsField: Area<typeof needsFieldZh> = { zh: needsFieldZh, en: needsFieldEn };
