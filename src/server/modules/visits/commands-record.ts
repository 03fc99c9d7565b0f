import type { Input, Output } from '#contract/route.ts';
import type { VisitForm, visitRoutes } from '#contract/visits.ts';
import { toIsoDate } from '#engine/worktime/days.ts';
import { toIso } from '#kit/clock.ts';
import { AppError } from '#kit/errors.ts';
import { uuidV7 } from '#kit/ids.ts';
import type { Tx } from '#server/db/pool.ts';
import { systemScope } from '#server/db/scope.ts';
import { ledgerActorOf, grantsFor, scopeFor, senderOf, type Actor } from '#server/modules/identity/index.ts';
import { append, once } from '#server/modules/ledger/index.ts';
import { openForDuty } from '#server/modules/people/index.ts';
import { formWords } from './dictionary.ts';
import { opIdOf } from './ladder.ts';
import type { VisitParts } from './parts.ts';
import { afterRecord, ladderOf, limitMs, type Recorded, type Rule } from './rules.ts';
import { applyChanges, changedFields, firstForm, isMajor, newlyMissing, tagsOfForm } from './rules-form.ts';
import { dayOf } from './rules-plan.ts';
import { openForm, sealForm, sealText } from './sealing.ts';
import { listRules } from './store-rule.ts';
import { findTask, insertVisit, listKnown, savePerson, saveRecorded, type StoredTask } from './store-task.ts';

type Route = typeof visitRoutes.record;
type Body = Input<Route>['body'];

/**
 * Records one try. The task is looked for through the right to visit as it is now, so an offline record is judged when it
 * arrives. Whatever it raises becomes an event in the same transaction.
 * @throws AppError not_found; version_conflict when somebody recorded it first; bad_input
 */
export async function recordVisit(parts: VisitParts, actor: Actor, id: string, body: Body): Promise<Output<Route>> {
  const scope = scopeFor(actor, 'visit.do');
  const report = body.raise === undefined ? undefined : await prepareRaise(parts, actor, id, body);
  const op = { opId: body.opId, actor: senderOf(actor), route: 'visits.record', request: { id, body } };
  // Everything is in sight of this transaction, for the event's sake: the task alone is asked for through the scope.
  return once(parts.database, systemScope, op, async (tx) => {
    const task = openTask(await findTask(tx, scope, id, true), body);
    const nowMs = parts.clock.now();
    const atMs = happenedAt(body.at, task, nowMs);
    const rules = await listRules(tx);
    const to = afterRecord(
      ladderOf(rules),
      { state: task.state, rung: task.rung, missedMs: task.missedAt?.getTime() ?? null },
      { method: body.method, outcome: body.outcome, atMs },
    );
    const visitId = uuidV7(nowMs);
    const form = await formAfter(parts, tx, task, body.changes ?? {});
    refuseEmptyChange(body, form.changed.length > 0);
    await parts.events.photos.claimFor(tx, {
      subjectType: 'visit',
      subjectId: visitId,
      claims: body.attachments,
      actor,
    });
    const event = report === undefined ? undefined : await report(tx);
    const work: Work = {
      parts,
      tx,
      actor,
      body,
      task,
      visitId,
      atMs,
      nowMs,
      rules,
      to,
      form,
      eventId: event?.id ?? null,
    };
    await save(work);
    const how = meetingBy[body.method];
    if (to.seen && how !== null) await parts.met(tx, { personId: task.personId, how, atMs });
    await tellMissing(work);
    const ledgerId = await tell(work);
    return {
      id,
      state: to.state,
      at: toIso(atMs),
      ledgerId,
      next: to.nextTryMs === null ? null : { at: toIso(to.nextTryMs), rung: to.rung },
      eventId: event?.id ?? null,
      eventNumber: event?.number ?? null,
      number: toIsoDate(dayOf(atMs)),
      status: event?.status ?? null,
    };
  });
}

/** Only what somebody said who was there to say it. */
async function tellMissing({ parts, tx, task, visitId, atMs, to, form }: Work): Promise<void> {
  const { areaCode, tags } = task;
  if (to.seen && form.missing.length > 0)
    await parts.missed(tx, { visitId, classCodes: form.missing, areaCode, tags, atMs });
}

/** How a household was reached by each way of visiting; a neighbour's word is no meeting. */
const meetingBy = { home: 'home', phone: 'phone', video: 'phone', neighbour: null } as const;

interface Work {
  parts: VisitParts;
  tx: Tx;
  actor: Actor;
  body: Body;
  task: StoredTask;
  visitId: string;
  atMs: number;
  nowMs: number;
  rules: readonly Rule[];
  to: Recorded;
  form: FormAfter;
  eventId: string | null;
}

function openTask(task: StoredTask | undefined, body: Body): StoredTask {
  if (task === undefined)
    throw new AppError(
      'not_found',
      'There is no such visit, or it is not yours any more. Load the list of today again.',
    );
  if (task.endedAt !== null)
    throw new AppError(
      'version_conflict',
      task.state === 'done'
        ? 'Somebody recorded this visit already. Yours was not saved; keep your note until you have compared.'
        : 'This visit was withdrawn, its reason has ended. Record it with the next one if you went all the same.',
      { state: task.state, at: task.endedAt.toISOString() },
    );
  // Two colleagues who both found nobody are one try, not two rungs.
  const stale = body.seenVersion !== undefined && body.seenVersion !== task.version;
  if (stale && body.outcome === 'no_answer' && task.rung > 0)
    throw new AppError(
      'version_conflict',
      'Somebody recorded meanwhile that nobody answered. Load it again: the next step may be another.',
      { state: task.state, rung: task.rung },
    );
  return task;
}

