/** What the ticker asks and changes, many rows to a statement. */
import { sql } from 'kysely';
import type { Tx } from '#server/db/pool.ts';
import type { RunningEffect } from '#server/modules/warnings/index.ts';

/** A point somebody should look at. */
export interface PointToLook {
  id: string;
  district: string;
  path: string[];
  unitId: string | null;
  responsibleId: string | null;
  lookDueAt: Date | null;
}

const point = sql`p.id, p.district, p.path, p.unit_id as "unitId", p.responsible_id as "responsibleId", p.look_due_at as "lookDueAt"`;

/** Points in use that are due before `endMs` and have no open task. */
export async function listDuePoints(tx: Tx, endMs: number): Promise<PointToLook[]> {
  const { rows } = await sql<PointToLook>`select ${point} from risk_point p
    where p.retired_at is null and p.look_due_at < ${iso(endMs)}::timestamptz
      and not exists (select from inspection_task t where t.point_id = p.id and t.state = 'open')
    order by p.code`.execute(tx.db);
  return rows;
}

/**
 * Points that a warning means and nobody has looked at since it was switched on; without those that this warning has asked
 * for before, or another one asks for now.
 */
export async function listPointsOfRun(tx: Tx, { id, target, areas, onAt }: RunningEffect): Promise<PointToLook[]> {
  const { rows } = await sql<PointToLook>`select ${point} from risk_point p
    where p.retired_at is null and p.path && ${[...areas]}::text[] and (${target} = '*' or p.kind = ${target})
      and (p.last_look_at is null or p.last_look_at < ${onAt.toISOString()}::timestamptz)
      and not exists (select from inspection_task t where t.point_id = p.id
        and (t.run_id = ${id} or (t.state = 'open' and t.reason = 'warning')))
    order by p.code`.execute(tx.db);
  return rows;
}

/** Withdraws open tasks of warnings that are not among those still on. */
export async function withdrawEnded(
  tx: Tx,
  running: readonly string[],
  nowMs: number,
): Promise<{ runId: string; district: string; tasks: number }[]> {
  const { rows } = await sql<{ runId: string; district: string; tasks: number }>`
    with ended as (
      update inspection_task set state = 'withdrawn', ended_at = ${iso(nowMs)}, version = version + 1
      where state = 'open' and reason = 'warning' and not (run_id = any(${[...running]}::uuid[]))
      returning run_id, district
    )
    select run_id as "runId", district, count(*)::int as tasks from ended group by 1, 2 order by 1, 2`.execute(tx.db);
  return rows;
}

/** Open tasks follow their points: the time of one asked by its cycle, and none for a point off the list or not yet due. */
export async function settleCycleTasks(
  tx: Tx,
  endMs: number,
  nowMs: number,
): Promise<{ withdrawn: number; changed: number }> {
  const gone =
    await sql`update inspection_task t set state = 'withdrawn', ended_at = ${iso(nowMs)}, version = t.version + 1
    from risk_point p where p.id = t.point_id and t.state = 'open'
      and (p.retired_at is not null or (t.reason = 'cycle' and p.look_due_at >= ${iso(endMs)}::timestamptz))`.execute(
      tx.db,
    );
  const moved = await sql`update inspection_task t set due_at = p.look_due_at, version = t.version + 1
    from risk_point p where p.id = t.point_id and t.state = 'open' and t.reason = 'cycle' and t.due_at <> p.look_due_at`.execute(
    tx.db,
  );
  const withdrawn = Number(gone.numAffectedRows ?? 0n);
  return { withdrawn, changed: withdrawn + Number(moved.numAffectedRows ?? 0n) };
}

export interface LateTask {
  id: string;
  pointId: string;
  district: string;
  dueAt: Date;
  rung: number;
  unitId: string | null;
  path: string[];
}

/** Open tasks that were due `days` ago or longer. */
export async function listLate(tx: Tx, nowMs: number, days: number): Promise<LateTask[]> {
  const before = iso(nowMs - days * 86_400_000);
  const { rows } = await sql<LateTask>`select t.id, t.point_id as "pointId", t.district, t.due_at as "dueAt", t.rung,
      p.unit_id as "unitId", p.path
    from inspection_task t join risk_point p on p.id = t.point_id
    where t.state = 'open' and t.due_at <= ${before}::timestamptz order by t.due_at, t.id`.execute(tx.db);
  return rows;
}

export async function raiseRung(tx: Tx, ids: readonly string[], rung: number): Promise<void> {
  await sql`update inspection_task set rung = ${rung}, version = version + 1
    where id = any(${[...ids]}::uuid[])`.execute(tx.db);
}

function iso(ms: number): string {
  return new Date(ms).toISOString();
}
