import { languageChoice } from '#web/i18n/language.ts';

interface Named {
  name: string;
  nameEn: string;
}

/** The name in the reader's language. */
export function useNamed(): (one: Named) => string {
  const english = languageChoice.use() === 'en';
  return ({ name, nameEn }) => (english && nameEn !== '' ? nameEn : name);
}
