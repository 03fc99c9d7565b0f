/** Photos of something that is no event: an inspection, a visit. */
import { sql } from 'kysely';
import type { AttachmentKind } from '#contract/events-words.ts';
import { AppError } from '#kit/errors.ts';
import type { Tx } from '#server/db/pool.ts';
import type { Actor } from '#server/modules/identity/index.ts';
import { digestSecret } from '#server/vault/vault.ts';
import type { Claim } from './store-attachment.ts';

export interface PhotoSubject {
  /** Type of the ledger's subject, such as 'inspection'. */
  subjectType: string;
  subjectId: string;
}

export interface SubjectClaim extends PhotoSubject {
  claims: readonly Claim[];
  actor: Pick<Actor, 'accountId'>;
}

export interface SubjectPhoto {
  id: string;
  subjectId: string;
  kind: AttachmentKind;
  width: number;
  height: number;
}

/** @throws AppError bad_input when a photo is unknown, taken or was uploaded by somebody else */
export async function claimForSubject(
  tx: Tx,
  { subjectType, subjectId, claims, actor }: SubjectClaim,
): Promise<string[]> {
  if (claims.length === 0) return [];
  const wanted = claims.map(({ id, token }) => ({
    id,
    hash: token === undefined ? null : digestSecret(token).toString('hex'),
  }));
  const { rows } = await sql<{ id: string }>`
    update attachment a set subject_type = ${subjectType}, subject_id = ${subjectId}
    from jsonb_to_recordset(${JSON.stringify(wanted)}::jsonb) as w(id uuid, hash text)
    where a.id = w.id and a.event_id is null and a.subject_id is null
      and (a.uploaded_by = ${actor.accountId}::uuid or encode(a.claim_hash, 'hex') = w.hash)
    returning a.id`.execute(tx.db);
  const got = new Set(rows.map(({ id }) => id));
  const ids = [...new Set(claims.map(({ id }) => id))];
  if (ids.every((id) => got.has(id))) return ids;
  throw new AppError(
    'bad_input',
    'attachments: some photos are unknown, already used or were uploaded by somebody else. Upload them again.',
    { missing: ids.filter((id) => !got.has(id)) },
  );
}

export async function findOfSubject(
  tx: Tx,
  { subjectType, subjectId, id }: PhotoSubject & { id: string },
): Promise<{ storageKey: string } | undefined> {
  return tx.db
    .selectFrom('attachment')
    .select('storage_key as storageKey')
    .where('id', '=', id)
    .where('subject_type', '=', subjectType)
    .where('subject_id', '=', subjectId)
    .executeTakeFirst();
}

export async function listOfSubjects(
  tx: Tx,
  subjectType: string,
  subjectIds: readonly string[],
): Promise<SubjectPhoto[]> {
  if (subjectIds.length === 0) return [];
  const rows = await tx.db
    .selectFrom('attachment')
    .select(['id', 'subject_id as subjectId', 'kind', 'width', 'height'])
    .where('subject_type', '=', subjectType)
    .where('subject_id', 'in', [...subjectIds])
    .orderBy('created_at')
    .orderBy('id')
    .execute();
  return rows as SubjectPhoto[];
}

export async function releaseSubjects(tx: Tx, subjectType: string, subjectIds: readonly string[]): Promise<void> {
  if (subjectIds.length === 0) return;
  await tx.db
    .updateTable('attachment')
    .set({ subject_type: null, subject_id: null, claim_hash: null })
    .where('subject_type', '=', subjectType)
    .where('subject_id', 'in', [...subjectIds])
    .execute();
}
