/** How something comes to be said in a group, whoever says it. */
import { AppError } from '#kit/errors.ts';
import { uuidV7 } from '#kit/ids.ts';
import type { Tx } from '#server/db/pool.ts';
import type { Actor } from '#server/modules/identity/index.ts';
import { record } from './access.ts';
import { photoSubject, sealedAt, type GroupsParts } from './parts.ts';
import type { GroupRow } from './store-group.ts';
import { touch } from './store-group.ts';
import { insertMessage, insertPhotos, type NewMessage } from './store-message.ts';

export interface Saying {
  actor: Actor;
  group: GroupRow;
  atMs: number;
  message: Omit<NewMessage, 'id' | 'groupId' | 'district' | 'at'>;
  claims?: readonly { id: string; token?: string | undefined }[];
  opId?: string | null;
  data?: Record<string, unknown>;
}

/**
 * The message, its photos and its ledger line, in the caller's transaction. What was said stands in the message alone:
 * its author may have it forgotten. Answers null when its source reference was heard before.
 * @throws AppError bad_input for a message without words or photos, or photos of somebody else
 */
export async function sayIn(
  parts: GroupsParts,
  tx: Tx,
  saying: Saying,
): Promise<{ id: string; ledgerId: string } | null> {
  const { actor, group, atMs, message, claims = [] } = saying;
  if (message.text === '' && claims.length === 0)
    throw new AppError('bad_input', 'Expected words or a photo, found neither.', { field: 'text' });
  const at = new Date(atMs);
  const id = uuidV7(atMs);
  const isNew = await insertMessage(tx, { ...message, id, groupId: group.id, district: group.district, at });
  if (!isNew) return null;
  const photos = await parts.events.photos.claimFor(tx, { subjectType: photoSubject, subjectId: id, claims, actor });
  const tokens = new Map(claims.map((claim) => [claim.id, claim.token ?? '']));
  const sealed = photos.map((photo) => ({
    id: photo,
    token: parts.vault.seal(tokens.get(photo) ?? '', sealedAt.token),
  }));
  await insertPhotos(tx, id, sealed);
  await touch(tx, group.id, at);
  const ledgerId = await record(tx, {
    actor,
    action: 'group.message',
    group,
    subject: { type: 'group_message', id },
    atMs,
    data: { kind: message.kind, photos: photos.length, ...saying.data },
    opId: saying.opId ?? null,
  });
  return { id, ledgerId };
}
