/** The ticker: from the state of points, warnings and the clock to the tasks there should be. Doing it twice changes nothing. */
import { sql } from 'kysely';
import { toIso } from '#kit/clock.ts';
import { uuidV7 } from '#kit/ids.ts';
import type { Tx } from '#server/db/pool.ts';
import { systemScope } from '#server/db/scope.ts';
import { reckonLooks } from '#server/modules/grids/index.ts';
import { systemActor, ledgerActor } from '#server/modules/identity/index.ts';
import { append } from '#server/modules/ledger/index.ts';
import type { RunningEffect } from '#server/modules/warnings/index.ts';
import { overdueLadder } from './dictionaries.ts';
import type { InspectionsParts } from './parts.ts';
import { dayOf, endOfDay, rungOf } from './rules.ts';
import {
  listDuePoints,
  listLate,
  listPointsOfRun,
  raiseRung,
  settleCycleTasks,
  withdrawEnded,
  type LateTask,
  type PointToLook,
} from './store-plan.ts';
import { listRules } from './store-rule.ts';
import { insertTasks, type NewTask } from './store-task.ts';

/** How many tasks of each sort were made or ended by one turn. */
export interface Planned {
  cycle: number;
  raised: number;
  withdrawn: number;
  reminded: number;
}

interface Turn {
  parts: InspectionsParts;
  tx: Tx;
  nowMs: number;
  day: string;
  endMs: number;
}

const program = ledgerActor(systemActor);
/** So many ids at most stand in one line. */
const told = 500;

/** One turn, in one transaction; another process that is at it leaves nothing to do. */
export async function planInspections(parts: InspectionsParts): Promise<Planned> {
  const nowMs = parts.clock.now();
  const { calendar } = await parts.events.dictionary.get();
  const rounds = await parts.listRounds();
  return parts.database.inTx(systemScope, async (tx) => {
    const nothing: Planned = { cycle: 0, raised: 0, withdrawn: 0, reminded: 0 };
    const held = await sql<{
      ok: boolean;
    }>`select pg_try_advisory_xact_lock(hashtext('inspections.plan')) as ok`.execute(tx.db);
    if (held.rows[0]?.ok !== true) return nothing;
    const turn: Turn = { parts, tx, nowMs, day: dayOf(nowMs, calendar), endMs: endOfDay(nowMs, calendar) };
    const reckoned = await reckonLooks(tx, await listRules(tx));
    const withdrawn = await endRounds(turn, rounds);
    let raised = 0;
    for (const run of rounds) raised += await beginRound(turn, run);
    const settled = await settleCycleTasks(tx, turn.endMs, nowMs);
    const cycle = await planCycle(turn, reckoned + settled.changed);
    const reminded = await remind(turn);
    return { cycle, raised, withdrawn: withdrawn + settled.withdrawn, reminded };
  });
}

/** Tasks of warnings that no longer ask for them. */
async function endRounds({ tx, nowMs }: Turn, rounds: readonly RunningEffect[]): Promise<number> {
  const ended = await withdrawEnded(
    tx,
    rounds.map(({ id }) => id),
    nowMs,
  );
  for (const { runId, district, tasks } of ended)
    await append(tx, {
      actor: program,
      action: 'inspection.raise',
      subject: { type: 'warning_effect_run', id: runId },
      district,
      atMs: nowMs,
      data: { runId, on: false, withdrawn: tasks, priority: 4 },
      audience: [`a:${district}`],
    });
  return ended.reduce((sum, { tasks }) => sum + tasks, 0);
}

/** Every point the warning means that nobody has looked at since it was switched on. */
async function beginRound(turn: Turn, run: RunningEffect): Promise<number> {
  const { tx, nowMs } = turn;
  const points = await listPointsOfRun(tx, run);
  const tasks = await toTasks(turn, points, {
    reason: 'warning',
    reasonWords: run.headline,
    runId: run.id,
    dueMs: run.endsAt.getTime(),
  });
  const made = await insertTasks(tx, tasks, nowMs, 'take_over');
  for (const [district, own] of Map.groupBy(points, (point) => point.district)) {
    await append(tx, {
      actor: program,
      action: 'inspection.raise',
      subject: { type: 'warning', id: run.warningId },
      district,
      atMs: nowMs,
      data: {
        runId: run.id,
        on: true,
        target: run.target,
        kind: run.kind,
        colour: run.colour,
        count: own.length,
        pointIds: own.slice(0, told).map(({ id }) => id),
        dueAt: toIso(run.endsAt.getTime()),
      },
      audience: [
        ...new Set(
          own.flatMap(({ path, unitId }) => [
            ...path.map((code) => `a:${code}`),
            ...(unitId === null ? [] : [`u:${unitId}`]),
          ]),
        ),
      ],
    });
  }
  return made.length;
}