/** When it really happened, as far as that is possible: not after now, not before the task was there. */
function happenedAt(at: string | undefined, task: StoredTask, nowMs: number): number {
  const said = at === undefined ? NaN : Date.parse(at);
  return Number.isFinite(said) && said <= nowMs && said >= task.createdAt.getTime() ? said : nowMs;
}

function refuseEmptyChange({ outcome, note, changes }: Body, changed: boolean): void {
  if (outcome !== 'changed' || changed || note !== '' || Object.keys(changes ?? {}).length > 0) return;
  throw new AppError(
    'bad_input',
    'changes: expected what changed, or a note; found neither. Or choose nothing_changed.',
    {
      field: 'changes',
    },
  );
}

interface FormAfter {
  after: VisitForm;
  changed: (keyof VisitForm)[];
  major: boolean;
  /** There were no answers yet: these are the first. */
  first: boolean;
  /** What is missing nearby and was not said before. */
  missing: string[];
}

async function formAfter(parts: VisitParts, tx: Tx, task: StoredTask, changes: Partial<VisitForm>): Promise<FormAfter> {
  const known = (await listKnown(tx, [task.personId])).get(task.personId);
  const before = openForm(parts.vault, known?.form ?? null) ?? firstForm(formWords(), task.tags);
  const after = applyChanges(formWords(), before, changes);
  const changed = changedFields(before, changes);
  return {
    after,
    changed,
    major: isMajor(formWords(), before, after),
    first: (known?.form ?? null) === null,
    missing: newlyMissing(before, after),
  };
}

async function save({
  parts,
  tx,
  actor,
  body,
  task,
  visitId,
  atMs,
  nowMs,
  rules,
  to,
  form,
  eventId,
}: Work): Promise<void> {
  const { vault } = parts;
  const ended = to.state === 'done';
  await insertVisit(
    tx,
    {
      id: visitId,
      task,
      workerId: actor.accountId,
      atMs,
      method: body.method,
      outcome: body.outcome,
      seen: to.seen,
      late: atMs > task.dueAt.getTime(),
      changed: form.changed,
      changes: form.changed.length === 0 ? null : sealForm(vault, pick(form.after, form.changed), 'visit.changes'),
      note: sealText(vault, body.note, 'visit.note'),
      eventId,
    },
    nowMs,
  );
  await saveRecorded(tx, task.id, { ...to, endedMs: ended ? atMs : null }, nowMs);
  const rewrite = form.changed.length > 0 || (form.first && to.seen);
  await savePerson(
    tx,
    {
      personId: task.personId,
      district: task.district,
      visitId,
      outcome: body.outcome,
      seenMs: to.seen ? atMs : null,
      form: rewrite ? sealForm(vault, form.after, 'visit_person.form') : null,
      countsAs: rewrite ? tagsOfForm(formWords(), form.after) : null,
      changeDueMs: form.major ? atMs + limitMs(rules, 'after_change') : null,
      heldMs: to.held ? nowMs : null,
    },
    nowMs,
  );
}

function pick(form: VisitForm, fields: readonly (keyof VisitForm)[]): Partial<VisitForm> {
  return Object.fromEntries(fields.map((field) => [field, form[field]]));
}

/** Ids, states and names of fields: nothing of what was said. */
function tell({ tx, actor, body, task, visitId, atMs, nowMs, to, form, eventId }: Work): Promise<string> {
  const grant = grantsFor(actor, 'visit.do', { path: task.path, units: [] })[0];
  return append(tx, {
    actor: ledgerActorOf(actor, grant?.unitId ?? null),
    action: 'visit.record',
    subject: { type: 'visit_task', id: task.id },
    district: task.district,
    atMs: nowMs,
    data: {
      visitId,
      areaCode: task.areaCode,
      method: body.method,
      outcome: body.outcome,
      from: task.state,
      to: to.state,
      rung: to.rung,
      reason: task.reason,
      late: atMs > task.dueAt.getTime(),
      changed: form.changed,
      major: form.major,
      photos: body.attachments.length,
      ...(atMs === nowMs ? {} : { happenedAt: toIso(atMs) }),
      ...(eventId === null ? {} : { eventId }),
    },
    audience: task.path.map((code) => `a:${code}`),
    opId: body.opId,
  });
}

/** The report that a visit makes, at the house; read through the right to visit. */
async function prepareRaise(parts: VisitParts, actor: Actor, id: string, { raise, opId, at, attachments }: Body) {
  const scope = scopeFor(actor, 'visit.do');
  const task = await parts.database.read(scope, (tx) => findTask(tx, scope, id));
  if (task === undefined || raise === undefined) return undefined; // told by the command itself
  const person = await parts.database.read(systemScope, (tx) => openForDuty(tx, parts, [task.personId]));
  const home = person.get(task.personId);
  return parts.events.joinReport(actor, {
    opId: opIdOf(opId, 'raise'),
    categoryCode: raise.categoryCode,
    title: '',
    description: raise.words,
    lon: home?.place.lon ?? null,
    lat: home?.place.lat ?? null,
    placeWords: home?.address ?? '',
    areaCode: task.areaCode,
    ...(raise.priority === undefined ? {} : { priority: raise.priority }),
    ...(at === undefined ? {} : { at }),
    attachments,
    channel: 'grid_worker',
  });
}
