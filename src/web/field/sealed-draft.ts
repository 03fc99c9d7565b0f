import { draftPrefix } from './day-pack.ts';
import type { FieldStore } from './field-store.ts';
import type { Locker } from './locker.ts';

/** The pictures of a form that is being filled in. */
interface Pictured {
  photos: readonly { key: string; kind: string; blob: Blob }[];
}
interface Head {
  photos: { key: string; kind: string; mime: string }[];
}

function nameOf(taskId: string): string {
  return `${draftPrefix}${taskId}`;
}

/** Keeps a form about somebody's home, sealed. A picture is sealed once, however often the words change. */
export async function saveDraft<T extends Pictured>(
  parts: { store: FieldStore; locker: Locker; account: string },
  taskId: string,
  draft: T,
  nowMs: number,
): Promise<void> {
  const { store, locker, account } = parts;
  for (const { key, blob } of draft.photos) {
    const name = `${nameOf(taskId)}:${key}`;
    if ((await store.findSealed(name)) !== undefined) continue;
    await store.saveSealed(name, { ...(await locker.sealBytes(await blob.arrayBuffer())), account, savedMs: nowMs });
  }
  const photos = draft.photos.map(({ key, kind, blob }) => ({ key, kind, mime: blob.type }));
  const sealed = await locker.seal({ ...draft, photos });
  await store.saveSealed(nameOf(taskId), { ...sealed, account, savedMs: nowMs });
}

/** The form as it was left; undefined when there is none, or it is not this person's to open. */
export async function readDraft<T extends Pictured>(
  parts: { store: FieldStore; locker: Locker; account: string },
  taskId: string,
): Promise<T | undefined> {
  const { store, locker, account } = parts;
  const kept = await store.findSealed(nameOf(taskId));
  if (kept === undefined || kept.account !== account) return undefined;
  const head = await locker.open<Head>(kept);
  const photos: { key: string; kind: string; blob: Blob }[] = [];
  for (const { key, kind, mime } of head.photos) {
    const sealed = await store.findSealed(`${nameOf(taskId)}:${key}`);
    if (sealed !== undefined)
      photos.push({ key, kind, blob: new Blob([await locker.openBytes(sealed)], { type: mime }) });
  }
  return { ...head, photos } as unknown as T;
}

export async function dropDraft(store: FieldStore, taskId: string): Promise<void> {
  await store.dropSealed(nameOf(taskId));
}