async function planCycle(turn: Turn, changed: number): Promise<number> {
  const { tx, nowMs, day, endMs } = turn;
  const points = await listDuePoints(tx, endMs);
  const tasks = await toTasks(turn, points, { reason: 'cycle', reasonWords: '', runId: null, dueMs: null });
  const made = await insertTasks(tx, tasks, nowMs);
  if (made.length === 0 && changed === 0) return 0;
  const byDistrict = Map.groupBy(points, (point) => point.district);
  if (byDistrict.size === 0) byDistrict.set('000000', []);
  for (const [district, own] of byDistrict)
    await append(tx, {
      actor: program,
      action: 'inspection.plan',
      subject: { type: 'area', id: district },
      district,
      atMs: nowMs,
      data: { day, count: own.length, reckoned: changed, pointIds: own.slice(0, told).map(({ id }) => id) },
      audience: own.length === 0 ? [] : [`a:${district}`],
    });
  return made.length;
}

async function toTasks(
  { parts, tx, nowMs, day }: Turn,
  points: readonly PointToLook[],
  why: Pick<NewTask, 'reason' | 'reasonWords' | 'runId'> & { dueMs: number | null },
): Promise<NewTask[]> {
  const standIns = new Map<string, string | null>();
  for (const { responsibleId } of points)
    if (responsibleId !== null && !standIns.has(responsibleId))
      standIns.set(responsibleId, (await parts.standIn?.(tx, responsibleId, day)) ?? null);
  return points.map(({ id, district, responsibleId, lookDueAt }) => ({
    ...why,
    id: uuidV7(nowMs),
    pointId: id,
    district,
    assigneeId: responsibleId === null ? null : (standIns.get(responsibleId) ?? responsibleId),
    dueMs: why.dueMs ?? lookDueAt?.getTime() ?? nowMs,
  }));
}

/** Tells the next rung of tasks that are too late: one line for each unit and rung, not one for each task. */
async function remind({ parts, tx, nowMs }: Turn): Promise<number> {
  const ladder = overdueLadder();
  const first = ladder[0];
  if (first === undefined) return 0;
  const late = (await listLate(tx, nowMs, first.afterDays))
    .map((task) => ({ task, rung: rungOf(ladder, task.dueAt.getTime(), nowMs) }))
    .filter(({ task, rung }) => rung > task.rung);
  const groups = Map.groupBy(
    late,
    ({ task, rung }) => `${rung} ${unitToTell(parts, task, ladder.find((step) => step.rung === rung)?.to) ?? ''}`,
  );
  for (const [key, group] of groups) {
    const [rung = '', unitId = ''] = key.split(' ');
    await tellUnit(tx, { rung: Number(rung), unitId, tasks: group.map(({ task }) => task), nowMs });
  }
  return late.length;
}

function unitToTell(
  { territory }: InspectionsParts,
  { unitId, path }: LateTask,
  to: 'unit_lead' | 'street' | undefined,
): string | undefined {
  const street = path.find((code) => territory.area(code)?.tier === 'street');
  if (to === 'street') return street === undefined ? undefined : territory.receiverOf(street)?.id;
  const community = path.find((code) => territory.area(code)?.tier === 'community');
  return unitId ?? (community === undefined ? undefined : territory.receiverOf(community)?.id);
}

async function tellUnit(
  tx: Tx,
  { rung, unitId, tasks, nowMs }: { rung: number; unitId: string; tasks: readonly LateTask[]; nowMs: number },
): Promise<void> {
  const [first] = tasks;
  if (first === undefined) return;
  await raiseRung(
    tx,
    tasks.map(({ id }) => id),
    rung,
  );
  await append(tx, {
    actor: program,
    action: 'inspection.overdue',
    subject: { type: 'inspection_task', id: first.id },
    district: first.district,
    atMs: nowMs,
    data: {
      rung,
      notifyUnitId: unitId === '' ? null : unitId,
      areaCode: first.path.at(2) ?? first.district,
      count: tasks.length,
      pointIds: tasks.slice(0, told).map(({ pointId }) => pointId),
    },
    audience: unitId === '' ? [`a:${first.district}`] : [`u:${unitId}`],
  });
}
