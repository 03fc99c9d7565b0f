import type { Language } from '#web/i18n/language.ts';

const zone = 'Asia/Shanghai';
const clock = new Intl.DateTimeFormat('en-GB', {
  timeZone: zone,
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
});

/** 09:00 in Shanghai. */
export const clockOf = (iso: string): string => clock.format(new Date(iso));

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

export function addDays(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
}

/** HH:MM on the day a shift begins → ISO; a time before the shift's morning would be the next day, which shifts never are. */
export function momentOf(day: string, time: string): string {
  return new Date(`${day}T${time}:00+08:00`).toISOString();
}

export const clockOfMinute = (minute: number): string =>
  `${String(Math.floor((minute % 1440) / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;
export const minuteOf = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5));

const isoDay = new Intl.DateTimeFormat('en-CA', { timeZone: zone });

/** Today in Shanghai. */
export const dayNow = (): string => isoDay.format(Date.now());
