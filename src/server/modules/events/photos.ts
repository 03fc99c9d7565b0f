import { randomBytes } from 'node:crypto';
import type { AttachmentKind } from '#contract/events-words.ts';
import { uuidV7 } from '#kit/ids.ts';
import type { Tx } from '#server/db/pool.ts';
import { systemScope } from '#server/db/scope.ts';
import { scopeOf, type Actor } from '#server/modules/identity/index.ts';
import { digestSecret } from '#server/vault/vault.ts';
import type { Kit } from './act.ts';
import { findReceiptHolder } from './receipts.ts';
import { findAttachment, findReceiptAttachment, insertAttachment } from './store-attachment.ts';
import {
  claimForSubject,
  findOfSubject,
  listOfSubjects,
  releaseSubjects,
  type PhotoSubject,
  type SubjectClaim,
  type SubjectPhoto,
} from './store-subject-photos.ts';

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
  /**
   * For modules above: gives uploads to something that is no event, such as an inspection or a visit, in the caller's
   * transaction. The same claims may be given to an event besides. Answers their ids in the order of the claims.
   * @throws AppError bad_input when one is unknown, taken or somebody else's
   */
  claimFor(tx: Tx, claim: SubjectClaim): Promise<string[]>;
  /** The stored file of a photo of this subject. Whether the viewer may see the subject is for the caller to know. */
  findOf(tx: Tx, subject: PhotoSubject & { id: string }): Promise<{ storageKey: string } | undefined>;
  /** Takes a subject's photos from it, whose owner forgets them: those no event has are removed within a day. */
  releaseOf(tx: Tx, subjectType: string, subjectIds: readonly string[]): Promise<void>;
  /** The photos of subjects of one type, oldest first. */
  listOf(tx: Tx, subjectType: string, subjectIds: readonly string[]): Promise<SubjectPhoto[]>;
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
    claimFor: claimForSubject,
    findOf: findOfSubject,
    releaseOf: releaseSubjects,
    listOf: listOfSubjects,
  };
}
