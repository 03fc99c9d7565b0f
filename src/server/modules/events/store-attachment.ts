import { sql } from 'kysely';
import type { AttachmentKind } from '#contract/events-words.ts';
import { AppError } from '#kit/errors.ts';
import type { Tx } from '#server/db/pool.ts';
import { digestSecret } from '#server/vault/vault.ts';

export interface NewAttachment {
  id: string;
  kind: AttachmentKind;
  sha256: Uint8Array;
  storedSha256: Uint8Array;
  mime: string;
  bytes: number;
  width: number;
  height: number;
  storageKey: string;
  /** Account that uploaded it; null for residents, who hold `claimHash`'s token instead. */
  uploadedBy: string | null;
  claimHash: Uint8Array | null;
  createdMs: number;
}

/** Records a stored file that belongs to no event yet. */
export async function insertAttachment(tx: Tx, file: NewAttachment): Promise<void> {
  await tx.db
    .insertInto('attachment')
    .values({
      id: file.id,
      kind: file.kind,
      sha256: Buffer.from(file.sha256),
      stored_sha256: Buffer.from(file.storedSha256),
      mime: file.mime,
      bytes: file.bytes,
      width: file.width,
      height: file.height,
      storage_key: file.storageKey,
      uploaded_by: file.uploadedBy,
      claim_hash: file.claimHash === null ? null : Buffer.from(file.claimHash),
      created_at: new Date(file.createdMs).toISOString(),
    })
    .execute();
}

export interface Claim {
  id: string;
  token?: string | undefined;
}

/**
 * Gives uploaded files to an event, in the command's transaction: those uploaded by the same account, or whose token is
 * shown. A file is given once. Returns what each shows.
 * @throws AppError bad_input when one of them is unknown, taken, or somebody else's
 */
export async function claimAttachments(
  tx: Tx,
  claims: readonly Claim[],
  to: {
    eventId: string;
    taskId: string | null;
    reporterId: string | null;
    accountId: string | null;
    /** Whoever waits for the event may see them on the receipt. Photos of the report itself stay their reporter's own. */
    showReporter?: boolean | undefined;
  },
): Promise<{ id: string; kind: AttachmentKind }[]> {
  if (claims.length === 0) return [];
  const wanted = claims.map((claim) => ({
    id: claim.id,
    hash: claim.token === undefined ? null : digestSecret(claim.token).toString('hex'),
  }));
  const { rows } = await sql<{ id: string; kind: AttachmentKind }>`
    update attachment a set event_id = ${to.eventId}, task_id = ${to.taskId}, reporter_id = ${to.reporterId}, public = ${to.showReporter ?? false} and a.kind <> 'report'
    from jsonb_to_recordset(${JSON.stringify(wanted)}::jsonb) as w(id uuid, hash text)
    where a.id = w.id and a.event_id is null and (a.uploaded_by = ${to.accountId}::uuid or encode(a.claim_hash, 'hex') = w.hash)
    returning a.id, a.kind`.execute(tx.db);
  if (rows.length !== new Set(claims.map((claim) => claim.id)).size) {
    throw new AppError(
      'bad_input',
      'attachments: some photos are unknown, already used or were uploaded by somebody else. Upload them again.',
      {
        missing: claims.map((claim) => claim.id).filter((id) => !rows.some((row) => row.id === id)),
      },
    );
  }
  return rows;
}

/** How many of those just claimed `showReporter` has let the reporters see. */
export function countShown(photos: readonly { kind: AttachmentKind }[]): number {
  return photos.filter((photo) => photo.kind !== 'report').length;
}

/** Photos that count as evidence: those before the work (the report's too), and those after it in this round of the task. */
export async function countEvidence(
  tx: Tx,
  eventId: string,
  taskId: string,
  sinceMs: number,
): Promise<{ before: number; after: number }> {
  const { rows } = await sql<{ before: number; after: number }>`
    select count(*) filter (where kind in ('before', 'report'))::int as before,
      count(*) filter (where kind = 'after' and task_id = ${taskId} and created_at >= ${new Date(sinceMs).toISOString()}::timestamptz)::int as after
    from attachment where event_id = ${eventId}`.execute(tx.db);
  return rows[0] ?? { before: 0, after: 0 };
}

