import { inLanguage, languageChoice } from './language.ts';

interface Named {
  name: string;
  nameEn: string;
}

/** Hook: the name of a thing in the reader's language; '' for none. */
export function useNamed(): (thing: Named | undefined) => string {
  const lang = languageChoice.use();
  return (thing) => (thing === undefined ? '' : inLanguage(lang, thing.name, thing.nameEn));
}
