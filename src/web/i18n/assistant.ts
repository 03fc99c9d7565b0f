import type { Area } from './area.ts';
import { assistantEn } from './en/assistant.ts';
import { assistantZh } from './zh/assistant.ts';

export const assistant: Area<typeof assistantZh> = { zh: assistantZh, en: assistantEn };
