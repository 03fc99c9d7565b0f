import { sql } from 'kysely';
import type { ForceRole } from '#contract/force-views.ts';
import type { Tx } from '#server/db/pool.ts';
import type { Scope } from '#server/db/scope.ts';
import type { Repeating } from './rules.ts';

export interface AskedRow extends Repeating {
  id: string;
  unitId: string;
  byId: string;
  title: string;
  words: string;
  source: string;
  legalBase: string;
  roles: ForceRole[];
  minutes: number;
  photos: number;
  fields: string[];
  askedAt: Date;
  renews: string | null;
  withdrawnAt: Date | null;
}

export interface AnswerRow {
  taskId: string;
  areaCode: string;
  path: string[];
  state: 'waiting' | 'accepted' | 'refused';
  reason: string;
  answeredAt: Date | null;
}

const columns = sql`t.id, t.unit_id as "unitId", t.by_id as "byId", t.title, t.words, t.source, t.legal_base as "legalBase", t.roles,
  t.every, t.minutes, t.photos, t.fields, t.asked_at as "askedAt", t.due_day as "dueDay", t.last_day as "lastDay", t.renews,
  t.withdrawn_at as "withdrawnAt"`;
const seen = ({ seeAll, areas, units }: Scope) =>
  seeAll ? sql`true` : sql`(t.reach && ${[...areas]}::text[] or t.unit_id = any (${[...units]}::uuid[]))`;

/**
 * Newest first; `fromDay` leaves out what ended before it. Besides what the scope reaches: what was asked of an area that
 * contains one of the viewer's (`above`), because it falls on them.
 */
export async function listAsked(
  tx: Tx,
  scope: Scope,
  { fromDay, above }: { fromDay: string | null; above: readonly string[] },
): Promise<AskedRow[]> {
  const onThem = sql`exists (select 1 from asked_task_answer n where n.task_id = t.id and n.area_code = any (${[...above]}::text[]))`;
  const from = fromDay === null ? sql`true` : sql`t.last_day >= ${fromDay}::date and t.withdrawn_at is null`;
  const { rows } =
    await sql<AskedRow>`select ${columns} from asked_task t where (${seen(scope)} or ${onThem}) and ${from}
    order by t.asked_at desc, t.id desc limit 300`.execute(tx.db);
  return rows;
}

export async function lockAsked(tx: Tx, scope: Scope, id: string): Promise<AskedRow | undefined> {
  const { rows } = await sql<AskedRow>`select ${columns} from asked_task t where t.id = ${id} and ${seen(scope)}
    for update of t`.execute(tx.db);
  return rows[0];
}

export async function listAnswers(tx: Tx, taskIds: readonly string[]): Promise<Map<string, AnswerRow[]>> {
  if (taskIds.length === 0) return new Map();
  const { rows } = await sql<AnswerRow>`select task_id as "taskId", area_code as "areaCode", path, state, reason,
    answered_at as "answeredAt" from asked_task_answer where task_id = any (${[...taskIds]}::uuid[]) order by area_code`.execute(
    tx.db,
  );
  return Map.groupBy(rows, ({ taskId }) => taskId);
}

export async function insertAsked(
  tx: Tx,
  task: Omit<AskedRow, 'askedAt' | 'withdrawnAt'> & {
    reach: readonly string[];
    district: string;
    known: readonly string[];
    nowMs: number;
    areas: readonly { code: string; path: readonly string[] }[];
  },
): Promise<void> {
  await tx.db
    .insertInto('asked_task')
    .values({
      id: task.id,
      unit_id: task.unitId,
      by_id: task.byId,
      reach: [...task.reach],
      district: task.district,
      title: task.title,
      words: task.words,
      source: task.source,
      legal_base: task.legalBase,
      roles: [...task.roles],
      every: task.every,
      minutes: task.minutes,
      photos: task.photos,
      fields: [...task.fields],
      known: [...task.known],
      asked_at: new Date(task.nowMs),
      due_day: task.dueDay,
      last_day: task.lastDay,
      renews: task.renews,
    })
    .execute();
  await tx.db
    .insertInto('asked_task_answer')
    .values(
      task.areas.map(({ code, path }) => ({
        task_id: task.id,
        area_code: code,
        path: [...path],
        unit_id: task.unitId,
        state: 'waiting',
      })),
    )
    .execute();
}

export async function saveAnswer(
  tx: Tx,
  answer: {
    taskId: string;
    areaCode: string;
    state: 'accepted' | 'refused';
    reason: string;
    byId: string;
    nowMs: number;
  },
): Promise<void> {
  await tx.db
    .updateTable('asked_task_answer')
    .set({ state: answer.state, reason: answer.reason, answered_by: answer.byId, answered_at: new Date(answer.nowMs) })
    .where('task_id', '=', answer.taskId)
    .where('area_code', '=', answer.areaCode)
    .execute();
}

export async function saveWithdrawn(tx: Tx, id: string, nowMs: number): Promise<void> {
  await tx.db
    .updateTable('asked_task')
    .set((eb) => ({ withdrawn_at: new Date(nowMs), version: eb('version', '+', 1) }))
    .where('id', '=', id)
    .execute();
}

export interface AcceptedTask extends Repeating {
  id: string;
  title: string;
  areaCode: string;
  roles: ForceRole[];
  minutes: number;
  photos: number;
}

/** Accepted for one of these areas and alive at some day of the span. */
export async function listAccepted(
  tx: Tx,
  areas: readonly string[],
  span: { from: string; to: string },
): Promise<AcceptedTask[]> {
  if (areas.length === 0) return [];
  const { rows } = await sql<AcceptedTask>`
    select t.id, t.title, n.area_code as "areaCode", t.roles, t.every, t.minutes, t.photos, t.due_day as "dueDay",
      t.last_day as "lastDay"
    from asked_task_answer n join asked_task t on t.id = n.task_id
    where n.state = 'accepted' and n.area_code = any (${[...areas]}::text[]) and t.withdrawn_at is null
      and t.last_day >= ${span.from}::date and t.due_day <= ${span.to}::date
    order by t.due_day, t.id`.execute(tx.db);
  return rows;
}

export interface AliveRow extends Repeating {
  id: string;
  unitId: string;
  byId: string;
  roles: ForceRole[];
  dueTold: string | null;
}

/** Tasks neither withdrawn nor ended yet, locked; those another process looks at are left to it. */
export async function lockAlive(tx: Tx): Promise<AliveRow[]> {
  const { rows } = await sql<AliveRow>`select t.id, t.unit_id as "unitId", t.by_id as "byId", t.roles, t.every,
      t.due_day as "dueDay", t.last_day as "lastDay", t.due_told as "dueTold"
    from asked_task t where t.withdrawn_at is null and t.expired_at is null order by t.id for update skip locked`.execute(
    tx.db,
  );
  return rows;
}

export async function saveExpired(tx: Tx, id: string, nowMs: number): Promise<void> {
  await tx.db
    .updateTable('asked_task')
    .set((eb) => ({ expired_at: new Date(nowMs), version: eb('version', '+', 1) }))
    .where('id', '=', id)
    .execute();
}

export async function saveDueTold(tx: Tx, id: string, day: string): Promise<void> {
  await tx.db.updateTable('asked_task').set({ due_told: day }).where('id', '=', id).execute();
}
