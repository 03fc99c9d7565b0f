import { useCallback } from 'react';
import { useNow } from '#web/app/now.ts';
import { formatTime } from '#web/i18n/format.ts';
import { languageChoice } from '#web/i18n/language.ts';
import { isSameDay, toClock } from './clock-text.ts';

/** A moment as a control room reads it: 07:12 today, with its day otherwise. */
export function useWhen(): (iso: string | null) => string {
  const lang = languageChoice.use();
  const now = useNow();
  return useCallback(
    (iso) => (iso !== null && isSameDay(Date.parse(iso), now) ? toClock(Date.parse(iso)) : formatTime(iso, lang)),
    [lang, now],
  );
}
