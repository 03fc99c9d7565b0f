/** The planner: everybody in care has one open task, on a day of its own window. */
import { hoursOn, indexOf } from '#engine/worktime/work-index.ts';
import { findDayNumber, toIsoDate } from '#engine/worktime/days.ts';
import { uuidV7 } from '#kit/ids.ts';
import type { Tx } from '#server/db/pool.ts';
import { systemScope } from '#server/db/scope.ts';
import { append } from '#server/modules/ledger/index.ts';
import type { VisitParts } from './parts.ts';
import { limitMs, type Rule } from './rules.ts';
import { levelVisits } from './rules-level.ts';
import { dayOf, windowOf, type Window } from './rules-plan.ts';
import {
  followWorkers,
  insertTasks,
  listBusyWorkers,
  listDrifted,
  listLoads,
  listStale,
  listUnplanned,
  markStale,
  replanTasks,
  setChangeDue,
  setStandIn,
  takePlanner,
  withdrawRetired,
  type NewTask,
  type ToPlan,
} from './store-plan.ts';
import { listRules } from './store-rule.ts';

const batch = 2_000;

/**
 * Plans whoever has no open task, and plans anew what is stale, a batch at a time. Answers how many were planned; when it
 * is a whole batch, there may be more. Safe in every process: one plans, the others pass.
 */
export async function planDue(
  parts: Pick<VisitParts, 'database' | 'clock'> & { events: Pick<VisitParts['events'], 'dictionary'> },
): Promise<number> {
  const { calendar } = await parts.events.dictionary.get();
  const index = indexOf(calendar);
  const works = (day: number): boolean => hoursOn(index, day).length > 0;
  return parts.database.inTx(systemScope, async (tx) => {
    if (!(await takePlanner(tx))) return 0;
    const atMs = parts.clock.now();
    const today = toIsoDate(dayOf(atMs));
    const rules = await listRules(tx);
    const found = [...(await listStale(tx, today, batch)), ...(await listUnplanned(tx, today, batch))];
    if (found.length === 0) return 0;
    const tasks = toTasks({ found, rules, loads: await loadsOf(tx, found), works, atMs });
    await replanTasks(
      tx,
      tasks.filter(({ again }) => again).map(({ task }) => task),
      atMs,
    );
    const added = await insertTasks(
      tx,
      tasks.filter(({ again }) => !again).map(({ task }) => task),
      atMs,
    );
    await tell(tx, 'visit.plan', atMs, { added, again: tasks.length - added, day: today }, tasks[0]?.task.district);
    return found.length;
  });
}

type Loads = ReadonlyMap<string, ReadonlyMap<number, number>>;

async function loadsOf(tx: Tx, found: readonly ToPlan[]): Promise<Loads> {
  const workers = [...new Set(found.flatMap(({ workerId }) => workerId ?? []))];
  const loads = new Map<string, Map<number, number>>();
  for (const { workerId, day, n } of await listLoads(tx, workers)) {
    const of = loads.get(workerId) ?? new Map<number, number>();
    loads.set(workerId, of.set(findDayNumber(day) ?? 0, n));
  }
  return loads;
}

function toTasks(work: {
  found: readonly ToPlan[];
  rules: readonly Rule[];
  loads: Loads;
  works: (day: number) => boolean;
  atMs: number;
}): { again: boolean; task: NewTask }[] {
  const { found, rules, loads, works, atMs } = work;
  const windows = found.flatMap((person) => {
    const window = windowOf(rules, factsOf(person), atMs);
    return window === undefined ? [] : [{ person, window }];
  });
  const tasks: { again: boolean; task: NewTask }[] = [];
  for (const [workerId, list] of Map.groupBy(windows, ({ person }) => person.workerId)) {
    const slots = list.map(({ person, window: { earliest, latest } }) => ({ id: person.personId, earliest, latest }));
    const days = levelVisits(slots, loads.get(workerId ?? '') ?? new Map(), works);
    for (const { person, window } of list)
      tasks.push({
        again: person.taskId !== null,
        task: toTask(person, window, days.get(person.personId) ?? window.latest, atMs),
      });
  }
  return tasks;
}

function factsOf({ tags, countsAs, lastAt, changeDueAt }: ToPlan) {
  return {
    tags,
    countsAs: countsAs ?? [],
    lastMs: lastAt?.getTime() ?? null,
    changeDueMs: changeDueAt?.getTime() ?? null,
  };
}

function toTask(person: ToPlan, window: Window, day: number, atMs: number): NewTask {
  return {
    id: person.taskId ?? uuidV7(atMs),
    person_id: person.personId,
    district: person.district,
    area_code: person.areaCode,
    path: person.path,
    tags: person.tags,
    worker_id: person.workerId,
    rule_code: window.ruleCode,
    tier: window.tier,
    reason: window.reason,
    reason_words: window.ruleName,
    day: toIsoDate(day),
    due_at: new Date(window.dueMs).toISOString(),
  };
}

/**
 * Follows the register: tasks of whoever left it end; whoever moved or was given a new tag is visited soon; other changes
 * are planned anew. `sinceMs`: people not changed since then were followed before. Answers how many tasks changed.
 */
export function followRegister(parts: VisitParts, sinceMs: number): Promise<number> {
  return parts.database.inTx(systemScope, async (tx) => {
    if (!(await takePlanner(tx))) return 0;
    const atMs = parts.clock.now();
    const gone = await withdrawRetired(tx, atMs);
    const drifted = await listDrifted(tx, sinceMs, batch);
    if (gone + drifted.length === 0) return 0;
    const greatly = drifted.filter(({ gained, moved }) => moved || gained.length > 0);
    await setChangeDue(tx, greatly, atMs + limitMs(await listRules(tx), 'after_change'), atMs);
    await markStale(
      tx,
      drifted.map(({ taskId }) => taskId),
    );
    const data = { withdrawn: gone, changed: drifted.length, soon: greatly.length };
    await tell(tx, 'visit.plan', atMs, data, drifted[0]?.district);
    return gone + drifted.length;
  });
}

/** Once a minute: what is due today goes to whoever answers for it today, or stands in. Answers how many tasks changed. */
export function followForce(parts: VisitParts): Promise<number> {
  return parts.database.inTx(systemScope, async (tx) => {
    if (!(await takePlanner(tx))) return 0;
    const atMs = parts.clock.now();
    const today = toIsoDate(dayOf(atMs));
    const moved = await followWorkers(tx, today, atMs);
    let covered = 0;
    for (const workerId of await listBusyWorkers(tx, today)) {
      const standInId = await parts.standIn(tx, workerId, today);
      covered += await setStandIn(tx, { workerId, standInId: standInId === workerId ? null : standInId, today, atMs });
    }
    if (moved + covered > 0) await tell(tx, 'visit.reassign', atMs, { moved, covered, day: today });
    return moved + covered;
  });
}

function tell(
  tx: Tx,
  action: string,
  atMs: number,
  data: Record<string, unknown>,
  district = '000000',
): Promise<string> {
  return append(tx, {
    actor: { kind: 'system', accountId: null },
    action,
    subject: { type: 'visit_task', id: '*' },
    district,
    atMs,
    data,
  });
}
