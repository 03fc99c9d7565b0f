import { markPage, remembered } from '#web/app/remembered.ts';

export const languages = ['zh', 'en'] as const;
export type Language = (typeof languages)[number];

/** Chinese, unless the device lists languages and none of them is Chinese. */
export function deviceLanguage(listed: readonly string[]): Language {
  return listed.length === 0 || listed.some((tag) => tag.toLowerCase().startsWith('zh')) ? 'zh' : 'en';
}

export const languageChoice = remembered<Language>(
  'huangge.language',
  languages,
  () => deviceLanguage(typeof navigator === 'undefined' ? [] : (navigator.languages ?? [])),
  (value) => markPage('lang', value === 'zh' ? 'zh-CN' : 'en'),
);

/** The language now, for code outside components. */
export function language(): Language {
  return languageChoice.get();
}

/** Of two texts the one in the reader's language, where there is one. */
export function inLanguage(lang: Language, zh: string, en: string): string {
  return lang === 'en' && en !== '' ? en : zh;
}
