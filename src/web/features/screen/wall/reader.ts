import type { WidgetCode } from '#contract/screens-layout.ts';

/** What is known of one widget. Numbers stay when newer ones cannot be had; how old they are is always shown. */
export interface Known {
  data: unknown;
  /** When the server told it, epoch ms by this machine's clock; 0: never. */
  atMs: number;
}

export interface ReaderView {
  known: ReadonlyMap<WidgetCode, Known>;
  /** Why the last reading failed; null when it did not. */
  error: unknown;
}

interface Answer {
  widgets: Partial<Record<WidgetCode, { data: unknown } | null>>;
}

export interface ReaderParts {
  codes: readonly WidgetCode[];
  read: (codes: readonly WidgetCode[], signal: AbortSignal) => Promise<Answer>;
  onView: (view: ReaderView) => void;
}

/** These move slowly: read once a minute. All others every quarter of a minute, and at once when something changed. */
export const slowWidgets: ReadonlySet<WidgetCode> = new Set<WidgetCode>([
  'indicators',
  'forecast',
  'hot_issues',
  'duty',
  'force',
  'stations',
  'care',
  'gaps',
]);
const fastMs = 15_000;
const slowMs = 60_000;
const firstRetryMs = 2_000;
const longestRetryMs = 30_000;
/** Changes are told in bursts: they are read together, and again when the figures have caught up with the ledger. */
const pokeMs = 1_000;
const catchUpMs = 6_000;

/**
 * Reads widgets for ever: one request at a time, on failure again after growing pauses that never exceed half a minute.
 * `poke` says that something changed; `stop` ends it.
 */
export function createReader({ codes, read, onView }: ReaderParts): { poke: () => void; stop: () => void } {
  const known = new Map<WidgetCode, Known>();
  const fast = codes.filter((code) => !slowWidgets.has(code));
  let stop: AbortController | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let pokes: ReturnType<typeof setTimeout>[] = [];
  let retryMs = firstRetryMs;
  let slowDueMs = 0;
  let again = false;
  let ended = false;

  async function turn(): Promise<void> {
    clearTimeout(timer);
    if (ended || stop !== null) {
      again = true;
      return;
    }
    stop = new AbortController();
    again = false;
    const isSlowDue = Date.now() >= slowDueMs;
    try {
      await take(isSlowDue ? codes : fast, stop.signal);
      if (isSlowDue) slowDueMs = Date.now() + slowMs;
      retryMs = firstRetryMs;
      plan(fastMs, null);
    } catch (error) {
      plan(retryMs, error);
      retryMs = Math.min(longestRetryMs, retryMs * 2);
    }
  }

  async function take(wanted: readonly WidgetCode[], signal: AbortSignal): Promise<void> {
    if (wanted.length === 0) return;
    const { widgets } = await read(wanted, signal);
    for (const code of wanted) {
      const told = widgets[code];
      if (told !== undefined && told !== null) known.set(code, { data: told.data, atMs: Date.now() });
      else if (!known.has(code)) known.set(code, { data: null, atMs: 0 });
    }
  }

  function plan(ms: number, error: unknown): void {
    stop = null;
    if (ended) return;
    onView({ known: new Map(known), error });
    timer = setTimeout(() => void turn(), again ? pokeMs : ms);
  }

  void turn();
  return {
    poke() {
      if (pokes.length > 0) return;
      const later = (ms: number, last: boolean): ReturnType<typeof setTimeout> =>
        setTimeout(() => {
          if (last) pokes = [];
          void turn();
        }, ms);
      pokes = [later(pokeMs, false), later(catchUpMs, true)];
    },
    stop() {
      ended = true;
      clearTimeout(timer);
      for (const one of pokes) clearTimeout(one);
      stop?.abort();
    },
  };
}
