import type { Area } from './area.ts';
import { serviceFiguresEn } from './en/service-figures.ts';
import { serviceFiguresZh } from './zh/service-figures.ts';

export const serviceFigures: Area<typeof serviceFiguresZh> = { zh: serviceFiguresZh, en: serviceFiguresEn };
