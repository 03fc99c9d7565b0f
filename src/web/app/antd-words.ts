import type { ConfigProviderProps } from 'antd';
import enGb from 'antd/es/locale/en_GB.js';
import zhCn from 'antd/es/locale/zh_CN.js';
import type { Language } from '#web/i18n/language.ts';

type Words = NonNullable<ConfigProviderProps['locale']>;

/** antd's own few words. The package's types describe CommonJS while bundlers take its ES modules: both shapes are read. */
export const antdWords: Record<Language, Words> = { zh: wordsOf(zhCn), en: wordsOf(enGb) };

function wordsOf(loaded: unknown): Words {
  return (loaded as { default?: Words }).default ?? (loaded as Words);
}
