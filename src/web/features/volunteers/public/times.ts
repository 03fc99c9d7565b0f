import type { Language } from '#web/i18n/language.ts';

const zone = 'Asia/Shanghai';
const clock = new Intl.DateTimeFormat('en-GB', {
  timeZone: zone,
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
});
const isoDay = new Intl.DateTimeFormat('en-CA', { timeZone: zone });

/** YYYY-MM-DD in Shanghai. */
export function dayOf(at: string | number): string {
  return isoDay.format(new Date(at));
}

/** 6月16日周二 09:00–12:00. */
export function spanWords(lang: Language, { startsAt, endsAt }: { startsAt: string; endsAt: string }): string {
  const date = new Intl.DateTimeFormat(lang === 'zh' ? 'zh-CN' : 'en-GB', {
    timeZone: zone,
    month: lang === 'zh' ? 'long' : 'short',
    day: 'numeric',
    weekday: 'short',
  });
  return `${date.format(new Date(startsAt))} ${clock.format(new Date(startsAt))}–${clock.format(new Date(endsAt))}`;
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
  return lang === 'en' && post.nameEn !== '' ? post.nameEn : post.name;
}
