import type { SameWords } from '../area.ts';
import type { residentZh } from '../zh/resident.ts';

export const residentEn: SameWords<typeof residentZh> = {
  title: 'Huangge',
};
