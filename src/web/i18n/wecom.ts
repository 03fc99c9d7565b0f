import type { Area } from './area.ts';
import { wecomEn } from './en/wecom.ts';
import { wecomZh } from './zh/wecom.ts';

export const wecom: Area<typeof wecomZh> = { zh: wecomZh, en: wecomEn };
