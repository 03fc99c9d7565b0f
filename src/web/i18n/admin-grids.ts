import type { Area } from './area.ts';
import { adminGridsEn } from './en/admin-grids.ts';
import { adminGridsZh } from './zh/admin-grids.ts';

export const adminGrids: Area<typeof adminGridsZh> = { zh: adminGridsZh, en: adminGridsEn };
