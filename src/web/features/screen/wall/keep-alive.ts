import { useEffect } from 'react';
import { minuteOfDay } from './look.ts';

/** Keeps the machine from dimming the wall, as far as the browser allows; asked again whenever the page is seen anew. */
export function useWakeLock(): void {
  useEffect(() => {
    let held: WakeLockSentinel | undefined;
    let ended = false;
    const hold = (): void => {
      if (ended || document.visibilityState !== 'visible' || !('wakeLock' in navigator)) return;
      navigator.wakeLock.request('screen').then(
        (lock) => {
          held = lock;
          if (ended) void lock.release();
        },
        () => undefined,
      );
    };
    hold();
    document.addEventListener('visibilitychange', hold);
    return () => {
      ended = true;
      document.removeEventListener('visibilitychange', hold);
      void held?.release();
    };
  }, []);
}

/**
 * Once a day the page is loaded anew: whatever the browser gathered is let go, and a newer version of the program is
 * taken up. Only while the server answers, so that a wall never trades old numbers for an error page.
 */
export function useDailyReload(reloadMinute: number | undefined, isWell: boolean): void {
  useEffect(() => {
    if (reloadMinute === undefined || !isWell) return;
    const timer = setTimeout(() => location.reload(), msUntil(reloadMinute, Date.now()));
    return () => clearTimeout(timer);
  }, [reloadMinute, isWell]);
}

/** Until the next time the Shanghai clock shows this minute of the day; a whole day when it shows it now. */
export function msUntil(minute: number, nowMs: number): number {
  const ahead = (minute - minuteOfDay(nowMs) + 1440) % 1440;
  return (ahead === 0 ? 1440 : ahead) * 60_000 - (nowMs % 60_000);
}
