import type { z } from 'zod';
import { liveRoutes, type liveChange } from '#contract/live.ts';
import { addressOf } from './call.ts';

export type LiveChange = z.output<typeof liveChange>;
export type LiveState = 'connecting' | 'connected' | 'reconnecting';

/** What we use of EventSource, so that tests can play the server. */
export interface LiveStream {
  addEventListener(type: string, listener: (event: { data?: string; lastEventId?: string }) => void): void;
  close(): void;
  readonly readyState: number;
}

export interface LiveListener {
  onChange(change: LiveChange): void;
  /** Too far behind to be told one by one: read everything anew. */
  onReset(): void;
  onState(state: LiveState): void;
}

const closed = 2;
const firstRetryMs = 2_000;
const longestRetryMs = 30_000;

/**
 * Listens to the server's changes until the returned function is called. A lost connection is taken up again after the
 * last number heard, by the browser or, when it has given up (the server refused), by us with growing pauses.
 */
export function listenLive(
  listener: LiveListener,
  open: (address: string) => LiveStream = (address) => new EventSource(address) as unknown as LiveStream,
  path: string = liveRoutes.stream.path,
): () => void {
  let stream: LiveStream | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let lastSeq: number | null = null;
  let retryMs = firstRetryMs;
  let stopped = false;

  const heard = (event: { lastEventId?: string }): void => {
    const seq = Number(event.lastEventId);
    if (event.lastEventId !== undefined && event.lastEventId !== '' && Number.isSafeInteger(seq)) lastSeq = seq;
  };
  const start = (): void => {
    const current = open(addressOf(path, {}, { after: lastSeq ?? undefined }));
    stream = current;
    current.addEventListener('hello', (event) => {
      heard(event);
      retryMs = firstRetryMs;
      listener.onState('connected');
    });
    current.addEventListener('change', (event) => {
      const change = JSON.parse(event.data ?? '{}') as LiveChange;
      if (lastSeq !== null && change.seq <= lastSeq) return;
      heard(event);
      listener.onChange(change);
    });
    current.addEventListener('reset', () => listener.onReset());
    current.addEventListener('error', () => {
      if (stopped) return;
      listener.onState('reconnecting');
      if (current.readyState !== closed) return;
      clearTimeout(timer);
      timer = setTimeout(start, retryMs);
      retryMs = Math.min(longestRetryMs, retryMs * 2);
    });
  };

  listener.onState('connecting');
  start();
  return () => {
    stopped = true;
    clearTimeout(timer);
    stream?.close();
  };
}
