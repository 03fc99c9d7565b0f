/** Writes the visits of the demo; what people said goes through the vault like everywhere. */
import { codePath } from '#engine/territory/area-code.ts';
import type { Tx } from '#server/db/pool.ts';
import { sealForm, sealText } from '#server/modules/visits/sealing.ts';
import type { Vault } from '#server/vault/vault.ts';
import { insertMany } from '../bulk.ts';
import type { DemoCare } from './make-ground.ts';
import type { DemoVisits, DemoVisitTask } from './make-visits.ts';

export async function storeVisits(tx: Tx, vault: Vault, visits: DemoVisits, nowMs: number): Promise<void> {
  await insertMany(
    tx,
    'visit_task',
    taskColumns,
    visits.tasks.map((task) => taskRow(task, nowMs)),
  );
  await insertMany(
    tx,
    'visit',
    visitColumns,
    visits.tasks.flatMap((task) => visitRows(vault, task)),
  );
  await insertMany(
    tx,
    'visit_person',
    personColumns,
    visits.people.map(({ person, form, countsAs, last, lastSeenMs, heldMs }) => ({
      person_id: person.id,
      district: placeOf(person).district,
      form: sealForm(vault, form, 'visit_person.form'),
      counts_as: countsAs,
      last_visit_id: last.id,
      last_at: new Date(lastSeenMs),
      last_outcome: last.outcome,
      held_at: orNull(heldMs),
      updated_at: new Date(last.atMs),
    })),
  );
}

const placed = { person_id: 'uuid', district: 'text', area_code: 'text', path: 'text[]' } as const;

function placeOf({ id, areaCode }: DemoCare) {
  const path = codePath(areaCode);
  return { person_id: id, district: path[1] ?? '', area_code: areaCode, path };
}

const orNull = (ms: number | null): Date | null => (ms === null ? null : new Date(ms));

const taskColumns = {
  ...placed,
  id: 'uuid',
  tags: 'text[]',
  worker_id: 'uuid',
  rule_code: 'text',
  tier: 'text',
  reason: 'text',
  reason_words: 'text',
  planned_on: 'date',
  due_at: 'timestamptz',
  base_reason: 'text',
  base_on: 'date',
  base_due_at: 'timestamptz',
  state: 'text',
  rung: 'smallint',
  missed_at: 'timestamptz',
  next_try_at: 'timestamptz',
  told_rung: 'smallint',
  ended_at: 'timestamptz',
  created_at: 'timestamptz',
  updated_at: 'timestamptz',
} as const;

function taskRow(task: DemoVisitTask, nowMs: number) {
  const { person, window, plannedOn, endedMs, missedMs, nextTryMs } = task;
  const dueAt = new Date(window.dueMs);
  const open = missedMs === null ? 'due' : 'no_answer';
  return {
    ...placeOf(person),
    id: task.id,
    tags: person.tags,
    worker_id: person.responsibleId,
    rule_code: window.ruleCode,
    tier: window.tier,
    reason: open === 'no_answer' && endedMs === null ? 'no_answer' : window.reason,
    reason_words: window.ruleName,
    planned_on: plannedOn,
    due_at: dueAt,
    base_reason: window.reason,
    base_on: plannedOn,
    base_due_at: dueAt,
    state: endedMs === null ? open : 'done',
    rung: task.rung,
    missed_at: orNull(missedMs),
    next_try_at: orNull(nextTryMs),
    told_rung: endedMs === null && missedMs !== null ? 1 : 0,
    ended_at: orNull(endedMs),
    created_at: new Date(Math.min(window.dueMs - 86_400_000, endedMs ?? nowMs, missedMs ?? nowMs)),
    updated_at: new Date(endedMs ?? missedMs ?? nowMs),
  };
}

const visitColumns = {
  ...placed,
  id: 'uuid',
  task_id: 'uuid',
  worker_id: 'uuid',
  at: 'timestamptz',
  method: 'text',
  outcome: 'text',
  seen: 'bool',
  reason: 'text',
  tier: 'text',
  rung: 'smallint',
  due_at: 'timestamptz',
  late: 'bool',
  changed: 'text[]',
  changes: 'bytea',
  note: 'bytea',
  created_at: 'timestamptz',
} as const;

function visitRows(vault: Vault, { id, person, window, tries }: DemoVisitTask) {
  return tries.map((one) => {
    const changed = Object.keys(one.changes);
    return {
      ...placeOf(person),
      id: one.id,
      task_id: id,
      worker_id: person.responsibleId,
      at: new Date(one.atMs),
      method: one.method,
      outcome: one.outcome,
      seen: one.seen,
      reason: window.reason,
      tier: window.tier,
      rung: one.rung,
      due_at: new Date(window.dueMs),
      late: one.atMs > window.dueMs,
      changed,
      changes: changed.length === 0 ? null : sealForm(vault, one.changes, 'visit.changes'),
      note: sealText(vault, one.note, 'visit.note'),
      created_at: new Date(one.atMs),
    };
  });
}

const personColumns = {
  person_id: 'uuid',
  district: 'text',
  form: 'bytea',
  counts_as: 'text[]',
  last_visit_id: 'uuid',
  last_at: 'timestamptz',
  last_outcome: 'text',
  held_at: 'timestamptz',
  updated_at: 'timestamptz',
} as const;
