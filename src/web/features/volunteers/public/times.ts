import { inLanguage, type Language } from '#web/i18n/language.ts';
import { clockOf } from '#web/i18n/local-time.ts';

const zone = 'Asia/Shanghai';
/** 6月16日周二 09:00–12:00. */
export function spanWords(lang: Language, { startsAt, endsAt }: { startsAt: string; endsAt: string }): string {
  const date = new Intl.DateTimeFormat(lang === 'zh' ? 'zh-CN' : 'en-GB', {
    timeZone: zone,
    month: lang === 'zh' ? 'long' : 'short',
    day: 'numeric',
    weekday: 'short',
  });
  return `${date.format(new Date(startsAt))} ${clockOf(startsAt)}–${clockOf(endsAt)}`;
}

interface Named {
  code: string;
  name: string;
  nameEn: string;
}

/** The name of a post in the reader's language. */
export function postName(lang: Language, posts: readonly Named[], code: string): string {
  const post = posts.find((one) => one.code === code);
  if (post === undefined) return code;
  return inLanguage(lang, post.name, post.nameEn);
}
