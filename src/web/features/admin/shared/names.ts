import { languageChoice } from '#web/i18n/language.ts';
import { useText } from '#web/i18n/area.ts';
import { words } from '#web/i18n/words.ts';

/** A name in the reader's language; the Chinese one where there is no other. */
export function useName(): (thing: { name: string; nameEn: string }) => string {
  const lang = languageChoice.use();
  return (thing) => (lang === 'en' && thing.nameEn !== '' ? thing.nameEn : thing.name);
}

/** A role in words; a role this version does not know stays as it is written. */
export function useRoleName(): (role: string) => string {
  const roles: Readonly<Record<string, string>> = useText(words).role;
  return (role) => roles[role] ?? role;
}
