import { useEffect } from 'react';
import type { ClientOutput } from '#contract/route.ts';
import type { publicRoutes } from '#contract/public.ts';
import { call } from '#web/app/call.ts';
import { publicApi } from '#web/app/public-api.ts';
import { useLoad, type Loaded } from '#web/app/use-load.ts';
import { rememberReceipt } from './receipts.ts';

export type Receipt = ClientOutput<typeof publicRoutes.receipt>;

const pollMs = 15_000;

/** The receipt, asked for again every 15 s while it is looked at, and at once when the page comes back into view. */
export function useReceipt(secret: string): Loaded<Receipt> {
  const loaded = useLoad(secret, (signal) => call(publicApi.receipt, { params: { secret } }, { signal }));
  const { value, reload } = loaded;
  useEffect(() => {
    if (value === undefined) return;
    rememberReceipt({ secret, number: value.number, title: value.title, at: value.reportedAt });
  }, [secret, value]);
  useEffect(() => {
    const again = (): void => {
      if (document.visibilityState === 'visible') reload();
    };
    const timer = setInterval(again, pollMs);
    document.addEventListener('visibilitychange', again);
    addEventListener('online', again);
    return () => {
      clearInterval(timer);
      document.removeEventListener('visibilitychange', again);
      removeEventListener('online', again);
    };
  }, [reload]);
  return loaded;
}
