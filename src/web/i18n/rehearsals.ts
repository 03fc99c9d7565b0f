import type { Area } from './area.ts';
import { rehearsalsEn } from './en/rehearsals.ts';
import { rehearsalsZh } from './zh/rehearsals.ts';

export const rehearsals: Area<typeof rehearsalsZh> = { zh: rehearsalsZh, en: rehearsalsEn };
