import { languageChoice } from '#web/i18n/language.ts';

/** Hook: the name of a word of a dictionary in the reader's language. */
export function useNamed(): (word: { name: string; nameEn: string } | undefined) => string {
  const language = languageChoice.use();
  return (word) => (word === undefined ? '' : language === 'en' && word.nameEn !== '' ? word.nameEn : word.name);
}
