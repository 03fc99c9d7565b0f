import type { Area } from './area.ts';
import { groupsEn } from './en/groups.ts';
import { groupsZh } from './zh/groups.ts';

export const groups: Area<typeof groupsZh> = { zh: groupsZh, en: groupsEn };
