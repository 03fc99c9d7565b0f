import type { Area } from './area.ts';
import { adminEn } from './en/admin.ts';
import { adminZh } from './zh/admin.ts';

export const admin: Area<typeof adminZh> = { zh: adminZh, en: adminEn };
