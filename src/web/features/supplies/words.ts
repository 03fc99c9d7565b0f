import type { SameWords } from '#web/i18n/area.ts';
import { languageChoice } from '#web/i18n/language.ts';
import type { supplies } from '#web/i18n/supplies.ts';
import type { Batch, Item } from './api.ts';

/** Hook: names of items in the reader's language. */
export function useItemNames(items: readonly Item[]) {
  const english = languageChoice.use() === 'en';
  const find = (code: string): Item | undefined => items.find((one) => one.code === code);
  return {
    find,
    name: (code: string): string => {
      const item = find(code);
      return (english ? item?.nameEn : item?.name) ?? code;
    },
    unit: (code: string): string => {
      const item = find(code);
      return (english ? item?.unitEn : item?.unit) ?? '';
    },
  };
}

/** Which batch: its number and its last day, as far as it has them. */
export function batchWords(
  t: SameWords<(typeof supplies)['zh']>,
  { number, expiresOn }: Pick<Batch, 'number' | 'expiresOn'>,
): string {
  const parts = [number === '' ? t.noBatch : t.batchOf(number), ...(expiresOn === null ? [] : [t.expires(expiresOn)])];
  return parts.join(' · ');
}
