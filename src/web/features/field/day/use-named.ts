import { languageChoice } from '#web/i18n/language.ts';

/** Hook: the name of a code of a dictionary in the reader's language; the code itself where the dictionary lacks it. */
export function useNamed(): (items: readonly { code: string; name: string; nameEn: string }[], code: string) => string {
  const language = languageChoice.use();
  return (items, code) => {
    const found = items.find((item) => item.code === code);
    if (found === undefined) return code;
    return language === 'en' && found.nameEn !== '' ? found.nameEn : found.name;
  };
}
