import type { EventStatus, Verb } from '#contract/events-words.ts';
import type { Permission } from '#contract/route.ts';
import { AppError } from '#kit/errors.ts';
import { isAbove } from '#kit/tiers.ts';
import { grantsFor, type Actor, type Grant } from '#server/modules/identity/index.ts';
import type { Attempt, Decision, EventFacts, TaskFacts, UnitOf } from './facts.ts';
import { asks, needs } from './rules-needs.ts';
import { table, type Row, type Who } from './rules-table.ts';

const rows = new Map<Verb, Row>(table.map((row) => [row.verb, row]));

/** The row of a verb. @throws Error for verbs that make events (report, self_handle): they have no row. */
export function rowOf(verb: Verb): Row {
  const row = rows.get(verb);
  if (row === undefined) throw new Error(`The transition table has no row for "${verb}".`);
  return row;
}

/**
 * May this actor, from this state, do this, now? Answers what the event becomes and under which appointment it is done.
 * Order of questions: task exists → person → state → laws → what the request must bring.
 * @throws AppError with the code of the first refusal; `transition_not_allowed` carries status, version and what is allowed.
 */
export function decide(facts: EventFacts, attempt: Attempt, unitOf: UnitOf): Decision {
  const decision = judge(facts, attempt, unitOf, true);
  if (decision instanceof AppError) throw decision;
  return decision;
}

/** Verbs this actor may use now (and on which task): the same rules, without asking what the form would bring. */
export function allowedVerbs(
  facts: EventFacts,
  who: Pick<Attempt, 'actor' | 'nowMs' | 'byReceipt'>,
  unitOf: UnitOf,
): { verb: Verb; taskId: string | null }[] {
  return table.flatMap((row) => {
    if (row.who === 'program' && row.reporter === undefined) return [];
    const targets = row.task === undefined ? [null] : facts.tasks.map((task) => task.id);
    return targets
      .filter((taskId) => !(judge(facts, { ...who, verb: row.verb, taskId }, unitOf, false) instanceof AppError))
      .map((taskId) => ({ verb: row.verb, taskId }));
  });
}

function judge(facts: EventFacts, attempt: Attempt, unitOf: UnitOf, askForm: boolean): Decision | AppError {
  const row = rowOf(attempt.verb);
  const task = row.task === undefined ? null : facts.tasks.find((one) => one.id === attempt.taskId);
  if (task === undefined) return new AppError('not_found', 'No such task at this event, or not yours to see.');
  const grants = whoMay(row, facts, attempt, task, unitOf);
  if (grants.length === 0) {
    return new AppError(
      'not_allowed',
      `None of your appointments may "${attempt.verb}" this event: it belongs to another desk or unit.`,
      { verb: attempt.verb },
    );
  }
  const refusals: AppError[] = [];
  for (const grant of grants) {
    const refusal = refuse(row, facts, attempt, grant, task, askForm);
    if (refusal === undefined) return { to: toStatus(row, facts, attempt, task), grant, task };
    refusals.push(refusal);
  }
  return refusals[0] ?? new AppError('internal', 'No appointment was judged.');
}

function refuse(
  row: Row,
  facts: EventFacts,
  attempt: Attempt,
  grant: Grant | null,
  task: TaskFacts | null,
  askForm: boolean,
): AppError | undefined {
  const ask = { facts, attempt, grant, task };
  // Law 4 first: "tasks are open" says more than "wrong state".
  if (row.needs?.includes('tasks_finished') === true) {
    const open = needs.tasks_finished(ask);
    if (open !== undefined) return open;
  }
  const wrong = wrongState(row, facts, task);
  if (wrong !== undefined) return wrong;
  for (const need of row.needs ?? []) {
    const refusal = needs[need](ask);
    if (refusal !== undefined) return refusal;
  }
  for (const word of askForm ? (row.asks ?? []) : []) {
    const refusal = asks[word](ask);
    if (refusal !== undefined) return refusal;
  }
  return undefined;
}

