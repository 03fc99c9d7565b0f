import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';
import { planBody, planCode } from '#contract/operations-plans.ts';
import type { Clock } from '#kit/clock.ts';
import { AppError } from '#kit/errors.ts';
import type { Database } from '#server/db/pool.ts';
import { systemScope } from '#server/db/scope.ts';
import { append } from '#server/modules/ledger/index.ts';
import { insertPlan, insertPlanVersion, listPlans } from './store-plan.ts';

const folder = join(import.meta.dirname, '../../../../db/data/plans');

/**
 * Publishes the plans of db/data/plans as version 1 in a database that has no plan; leaves any other alone. Answers how
 * many. @throws AppError import_refused naming the file that is wrong
 */
export async function seedPlans(database: Database, clock: Clock, district: string): Promise<number> {
  const files = (await readdir(folder)).filter((name) => name.endsWith('.json')).toSorted();
  const plans = await Promise.all(files.map((name) => readPlan(name)));
  return database.inTx(systemScope, async (tx) => {
    if ((await listPlans(tx)).length > 0) return 0;
    const nowMs = clock.now();
    for (const { code, body } of plans) {
      // Another process that starts now may have been faster.
      if (!(await insertPlan(tx, { code, draft: body, nowMs }))) return 0;
      await insertPlanVersion(tx, { code, version: 1, body, note: `db/data/plans/${code}.json`, by: null, nowMs });
    }
    await append(tx, {
      actor: { kind: 'system', accountId: null },
      action: 'plan.seed',
      subject: { type: 'plan', id: 'seed' },
      district,
      atMs: nowMs,
      data: { plans: plans.map((plan) => plan.code) },
    });
    return plans.length;
  });
}

async function readPlan(name: string) {
  const { code, ...rest } = JSON.parse(await readFile(join(folder, name), 'utf8')) as { code: unknown };
  const parsed = z.object({ code: planCode, body: planBody }).safeParse({ code, body: rest });
  if (!parsed.success) throw new AppError('import_refused', `${name}: ${z.prettifyError(parsed.error)}`);
  return parsed.data;
}
