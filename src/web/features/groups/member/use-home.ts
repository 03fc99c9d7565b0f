import { useCallback, useEffect, useRef, useState } from 'react';
import type { groupPublicRoutes } from '#contract/groups-public.ts';
import type { ClientOutput } from '#contract/route.ts';
import { callAsMember } from '#web/app/group-api.ts';

export type Home = ClientOutput<typeof groupPublicRoutes.home>;
export type HomeMessage = Home['messages'][number];

const pollMs = 6_000;

export interface SeenHome {
  home: Home | undefined;
  error: unknown;
  /** Older messages than the newest page holds. */
  earlier: readonly HomeMessage[];
  reload: () => void;
  loadEarlier: () => void;
}

/** The group, asked again every few seconds while it is looked at: by its rev, so that mostly nothing travels. */
export function useHome(id: string): SeenHome {
  const [home, setHome] = useState<Home>();
  const [earlier, setEarlier] = useState<readonly HomeMessage[]>([]);
  const [error, setError] = useState<unknown>();
  const rev = useRef<number | undefined>(undefined);
  const load = useCallback(async () => {
    try {
      const next = await callAsMember('home', {
        params: { id },
        query: rev.current === undefined ? {} : { rev: rev.current },
      });
      setError(undefined);
      if (next.group === null) return;
      rev.current = next.rev;
      setHome(next);
    } catch (failure) {
      setError(failure);
    }
  }, [id]);
  useEffect(() => {
    void load();
    const again = (): void => {
      if (document.visibilityState === 'visible') void load();
    };
    const timer = setInterval(again, pollMs);
    document.addEventListener('visibilitychange', again);
    return () => {
      clearInterval(timer);
      document.removeEventListener('visibilitychange', again);
    };
  }, [load]);
  const reload = useCallback(() => {
    rev.current = undefined;
    void load();
  }, [load]);
  const loadEarlier = useCallback(() => {
    const before = earlier[0]?.id ?? home?.messages[0]?.id;
    if (before === undefined) return;
    callAsMember('home', { params: { id }, query: { before } }).then(
      (page) => {
        setEarlier((now) => [...page.messages, ...now]);
        setHome((now) => (now === undefined ? now : { ...now, more: page.more }));
      },
      (failure: unknown) => setError(failure),
    );
  }, [id, earlier, home]);
  return { home, error, earlier, reload, loadEarlier };
}
