import type { Language } from '#web/i18n/language.ts';

/** 周二 6/16. */
export function dayWords(lang: Language, day: string): string {
  const date = new Intl.DateTimeFormat(lang === 'zh' ? 'zh-CN' : 'en-GB', {
    timeZone: 'UTC',
    month: 'numeric',
    day: 'numeric',
    weekday: 'short',
  });
  return date.format(new Date(`${day}T00:00:00Z`));
}

/** HH:MM on the day a shift begins → ISO; a time before the shift's morning would be the next day, which shifts never are. */
export function momentOf(day: string, time: string): string {
  return new Date(`${day}T${time}:00+08:00`).toISOString();
}

export const clockOfMinute = (minute: number): string =>
  `${String(Math.floor((minute % 1440) / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;
export const minuteOf = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5));