function wrongState(row: Row, facts: EventFacts, task: TaskFacts | null): AppError | undefined {
  const now = { status: facts.status, version: facts.version, verb: row.verb };
  if (!row.from.includes(facts.status)) {
    return new AppError(
      'transition_not_allowed',
      `"${row.verb}" is done from ${row.from.join(', ')}; this event is ${facts.status}.`,
      now,
    );
  }
  if (task === null || row.task === undefined) return undefined;
  if (!row.task.states.includes(task.status) || (row.task.part !== undefined && row.task.part !== task.part)) {
    return new AppError(
      'transition_not_allowed',
      `"${row.verb}" is done on ${row.task.part ?? 'any'} tasks that are ${row.task.states.join(' or ')}; this is ${task.part}, ${task.status}.`,
      {
        ...now,
        taskStatus: task.status,
      },
    );
  }
  return undefined;
}

function toStatus(row: Row, facts: EventFacts, attempt: Attempt, task: TaskFacts | null): EventStatus {
  return typeof row.to === 'function' ? row.to(facts, attempt, task) : row.to;
}

/** The appointments that allow it, most specific first; `null` stands for the reporter and for the program. */
function whoMay(
  row: Row,
  facts: EventFacts,
  attempt: Attempt,
  task: TaskFacts | null,
  unitOf: UnitOf,
): (Grant | null)[] {
  const { actor } = attempt;
  if (actor.kind === 'system') return [null];
  const isReporter =
    attempt.byReceipt === true || (actor.accountId !== null && facts.reporters.includes(actor.accountId));
  const reach = { path: facts.path, units: [facts.ownerUnitId, ...facts.tasks.map((one) => one.unitId)] };
  const grants =
    row.permission === null || row.who === 'program'
      ? []
      : grantsFor(actor, row.permission, reach).filter(
          (grant) => withinLink(row, grant, attempt.taskId) && related(row.who, facts, grant, task, unitOf),
        );
  const specific = grants.toSorted((a, b) => weight(b, facts, task) - weight(a, facts, task));
  return row.reporter === true && isReporter ? [...specific, null] : specific;
}

/** The unit that holds the task or the event acts before one that merely covers the place; a smaller area before a larger. */
function weight(grant: Grant, facts: Place, task: TaskFacts | null): number {
  const own = grant.unitId === task?.unitId ? 200 : grant.unitId === facts.ownerUnitId ? 100 : 0;
  return own + (grant.areaCode?.length ?? 0);
}

/** Behind a signed link: acts on its own task only. What belongs to no task is not for it. */
function withinLink(row: Row, grant: Grant, taskId: string | null | undefined): boolean {
  return grant.taskId === undefined || ((row.who === 'holder' || row.verb === 'note') && grant.taskId === taskId);
}

type Place = Pick<EventFacts, 'ownerUnitId' | 'tier' | 'path' | 'tasks'>;

/** The appointment by which the actor stands to the event as `who` and carries the word: for the room around it. */
export function standing(
  facts: Place,
  actor: Actor,
  permission: Permission,
  who: Who,
  unitOf: UnitOf,
): Grant | undefined {
  const reach = { path: facts.path, units: [facts.ownerUnitId, ...facts.tasks.map((one) => one.unitId)] };
  return grantsFor(actor, permission, reach)
    .filter((grant) => related(who, facts, grant, null, unitOf))
    .toSorted((a, b) => weight(b, facts, null) - weight(a, facts, null))[0];
}

function related(who: Who, facts: Place, grant: Grant, task: TaskFacts | null, unitOf: UnitOf): boolean {
  const owns = grant.unitId === facts.ownerUnitId;
  const leads = facts.tasks.some(
    (one) =>
      one.part === 'lead' && one.unitId === grant.unitId && (one.status === 'accepted' || one.status === 'on_site'),
  );
  switch (who) {
    case 'field':
      return true;
    case 'owner':
      return owns;
    case 'desk':
      return owns || standsAbove(facts, grant, unitOf);
    case 'holder':
      return task !== null && task.unitId === grant.unitId;
    case 'joint':
      return owns || leads || standsAbove(facts, grant, unitOf);
    case 'push':
      return owns || leads;
    case 'program':
      return false;
  }
}

function standsAbove(facts: Place, grant: Grant, unitOf: UnitOf): boolean {
  const unit = unitOf(grant.unitId);
  return (
    unit !== undefined && unit.kind === 'centre' && isAbove(unit.tier, facts.tier) && facts.path.includes(unit.areaCode)
  );
}
