import type { Area } from './area.ts';
import { noticesEn } from './en/notices.ts';
import { noticesZh } from './zh/notices.ts';

export const notices: Area<typeof noticesZh> = { zh: noticesZh, en: noticesEn };
