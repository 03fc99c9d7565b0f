import type { SameWords } from '../area.ts';
import type { suppliesPublicZh } from '../zh/supplies-public.ts';

export const suppliesPublicEn: SameWords<typeof suppliesPublicZh> = {
  title: (item) => `Lent by a station: ${item}`,
  label: (number) => `Label ${number}`,
  lead: 'Please bring it back to any station when you are done: no deposit, no name. Those open now come first below.',
  unknown:
    'This label is not on record. If you found the thing, please hand it in at any open station below. Thank you.',
  bring: 'I am at the counter: take it back',
};
