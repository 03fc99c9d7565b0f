import type { Area } from './area.ts';
import { inspectionsEn } from './en/inspections.ts';
import { inspectionsZh } from './zh/inspections.ts';

export const inspections: Area<typeof inspectionsZh> = { zh: inspectionsZh, en: inspectionsEn };
