import { addDays } from '#kit/shanghai-days.ts';
import type { Language } from '#web/i18n/language.ts';
import { dayIn } from '#web/i18n/local-time.ts';

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

interface Times {
  startsAt: string;
  endsAt: string;
}

/**
 * HH:MM as typed for a shift → ISO: of the days around it the one that lies nearest to the shift, so that 00:10 of a night
 * shift is the next morning and 23:50 of one from midnight the evening before; the earlier where two are as near.
 */
export function momentOf(shift: Times, time: string): string {
  const [startMs, endMs] = [Date.parse(shift.startsAt), Date.parse(shift.endsAt)];
  const day = dayIn(startMs);
  const choices = [-1, 0, 1].map((n) => Date.parse(`${addDays(day, n)}T${time}:00+08:00`));
  const offMs = (ms: number): number => Math.max(0, startMs - ms, ms - endMs);
  const [first = startMs, ...others] = choices;
  return new Date(others.reduce((best, ms) => (offMs(ms) < offMs(best) ? ms : best), first)).toISOString();
}

export const clockOfMinute = (minute: number): string =>
  `${String(Math.floor((minute % 1440) / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;
export const minuteOf = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5));
