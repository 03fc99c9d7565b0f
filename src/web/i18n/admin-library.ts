import type { Area } from './area.ts';
import { adminLibraryEn } from './en/admin-library.ts';
import { adminLibraryZh } from './zh/admin-library.ts';

export const adminLibrary: Area<typeof adminLibraryZh> = { zh: adminLibraryZh, en: adminLibraryEn };
