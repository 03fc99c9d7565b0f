import { openDB, type DBSchema, type IDBPDatabase } from 'idb';
import type { ErrorCode } from '#kit/errors.ts';
import type { Draft, DraftPhoto, ReportBody } from './draft.ts';

/** A report that has been submitted here and not yet acknowledged by the server. */
export interface Unsent {
  opId: string;
  /** ISO 8601, when the resident pressed the button. */
  submittedAt: string;
  /** Never changes once the first attempt was made: the server recognises the repetition by opId and contents. */
  body: ReportBody;
  photos: DraftPhoto[];
  /** The refusal's code, once the server has refused: then it waits for the resident, not for the network. */
  refused: ErrorCode | null;
  /** Kept to bring the form back should the server refuse. */
  draft: Draft;
}

/** What is kept on this phone: one draft, and the reports not yet acknowledged. Survives closing the page. */
export interface Shelf {
  getDraft(): Promise<Draft | undefined>;
  putDraft(draft: Draft): Promise<void>;
  dropDraft(): Promise<void>;
  listUnsent(): Promise<Unsent[]>;
  putUnsent(entry: Unsent): Promise<void>;
  dropUnsent(opId: string): Promise<void>;
}

interface Schema extends DBSchema {
  draft: { key: string; value: Draft };
  unsent: { key: string; value: Unsent };
}

/** IndexedDB where the browser allows it; otherwise for as long as the page is open (private mode). */
export function openShelf(name = 'huangge-resident'): Shelf {
  const memory = memoryShelf();
  const database = openDB<Schema>(name, 1, {
    upgrade(db) {
      db.createObjectStore('draft');
      db.createObjectStore('unsent', { keyPath: 'opId' });
    },
  });
  database.catch(() => undefined);
  async function on<T>(kept: (db: IDBPDatabase<Schema>) => Promise<T>, otherwise: () => Promise<T>): Promise<T> {
    let db: IDBPDatabase<Schema>;
    try {
      db = await database;
    } catch {
      return otherwise();
    }
    return kept(db);
  }
  return {
    getDraft: () => on((db) => db.get('draft', 'now'), memory.getDraft),
    putDraft: (draft) =>
      on(
        async (db) => void (await db.put('draft', draft, 'now')),
        () => memory.putDraft(draft),
      ),
    dropDraft: () => on((db) => db.delete('draft', 'now'), memory.dropDraft),
    listUnsent: () => on(async (db) => inOrder(await db.getAll('unsent')), memory.listUnsent),
    putUnsent: (entry) =>
      on(
        async (db) => void (await db.put('unsent', entry)),
        () => memory.putUnsent(entry),
      ),
    dropUnsent: (opId) =>
      on(
        (db) => db.delete('unsent', opId),
        () => memory.dropUnsent(opId),
      ),
  };
}

/** The same for as long as the page is open. */
export function memoryShelf(): Shelf {
  let draft: Draft | undefined;
  const unsent = new Map<string, Unsent>();
  return {
    getDraft: async () => draft,
    putDraft: async (next) => void (draft = next),
    dropDraft: async () => void (draft = undefined),
    listUnsent: async () => inOrder([...unsent.values()]),
    putUnsent: async (entry) => void unsent.set(entry.opId, entry),
    dropUnsent: async (opId) => void unsent.delete(opId),
  };
}

function inOrder(entries: Unsent[]): Unsent[] {
  return entries.toSorted((a, b) => a.submittedAt.localeCompare(b.submittedAt));
}
