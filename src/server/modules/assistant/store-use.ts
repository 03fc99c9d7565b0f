import { sql } from 'kysely';
import type { AssistantKind, AssistantOutcome } from '#contract/assistant.ts';
import type { Tx } from '#server/db/pool.ts';

/** Once that the assistant was asked. No text: neither what was sent nor what came back. */
export interface UseRow {
  id: string;
  kind: AssistantKind;
  subjectType: string;
  subjectId: string;
  path: string[];
  district: string;
  model: string;
  promptHash: string;
  draftHash: string;
  redactions: number;
  tokensIn: number | null;
  tokensOut: number | null;
  tookMs: number;
  outcome: AssistantOutcome;
  askedBy: string | null;
  askedAt: Date;
  decision: 'confirmed' | 'discarded' | null;
  edited: boolean | null;
  decidedAt: Date | null;
}

export async function insertUse(tx: Tx, row: Omit<UseRow, 'decision' | 'edited' | 'decidedAt'>): Promise<void> {
  await tx.db
    .insertInto('assistant_use')
    .values({
      id: row.id,
      kind: row.kind,
      subject_type: row.subjectType,
      subject_id: row.subjectId,
      path: row.path,
      district: row.district,
      model: row.model,
      prompt_hash: row.promptHash,
      draft_hash: row.draftHash,
      redactions: row.redactions,
      tokens_in: row.tokensIn,
      tokens_out: row.tokensOut,
      took_ms: row.tookMs,
      outcome: row.outcome,
      asked_by: row.askedBy,
      asked_at: row.askedAt,
    })
    .execute();
}

/** Locked until the transaction ends. */
export async function findUse(tx: Tx, id: string): Promise<UseRow | undefined> {
  const { rows } =
    await sql<UseRow>`select id, kind, subject_type as "subjectType", subject_id as "subjectId", path, district, model,
      prompt_hash as "promptHash", draft_hash as "draftHash", redactions, tokens_in as "tokensIn", tokens_out as "tokensOut",
      took_ms as "tookMs", outcome, asked_by as "askedBy", asked_at as "askedAt", decision, edited, decided_at as "decidedAt"
    from assistant_use where id = ${id}::uuid for update`.execute(tx.db);
  return rows[0];
}

export async function decideUse(
  tx: Tx,
  id: string,
  decided: { decision: 'confirmed' | 'discarded'; edited: boolean | null; finalHash: string; by: string; at: Date },
): Promise<void> {
  await tx.db
    .updateTable('assistant_use')
    .set({
      decision: decided.decision,
      edited: decided.edited,
      final_hash: decided.finalHash,
      decided_by: decided.by,
      decided_at: decided.at,
    })
    .where('id', '=', id)
    .execute();
}

export interface UseOfSubject {
  id: string;
  kind: AssistantKind;
  model: string;
  askedAt: Date;
  decision: 'confirmed' | 'discarded' | null;
  edited: boolean | null;
  decidedBy: string | null;
  decidedAt: Date | null;
}

/** Drafts about one subject, newest first. */
export async function listUsesOf(tx: Tx, subject: { type: string; id: string }): Promise<UseOfSubject[]> {
  const { rows } = await sql<UseOfSubject>`
    select u.id, u.kind, u.model, u.asked_at as "askedAt", u.decision, u.edited, a.display_name as "decidedBy", u.decided_at as "decidedAt"
    from assistant_use u left join account a on a.id = u.decided_by
    where u.subject_type = ${subject.type} and u.subject_id = ${subject.id} and u.outcome = 'drafted'
    order by u.asked_at desc limit 50`.execute(tx.db);
  return rows;
}

export interface UseCount {
  kind: AssistantKind;
  asked: number;
  drafted: number;
  confirmed: number;
  edited: number;
  discarded: number;
}

/** Since a time, by kind, within the scope. */
export async function countUses(tx: Tx, since: Date): Promise<UseCount[]> {
  const { rows } =
    await sql<UseCount>`select kind, count(*)::int as asked, (count(*) filter (where outcome = 'drafted'))::int as drafted,
      (count(*) filter (where decision = 'confirmed'))::int as confirmed, (count(*) filter (where edited))::int as edited,
      (count(*) filter (where decision = 'discarded'))::int as discarded
    from assistant_use where asked_at >= ${since} group by kind order by kind`.execute(tx.db);
  return rows;
}
