import type { Tx } from '#server/db/pool.ts';
import type { Rule } from './rules.ts';

export interface RuleRow extends Rule {
  certainty: string;
  source: string;
  version: number;
}

export async function listRules(tx: Tx): Promise<RuleRow[]> {
  const rows = await tx.db.selectFrom('inspection_rule').selectAll().orderBy('kind').orderBy('level').execute();
  return rows.map(({ follow_up_days: followUpDays, ...row }) => ({ ...row, followUpDays }));
}

/** Adds rows or changes those of the same kind and level. */
export async function saveRules(tx: Tx, rows: readonly RuleRow[]): Promise<void> {
  for (const { kind, level, followUpDays, ...row } of rows) {
    const facts = { ...row, follow_up_days: followUpDays };
    await tx.db
      .insertInto('inspection_rule')
      .values({ kind, level, ...facts })
      .onConflict((conflict) => conflict.columns(['kind', 'level']).doUpdateSet(facts))
      .execute();
  }
}
