import { useEffect } from 'react';
import type { taskLinkRoutes } from '#contract/operations-links.ts';
import type { ClientOutput } from '#contract/route.ts';
import { call } from '#web/app/call.ts';
import { taskApi } from '#web/app/task-api.ts';
import { useLoad, type Loaded } from '#web/app/use-load.ts';

export type TaskView = ClientOutput<typeof taskLinkRoutes.view>;

const pollMs = 10_000;

/** The task, asked for again every 10 s while it is looked at, and at once when the page comes back into view. */
export function useTask(secret: string): Loaded<TaskView> {
  const loaded = useLoad(secret, (signal) => call(taskApi.view, { params: { secret } }, { signal }));
  const { reload } = loaded;
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
