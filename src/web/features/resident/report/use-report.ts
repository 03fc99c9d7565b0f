import { useEffect, useRef, useState } from 'react';
import { uuidV7 } from '#kit/ids.ts';
import { call } from '#web/app/call.ts';
import { isPassing, OfflineError } from '#web/app/problem.ts';
import { publicApi } from '#web/app/public-api.ts';
import { uploadPhoto } from '#web/app/upload.ts';
import { rememberReceipt } from '../receipt/receipts.ts';
import { areaOfLink, emptyDraft, isUntouched, type Draft, type DraftPhoto } from './draft.ts';
import { enqueue, flush, takeBack, type OutboxWorld, type Sending } from './outbox.ts';
import { openShelf, type Unsent } from './shelf.ts';

const shelf = openShelf();
const world: OutboxWorld = {
  upload: (photo) => uploadPhoto(photo, 'report', 'resident'),
  report: (body) => call(publicApi.report, { body }, { timeoutMs: 30_000 }),
  newOpId: () => uuidV7(),
  nowIso: () => new Date().toISOString(),
  isOnline: () => navigator.onLine,
};

export interface DraftHandle {
  /** Undefined until the phone has been asked what it kept. */
  draft: Draft | undefined;
  change: (part: Partial<Draft>) => void;
  addPhotos: (blobs: Blob[]) => void;
  removePhoto: (key: string) => void;
  /** Keys of photos on their way to the server. */
  uploading: ReadonlySet<string>;
  discard: () => void;
  submit: () => Promise<Sending>;
}

/** The one draft of this phone: kept while typing, photos uploaded meanwhile. `onRefused` hears of photos not accepted. */
export function useDraft(onRefused: (error: unknown) => void): DraftHandle {
  const [draft, setDraft] = useState<Draft>();
  const [uploading, setUploading] = useState<ReadonlySet<string>>(new Set());
  const latest = useRef(draft);
  const replace = (make: (before: Draft) => Draft): void => {
    const next = make(latest.current ?? emptyDraft);
    latest.current = next;
    setDraft(next);
    void shelf.putDraft(next);
  };
  useEffect(() => {
    void shelf.getDraft().then((kept) => {
      const start = kept ?? emptyDraft;
      latest.current ??= isUntouched(start) ? { ...start, ...areaOfLink(location.search) } : start;
      setDraft(latest.current);
    });
  }, []);

  const upload = async (photo: DraftPhoto): Promise<void> => {
    setUploading((keys) => new Set([...keys, photo.key]));
    try {
      const answer = await world.upload(photo.blob);
      replace((before) => ({
        ...before,
        photos: before.photos.map((one) => (one.key === photo.key ? { ...one, upload: answer } : one)),
      }));
    } catch (error) {
      if (!isPassing(error)) {
        replace((before) => ({ ...before, photos: before.photos.filter((one) => one.key !== photo.key) }));
        onRefused(error);
      }
    } finally {
      setUploading((keys) => new Set([...keys].filter((key) => key !== photo.key)));
    }
  };

  return {
    draft,
    uploading,
    change: (part) => replace((before) => ({ ...before, ...part })),
    addPhotos: (blobs) => {
      const photos = blobs.map((blob): DraftPhoto => ({ key: uuidV7(), blob, upload: null }));
      replace((before) => ({ ...before, photos: [...before.photos, ...photos] }));
      for (const photo of photos) void upload(photo);
    },
    removePhoto: (key) =>
      replace((before) => ({ ...before, photos: before.photos.filter((photo) => photo.key !== key) })),
    discard: () => {
      latest.current = emptyDraft;
      setDraft(emptyDraft);
      void shelf.dropDraft();
    },
    submit: async () => {
      const entry = await enqueue(latest.current ?? emptyDraft, shelf, world);
      const result = await sendNow(entry);
      latest.current = result.end === 'refused' ? await takeBack(result.entry, shelf) : emptyDraft;
      for (const tell of watchers) tell();
      setDraft(latest.current);
      return result;
    },
  };
}

/** The fate of this entry now; a flush already under way may have begun before it lay on the shelf. */
async function sendNow(entry: Unsent): Promise<Sending> {
  for (let turn = 0; turn < 2; turn++) {
    const found = (await flushNow()).find((result) => result.entry.opId === entry.opId);
    if (found !== undefined) return found;
  }
  return { end: 'kept', entry, error: new OfflineError('network') };
}

/** Those who show what is unsent; told after each attempt. */
const watchers = new Set<() => void>();

let sending: Promise<Sending[]> | null = null;

/** Sends what is unsent; calls made meanwhile join the one under way. */
export function flushNow(): Promise<Sending[]> {
  sending ??= flush(shelf, world).finally(() => {
    sending = null;
  });
  return sending.then((results) => {
    remember(results);
    for (const tell of watchers) tell();
    return results;
  });
}

export interface UnsentHandle {
  entries: readonly Unsent[];
  refresh: () => void;
  remove: (opId: string) => void;
  /** Makes a refused one the draft again. */
  fix: (entry: Unsent) => Promise<void>;
  sendNow: () => Promise<Sending[]>;
}

/** Reports waiting on this phone; tried again when the network returns, when the page is looked at, and each half minute. */
export function useUnsent(onSent: (results: Sending[]) => void): UnsentHandle {
  const [entries, setEntries] = useState<readonly Unsent[]>([]);
  const told = useRef(onSent);
  told.current = onSent;
  const refresh = (): void => void shelf.listUnsent().then(setEntries);
  const sendNow = async (): Promise<Sending[]> => {
    const results = await flushNow();
    if (results.some((result) => result.end !== 'kept')) told.current(results);
    return results;
  };
  useEffect(() => {
    refresh();
    watchers.add(refresh);
    const attempt = (): void => void (document.visibilityState === 'visible' && sendNow());
    attempt();
    const timer = setInterval(attempt, 30_000);
    addEventListener('online', attempt);
    document.addEventListener('visibilitychange', attempt);
    return () => {
      watchers.delete(refresh);
      clearInterval(timer);
      removeEventListener('online', attempt);
      document.removeEventListener('visibilitychange', attempt);
    };
    // The handlers read the latest state through refs.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, []);
  return {
    entries,
    refresh,
    sendNow,
    remove: (opId) => void shelf.dropUnsent(opId).then(refresh),
    fix: async (entry) => {
      await takeBack(entry, shelf);
      refresh();
    },
  };
}

function remember(results: readonly Sending[]): void {
  for (const result of results) {
    if (result.end !== 'sent') continue;
    const { receiptSecret, number, at } = result.receipt;
    rememberReceipt({ secret: receiptSecret, number, title: result.entry.draft.categoryName, at });
  }
}

/** True when something typed earlier waits to be continued. */
export function useDraftWaiting(): boolean {
  const [waiting, setWaiting] = useState(false);
  useEffect(() => {
    void shelf.getDraft().then((draft) => setWaiting(draft !== undefined && !isUntouched(draft)));
  }, []);
  return waiting;
}
