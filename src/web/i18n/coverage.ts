import type { Area } from './area.ts';
import { coverageEn } from './en/coverage.ts';
import { coverageZh } from './zh/coverage.ts';

export const coverage: Area<typeof coverageZh> = { zh: coverageZh, en: coverageEn };
