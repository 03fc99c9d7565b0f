import { useEffect } from 'react';
import type { screenRules } from '#contract/screens-views.ts';
import type * as z from 'zod';
import { useNow } from '#web/app/now.ts';
import { markPage, remembered } from '#web/app/remembered.ts';

export const wallLooks = ['auto', 'night', 'day'] as const;
/** What this wall was set to by hand; auto follows the arrangement, and that the clock. */
export const wallLook = remembered(
  'huangge.wall-look',
  wallLooks,
  () => 'auto',
  () => undefined,
);

export type ScreenRules = z.output<typeof screenRules>;

/** Minutes since midnight in Shanghai. */
export function minuteOfDay(ms: number): number {
  return Math.floor((ms / 60_000 + 8 * 60) % 1440);
}

/** Night by the clock: before the day begins and after it ends. */
export function isNight(ms: number, { dayFromMinute, nightFromMinute }: ScreenRules): boolean {
  const minute = minuteOfDay(ms);
  return minute < dayFromMinute || minute >= nightFromMinute;
}

/** Marks the page light or dark and answers which. */
export function useLook(set: (typeof wallLooks)[number], rules: ScreenRules | undefined): 'night' | 'day' {
  const own = wallLook.use();
  const now = useNow();
  const wish = own === 'auto' ? set : own;
  const look = wish !== 'auto' ? wish : rules === undefined || isNight(now, rules) ? 'night' : 'day';
  useEffect(() => markPage('data-theme', look === 'night' ? 'dark' : 'light'), [look]);
  return look;
}