/** Kinds of photos about to be claimed (an upload of somebody else is not counted: claiming it will be refused). */
export async function kindsOf(tx: Tx, ids: readonly string[]): Promise<AttachmentKind[]> {
  if (ids.length === 0) return [];
  const rows = await tx.db
    .selectFrom('attachment')
    .select('kind')
    .where('id', 'in', [...ids])
    .where('event_id', 'is', null)
    .execute();
  return rows.map((row) => row.kind as AttachmentKind);
}

/** The stored file of an attachment, if the event it belongs to is visible to this transaction's viewer, or it is their own unclaimed upload. */
export async function findAttachment(
  tx: Tx,
  id: string,
  accountId: string | null,
): Promise<{ storageKey: string; mime: string } | undefined> {
  return tx.db
    .selectFrom('attachment as a')
    .leftJoin('event as e', 'e.id', 'a.event_id')
    .select(['a.storage_key as storageKey', 'a.mime'])
    .where('a.id', '=', id)
    .where((eb) =>
      eb.or([
        eb('e.id', 'is not', null),
        eb.and([
          eb('a.event_id', 'is', null),
          eb('a.uploaded_by', 'is not', null),
          eb('a.uploaded_by', '=', accountId),
        ]),
      ]),
    )
    .executeTakeFirst();
}

/** What a receipt may show: photos that came with this report, and those released to the public. */
export async function findReceiptAttachment(
  tx: Tx,
  id: string,
  reporterId: string,
): Promise<{ storageKey: string; mime: string } | undefined> {
  return tx.db
    .selectFrom('attachment as a')
    .innerJoin('event_reporter as r', (join) => join.on('r.id', '=', reporterId))
    .select(['a.storage_key as storageKey', 'a.mime'])
    .where('a.id', '=', id)
    .where((eb) =>
      eb.or([
        eb('a.reporter_id', '=', reporterId),
        eb.and([eb('a.public', '=', true), eb('a.event_id', '=', eb.ref('r.event_id'))]),
      ]),
    )
    .executeTakeFirst();
}

/** Removes records of uploads nobody claimed before `beforeMs`; answers the files to remove, leaving out those another record shares. */
export async function deleteUnclaimed(
  tx: Tx,
  beforeMs: number,
  limit: number,
): Promise<{ removed: number; storageKeys: string[] }> {
  const { rows } = await sql<{ storageKey: string }>`
    delete from attachment where id in (select id from attachment where event_id is null and subject_id is null and created_at < ${new Date(beforeMs).toISOString()}::timestamptz order by created_at limit ${limit} for update skip locked)
    returning storage_key as "storageKey"`.execute(tx.db);
  const keys = [...new Set(rows.map((row) => row.storageKey))];
  const shared =
    keys.length === 0
      ? []
      : await tx.db
          .selectFrom('attachment')
          .select('storage_key as storageKey')
          .where('storage_key', 'in', keys)
          .execute();
  return { removed: rows.length, storageKeys: keys.filter((key) => !shared.some((row) => row.storageKey === key)) };
}

export interface ReceiptPhoto {
  id: string;
  kind: AttachmentKind;
  width: number;
  height: number;
}

export async function listReceiptPhotos(tx: Tx, reporterId: string, eventId: string): Promise<ReceiptPhoto[]> {
  const rows = await tx.db
    .selectFrom('attachment')
    .select(['id', 'kind', 'width', 'height'])
    .where((eb) =>
      eb.or([eb('reporter_id', '=', reporterId), eb.and([eb('public', '=', true), eb('event_id', '=', eventId)])]),
    )
    .orderBy('created_at')
    .orderBy('id')
    .execute();
  return rows.map((row) => ({ ...row, kind: row.kind as AttachmentKind }));
}
