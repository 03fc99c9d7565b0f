import type { ClientOutput } from '#contract/route.ts';
import type { publicRoutes } from '#contract/public.ts';
import { isPassing, ProblemError } from '#web/app/problem.ts';
import type { Uploaded } from '#web/app/upload.ts';
import { toBody, type Draft, type ReportBody } from './draft.ts';
import type { Shelf, Unsent } from './shelf.ts';

export type Reported = ClientOutput<typeof publicRoutes.report>;

/** The outside world of the outbox: the network, and new ids. */
export interface OutboxWorld {
  upload(photo: Blob): Promise<Uploaded>;
  report(body: ReportBody): Promise<Reported>;
  newOpId(): string;
  nowIso(): string;
  isOnline(): boolean;
}

/** acknowledged, kept for later (no network, server busy), or refused for good. */
export type Sending =
  | { end: 'sent'; receipt: Reported; entry: Unsent }
  | { end: 'kept'; entry: Unsent; error: unknown }
  | { end: 'refused'; entry: Unsent; error: unknown };

/**
 * Puts the report where it survives closing the page; the draft is dropped only once that is done. Sending is `flush`.
 */
export async function enqueue(draft: Draft, shelf: Shelf, world: OutboxWorld): Promise<Unsent> {
  const submittedAt = world.nowIso();
  const body = toBody(draft, world.newOpId(), world.isOnline() ? undefined : submittedAt);
  const entry: Unsent = { opId: body.opId, submittedAt, body, photos: draft.photos, draft, refused: null };
  await shelf.putUnsent(entry);
  await shelf.dropDraft();
  return entry;
}

/** Sends everything unsent, oldest first, except what was refused; stops at the first that cannot get through. */
export async function flush(shelf: Shelf, world: OutboxWorld): Promise<Sending[]> {
  const results: Sending[] = [];
  for (const entry of await shelf.listUnsent()) {
    if (entry.refused !== null) continue;
    const result = await sendOne(entry, shelf, world);
    results.push(result);
    if (result.end === 'kept') break;
  }
  return results;
}

/**
 * Brings a refused report back as the draft, to be changed and submitted as a new intention. Its photos are uploaded
 * again: whether the refused attempt used up their claims is not known.
 */
export async function takeBack(entry: Unsent, shelf: Shelf): Promise<Draft> {
  const draft = { ...entry.draft, photos: entry.draft.photos.map((photo) => ({ ...photo, upload: null })) };
  await shelf.putDraft(draft);
  await shelf.dropUnsent(entry.opId);
  return draft;
}

async function sendOne(entry: Unsent, shelf: Shelf, world: OutboxWorld): Promise<Sending> {
  let current = entry;
  try {
    for (const photo of entry.photos) {
      if (photo.upload !== null) continue;
      const upload = await world.upload(photo.blob);
      // Kept at once: a repetition must claim the same photos, or it would be a different request under the same opId.
      current = { ...current, photos: current.photos.map((one) => (one.key === photo.key ? { ...one, upload } : one)) };
      await shelf.putUnsent(current);
    }
    const attachments = current.photos.flatMap(({ upload }) =>
      upload === null ? [] : [{ id: upload.id, token: upload.token }],
    );
    const receipt = await world.report({ ...current.body, attachments });
    await shelf.dropUnsent(entry.opId);
    return { end: 'sent', receipt, entry: current };
  } catch (error) {
    if (isPassing(error)) return { end: 'kept', entry: current, error };
    const refused = { ...current, refused: error instanceof ProblemError ? error.code : 'internal' } satisfies Unsent;
    await shelf.putUnsent(refused);
    return { end: 'refused', entry: refused, error };
  }
}
