import type { Area } from './area.ts';
import { careFilesEn } from './en/care-files.ts';
import { careFilesZh } from './zh/care-files.ts';

export const careFiles: Area<typeof careFilesZh> = { zh: careFilesZh, en: careFilesEn };
