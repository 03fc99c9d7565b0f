import type { Area } from './area.ts';
import { residentEn } from './en/resident.ts';
import { residentZh } from './zh/resident.ts';

export const resident: Area<typeof residentZh> = { zh: residentZh, en: residentEn };
