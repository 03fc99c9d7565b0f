import type { Area } from './area.ts';
import { commonEn } from './en/common.ts';
import { commonZh } from './zh/common.ts';

export const common: Area<typeof commonZh> = { zh: commonZh, en: commonEn };
