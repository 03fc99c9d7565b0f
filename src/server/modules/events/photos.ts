import { randomBytes } from 'node:crypto';
import type { AttachmentKind } from '#contract/events-words.ts';
import { uuidV7 } from '#kit/ids.ts';
import { systemScope } from '#server/db/scope.ts';
import { scopeOf, type Actor } from '#server/modules/identity/index.ts';
import { digestSecret } from '#server/vault/vault.ts';
import type { Kit } from './act.ts';
import { findReceiptHolder } from './receipts.ts';
import { findAttachment, findReceiptAttachment, insertAttachment } from './store-attachment.ts';

/** A photo as the door hands it over: looked at, turned upright, written anew. */
export interface StoredPhoto {
  sha256: Uint8Array;
  storedSha256: Uint8Array;
  full: Uint8Array;
  width: number;
  height: number;
}

/** The register of photos: what exists, who may attach it, who may see it. Bytes lie elsewhere. */
export interface Photos {
  /** Records a stored photo no event has claimed yet. Whoever holds the token may attach it. */
  keep(
    actor: Actor,
    kind: AttachmentKind,
    photo: StoredPhoto,
    storageKey: string,
  ): Promise<{ id: string; token: string }>;
  find(actor: Actor, id: string): Promise<{ storageKey: string } | undefined>;
  findByReceipt(secret: string, id: string): Promise<{ storageKey: string } | undefined>;
}

export function photoRegister(kit: Kit): Photos {
  return {
    async keep(actor, kind, photo, storageKey) {
      const nowMs = kit.clock.now();
      const id = uuidV7(nowMs);
      const token = randomBytes(24).toString('base64url');
      const { sha256, storedSha256, width, height } = photo;
      const file = {
        id,
        kind,
        sha256,
        storedSha256,
        mime: 'image/jpeg',
        bytes: photo.full.length,
        width,
        height,
        storageKey,
        uploadedBy: actor.accountId,
        claimHash: digestSecret(token),
        createdMs: nowMs,
      };
      await kit.database.inTx(systemScope, (tx) => insertAttachment(tx, file));
      return { id, token };
    },
    find: (actor, id) => kit.database.read(scopeOf(actor), (tx) => findAttachment(tx, id, actor.accountId)),
    async findByReceipt(secret, id) {
      const reporter = await findReceiptHolder(kit, secret);
      return kit.database.read(systemScope, (tx) => findReceiptAttachment(tx, id, reporter.id));
    },
  };
}
