import { sql } from 'kysely';
import { planBody, type PlanBody } from '#contract/operations-plans.ts';
import type { Tx } from '#server/db/pool.ts';

export interface PlanRow {
  code: string;
  version: number;
  /** In force; null when never published. */
  body: PlanBody | null;
  draft: PlanBody | null;
  draftVersion: number;
  publishedAt: Date | null;
  retiredAt: Date | null;
  retiredReason: string | null;
  opened: number;
}

type Raw = Omit<PlanRow, 'body' | 'draft'> & { body: unknown; draft: unknown };

const parse = (body: unknown): PlanBody | null => (body === null ? null : planBody.parse(body));

/** Plans by code; all, or one. */
export async function listPlans(tx: Tx, code?: string): Promise<PlanRow[]> {
  const { rows } = await sql<Raw>`
    select p.code, p.version, v.body, p.draft, p.draft_version as "draftVersion", v.published_at as "publishedAt",
      p.retired_at as "retiredAt", p.retired_reason as "retiredReason",
      (select count(*)::int from operation o where o.plan_code = p.code) as opened
    from plan p left join plan_version v on v.plan_code = p.code and v.version = p.version
    where ${code ?? null}::text is null or p.code = ${code ?? null} order by p.code`.execute(tx.db);
  return rows.map((row) => ({ ...row, body: parse(row.body), draft: parse(row.draft) }));
}

/** Locks a plan. */
export async function lockPlan(tx: Tx, code: string): Promise<PlanRow | undefined> {
  await tx.db.selectFrom('plan').select('code').where('code', '=', code).forUpdate().execute();
  return (await listPlans(tx, code))[0];
}

export async function findPlanVersion(tx: Tx, code: string, version: number): Promise<PlanBody | undefined> {
  const row = await tx.db
    .selectFrom('plan_version')
    .select('body')
    .where('plan_code', '=', code)
    .where('version', '=', version)
    .executeTakeFirst();
  return row === undefined ? undefined : planBody.parse(row.body);
}

export async function listVersions(
  tx: Tx,
  code: string,
): Promise<{ version: number; publishedAt: Date; publishedBy: string | null }[]> {
  const { rows } = await sql<{ version: number; publishedAt: Date; publishedBy: string | null }>`
    select v.version, v.published_at as "publishedAt", a.display_name as "publishedBy"
    from plan_version v left join account a on a.id = v.published_by where v.plan_code = ${code} order by v.version desc`.execute(
    tx.db,
  );
  return rows;
}

/** False when the code is taken. */
export async function insertPlan(tx: Tx, plan: { code: string; draft: PlanBody; nowMs: number }): Promise<boolean> {
  const row = await tx.db
    .insertInto('plan')
    .values({
      code: plan.code,
      draft: JSON.stringify(plan.draft),
      draft_version: 1,
      updated_at: new Date(plan.nowMs).toISOString(),
    })
    .onConflict((c) => c.doNothing())
    .returning('code')
    .executeTakeFirst();
  return row !== undefined;
}

export async function saveDraft(tx: Tx, plan: { code: string; draft: PlanBody; nowMs: number }): Promise<number> {
  const row = await tx.db
    .updateTable('plan')
    .set((eb) => ({
      draft: JSON.stringify(plan.draft),
      draft_version: eb('draft_version', '+', 1),
      updated_at: new Date(plan.nowMs).toISOString(),
    }))
    .where('code', '=', plan.code)
    .returning('draft_version as draftVersion')
    .executeTakeFirstOrThrow();
  return row.draftVersion;
}

/** The next version, in force from now on; the draft is used up and a retirement ends. */
export async function insertPlanVersion(
  tx: Tx,
  plan: { code: string; version: number; body: PlanBody; note: string; by: string | null; nowMs: number },
): Promise<void> {
  const at = new Date(plan.nowMs).toISOString();
  await tx.db
    .insertInto('plan_version')
    .values({
      plan_code: plan.code,
      version: plan.version,
      body: JSON.stringify(plan.body),
      note: plan.note,
      published_at: at,
      published_by: plan.by,
    })
    .execute();
  await tx.db
    .updateTable('plan')
    .set({ version: plan.version, draft: null, retired_at: null, retired_reason: null, updated_at: at })
    .where('code', '=', plan.code)
    .execute();
}

export async function retirePlan(tx: Tx, code: string, reason: string, nowMs: number): Promise<void> {
  const at = new Date(nowMs).toISOString();
  await tx.db
    .updateTable('plan')
    .set({ retired_at: at, retired_reason: reason, updated_at: at })
    .where('code', '=', code)
    .execute();
}
