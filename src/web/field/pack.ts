import { call } from '#web/app/call.ts';
import { isPassing } from '#web/app/problem.ts';
import { eventsApi, type EventDetail, type EventRow } from './field-api.ts';
import type { FieldStore } from './field-store.ts';

/** Copies of what was read are kept this long, and no longer than the session of the person. */
export const copyLifeMs = 24 * 3_600_000;
const detailsKept = 40;
/** A detail of the same version is asked for again after this time: what one may do can change without it. */
const detailFreshMs = 5 * 60_000;
const thumbsEach = 3;
/** Thumbnails the service worker has kept for reading without a network. */
export const photoCacheName = 'huangge-field-photos';

/** The last synced copy: what may concern this person, with details. */
export interface Pack {
  rows: EventRow[];
  details: Map<string, EventDetail>;
  /** Epoch milliseconds of the last complete reading; null before the first. */
  savedMs: number | null;
}

export const emptyPack: Pack = { rows: [], details: new Map(), savedMs: null };

/** What this phone still has, not older than a day; older copies are wiped. */
export async function readPack(store: FieldStore, nowMs: number): Promise<Pack> {
  await store.dropCopies(nowMs - copyLifeMs);
  const list = await store.readCopy<EventRow[]>('list', copyLifeMs, nowMs);
  if (list === undefined) return emptyPack;
  const details = new Map<string, EventDetail>();
  for (const { id } of list.value) {
    const found = await store.readCopy<EventDetail>(`event:${id}`, copyLifeMs, nowMs);
    if (found !== undefined) details.set(id, found.value);
  }
  return { rows: list.value, details, savedMs: list.savedMs };
}

/** Reads anew: what waits for this person or their unit, what is to be looked at or checked in their area. Throws as `call`. */
export async function pullPack(store: FieldStore, nowMs: number, also: readonly string[]): Promise<Pack> {
  const [mine, around] = await Promise.all([
    call(eventsApi.list, { query: { mine: 'true', sort: 'due', limit: 50 } }),
    call(eventsApi.list, { query: { status: 'reported,verifying,checking', sort: 'due', limit: 50 } }),
  ]);
  const rows = [...new Map([...mine.items, ...around.items].map((row) => [row.id, row])).values()];
  const details = new Map<string, EventDetail>();
  const wanted = [...rows.slice(0, detailsKept).map(({ id, version }) => ({ id, version })), ...unread(also, rows)];
  await inFours(wanted, async ({ id, version }) => {
    const kept = await store.readCopy<EventDetail>(`event:${id}`, detailFreshMs, nowMs);
    if (kept !== undefined && kept.value.version === version) details.set(id, kept.value);
    else {
      const detail = await pullEvent(store, id, nowMs).catch(passingOnly);
      if (detail !== undefined) details.set(id, detail);
    }
  });
  await store.saveCopy('list', rows, nowMs);
  void keepThumbs([...details.values()]);
  return { rows, details, savedMs: nowMs };
}

/** One event, read and kept. */
export async function pullEvent(store: FieldStore, id: string, nowMs: number): Promise<EventDetail> {
  const detail = await call(eventsApi.get, { params: { id } });
  await store.saveCopy(`event:${id}`, detail, nowMs);
  return detail;
}

export async function findKeptEvent(
  store: FieldStore,
  id: string,
  nowMs: number,
): Promise<{ value: EventDetail; savedMs: number } | undefined> {
  return store.readCopy<EventDetail>(`event:${id}`, copyLifeMs, nowMs);
}

export function thumbAddress(id: string): string {
  return `/api/attachments/${id}?size=thumb`;
}

function unread(ids: readonly string[], rows: readonly EventRow[]): { id: string; version: number }[] {
  const known = new Set(rows.map((row) => row.id));
  return ids.filter((id) => !known.has(id)).map((id) => ({ id, version: -1 }));
}

/** An event that is no longer ours to see is left out; a lost network ends the reading. */
function passingOnly(error: unknown): undefined {
  if (isPassing(error)) throw error;
  return undefined;
}

async function inFours<T>(items: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
  const rest = [...items];
  const one = async (): Promise<void> => {
    for (let item = rest.shift(); item !== undefined; item = rest.shift()) await work(item);
  };
  await Promise.all([one(), one(), one(), one()]);
}

/** Asks for small pictures once, so that the service worker has them when there is no network. */
async function keepThumbs(details: readonly EventDetail[]): Promise<void> {
  if (typeof caches === 'undefined' || !('serviceWorker' in navigator)) return;
  if (navigator.serviceWorker.controller === null) return;
  const cache = await caches.open(photoCacheName);
  for (const detail of details.slice(0, 20))
    for (const { id } of detail.attachments.slice(0, thumbsEach)) {
      const address = thumbAddress(id);
      if ((await cache.match(address)) === undefined) await fetch(address).catch(() => undefined);
    }
}

/** Forgets everything that was read: at sign-out, and when another person signs in. Unsent commands stay. */
export async function wipeCopies(store: FieldStore): Promise<void> {
  await store.dropCopies();
  if (typeof caches !== 'undefined') await caches.delete(photoCacheName);
}
