/** What the module that sends people to risk points may read and write here, always inside its own transaction and line. */
import { sql } from 'kysely';
import type { Tx } from '#server/db/pool.ts';
import type { Scope } from '#server/db/scope.ts';
import { findRisk, type StoredRisk } from './risk-store.ts';

export type RiskPoint = StoredRisk;

/** A point within this sight; locked until the transaction ends when asked. */
export function findRiskPoint(tx: Tx, scope: Scope, id: string, lock?: 'lock'): Promise<RiskPoint | undefined> {
  return findRisk(tx, scope, id, lock === 'lock');
}

/** How often points of a kind ('*' is any without rows of its own) and level are looked at, in days. */
export interface CycleRule {
  kind: string;
  level: number;
  days: number;
}

/**
 * Reckons anew when each point in use should be looked at: its last look (or its entry) and its own cycle, else that of
 * the rules. Answers how many changed.
 */
export async function reckonLooks(tx: Tx, rules: readonly CycleRule[]): Promise<number> {
  const { numAffectedRows } = await sql`
    with rule as (select * from jsonb_to_recordset(${JSON.stringify(rules)}::jsonb) as r(kind text, level smallint, days integer)),
    wanted as (
      select p.id, coalesce(p.last_look_at, p.created_at)
        + make_interval(hours => 24 * coalesce(p.cycle_days, own.days, other.days)) as due_at
      from risk_point p
        left join rule own on own.kind = p.kind and own.level = p.level
        left join rule other on other.kind = '*' and other.level = p.level
      where p.retired_at is null
    )
    update risk_point p set look_due_at = wanted.due_at from wanted
    where wanted.id = p.id and p.look_due_at is distinct from wanted.due_at`.execute(tx.db);
  return Number(numAffectedRows ?? 0n);
}

/** A look that reached the point. An older one that arrives late leaves a newer one standing. */
export async function noteLook(
  tx: Tx,
  pointId: string,
  look: { atMs: number; result: 'fine' | 'finding'; dueMs: number },
): Promise<void> {
  const [at, due] = [look.atMs, look.dueMs].map((ms) => new Date(ms).toISOString());
  await sql`update risk_point set last_look_at = ${at}, last_look_result = ${look.result}, look_due_at = ${due}
    where id = ${pointId} and (last_look_at is null or last_look_at <= ${at}::timestamptz)`.execute(tx.db);
}
