import { systemScope } from '#server/db/scope.ts';
import type { Tx } from '#server/db/pool.ts';
import { districtOf } from '#server/modules/grids/index.ts';
import { append } from '#server/modules/ledger/index.ts';
import { ruleOf } from './dictionary.ts';
import { unitPlace, type ForceParts } from './parts.ts';
import { addDays, dayOf } from '#kit/shanghai-days.ts';
import { dueFrom } from './rules.ts';
import { listAnswers, lockAlive, saveDueTold, saveExpired, type AliveRow } from './store-asked.ts';
import { listWorkers } from './store-people.ts';

/** Most workers one reminder names. */
const limit = 2000;

/**
 * What the days bring to asked tasks: after the last day a task ends, and whoever asked is told; shortly before a due day
 * those who do it are reminded, once. Weekly tasks remind nobody: they are known, and people are tired of messages.
 * Returns how many tasks were ended or reminded of.
 */
export async function followTasks(parts: ForceParts): Promise<number> {
  return parts.database.inTx(systemScope, async (tx) => {
    const nowMs = parts.clock.now();
    const today = dayOf(nowMs);
    let done = 0;
    for (const task of await lockAlive(tx)) {
      if (task.lastDay < today) done += await end(parts, tx, task, nowMs);
      else if (task.every !== 'weekly') done += await remind(parts, tx, task, nowMs);
    }
    return done;
  });
}

async function end(parts: ForceParts, tx: Tx, task: AliveRow, nowMs: number): Promise<number> {
  await saveExpired(tx, task.id, nowMs);
  await say(parts, tx, task, {
    action: 'force.task_expire',
    data: { lastDay: task.lastDay },
    accounts: [task.byId],
    nowMs,
  });
  return 1;
}

async function remind(parts: ForceParts, tx: Tx, task: AliveRow, nowMs: number): Promise<number> {
  const today = dayOf(nowMs);
  const dueDay = dueFrom(task, today);
  if (dueDay === null || dueDay > addDays(today, ruleOf(parts.words, 'due_soon_days'))) return 0;
  if (task.dueTold !== null && task.dueTold >= dueDay) return 0;
  const answers = (await listAnswers(tx, [task.id])).get(task.id) ?? [];
  const areas = answers.filter(({ state }) => state === 'accepted').map(({ areaCode }) => areaCode);
  if (areas.length === 0) return 0;
  const workers = await listWorkers(tx, { scope: systemScope, areas, roles: task.roles, today, limit });
  await saveDueTold(tx, task.id, dueDay);
  await say(parts, tx, task, {
    action: 'force.task_due',
    data: { dueDay, areas, workers: workers.length },
    accounts: workers.map(({ id }) => id),
    nowMs,
  });
  return 1;
}

async function say(
  parts: ForceParts,
  tx: Tx,
  task: AliveRow,
  line: { action: string; data: Record<string, unknown>; accounts: readonly string[]; nowMs: number },
): Promise<void> {
  await append(tx, {
    actor: { kind: 'system', accountId: null },
    action: line.action,
    subject: { type: 'asked_task', id: task.id },
    district: districtOf(unitPlace(parts, task.unitId).path),
    atMs: line.nowMs,
    data: { unitId: task.unitId, ...line.data },
    audience: [`u:${task.unitId}`, ...line.accounts.map((id) => `p:${id}`)],
  });
}
