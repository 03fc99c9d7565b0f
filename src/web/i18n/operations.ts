import type { Area } from './area.ts';
import { operationsEn } from './en/operations.ts';
import { operationsZh } from './zh/operations.ts';

export const operations: Area<typeof operationsZh> = { zh: operationsZh, en: operationsEn };
