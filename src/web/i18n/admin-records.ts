import type { Area } from './area.ts';
import { adminRecordsEn } from './en/admin-records.ts';
import { adminRecordsZh } from './zh/admin-records.ts';

export const adminRecords: Area<typeof adminRecordsZh> = { zh: adminRecordsZh, en: adminRecordsEn };
