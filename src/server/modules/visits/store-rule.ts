import { sql } from 'kysely';
import type { Tx } from '#server/db/pool.ts';
import type { Rule } from './rules.ts';

/** The rules in the order of the dictionary. */
export async function listRules(tx: Tx): Promise<Rule[]> {
  const { rows } = await sql<Rule>`select code, kind, name, name_en as "nameEn", tier, tags, also, amount, unit,
    certainty, source, version from visit_rule order by sort, code`.execute(tx.db);
  return rows;
}

export async function insertRules(tx: Tx, rules: readonly Rule[], atMs: number): Promise<void> {
  const at = new Date(atMs).toISOString();
  for (const [sort, rule] of rules.entries())
    await sql`insert into visit_rule (code, kind, name, name_en, tier, tags, also, amount, unit, certainty, source, sort, updated_at)
      values (${rule.code}, ${rule.kind}, ${rule.name}, ${rule.nameEn}, ${rule.tier}, ${[...rule.tags]}, ${[...rule.also]},
        ${rule.amount}, ${rule.unit}, ${rule.certainty}, ${rule.source}, ${sort}, ${at})`.execute(tx.db);
}

export async function lockRule(tx: Tx, code: string): Promise<Rule | undefined> {
  const { rows } = await sql<Rule>`select code, kind, name, name_en as "nameEn", tier, tags, also, amount, unit,
    certainty, source, version from visit_rule where code = ${code} for update`.execute(tx.db);
  return rows[0];
}

export async function updateRule(
  tx: Tx,
  { code, amount, tags, also }: Pick<Rule, 'code' | 'amount' | 'tags' | 'also'>,
  atMs: number,
): Promise<void> {
  await sql`update visit_rule set amount = ${amount}, tags = ${[...tags]}, also = ${[...also]}, version = version + 1,
    updated_at = ${new Date(atMs).toISOString()} where code = ${code}`.execute(tx.db);
}
