import { createHash } from 'node:crypto';
import type { inspectionRoutes } from '#contract/inspections.ts';
import type { Input, Output } from '#contract/route.ts';
import { toIso } from '#kit/clock.ts';
import { AppError } from '#kit/errors.ts';
import { uuidV7 } from '#kit/ids.ts';
import type { Tx } from '#server/db/pool.ts';
import { systemScope } from '#server/db/scope.ts';
import { findRiskPoint, noteLook, type RiskPoint } from '#server/modules/grids/index.ts';
import { grantsFor, scopeFor, senderOf, type Actor, type Grant } from '#server/modules/identity/index.ts';
import { once } from '#server/modules/ledger/index.ts';
import { answered, type Answered } from './dictionaries.ts';
import type { InspectionsParts } from './parts.ts';
import { recordLook } from './record.ts';
import { followUpDue, lookedAt, nextDue, ruleFor, type Rule } from './rules.ts';
import { insertLook } from './store-look.ts';
import { listRules } from './store-rule.ts';
import { endTask, findOpenTask, findTask, insertTasks, type TaskRow } from './store-task.ts';

type Body = Input<typeof inspectionRoutes.record>['body'];
type Answer = Output<typeof inspectionRoutes.record>;
type Reporting = Awaited<ReturnType<InspectionsParts['events']['joinReport']>>;

/** What is known before anything is written. */
interface Seen {
  point: RiskPoint;
  /** The task that was named; it may have ended meanwhile: a look is a look. */
  task: TaskRow | undefined;
  grant: Grant;
}

/**
 * Writes down a look, once per opId: the look, its photos, the end of the point's open task, the next time, a second look
 * after a finding, and the event of the finding, all in one transaction. A finding that could hurt people today opens the
 * plan of the point afterwards.
 * @throws AppError not_found when the task or point is not the actor's to inspect; bad_input
 */
export async function recordInspection(
  parts: InspectionsParts,
  actor: Actor,
  where: { taskId: string } | { pointId: string },
  body: Body,
): Promise<Answer> {
  const seen = await see(parts, actor, where);
  const answers = answered(seen.point.kind, body.answers);
  const report = await joinFinding(parts, actor, seen.point, body);
  const op = { opId: body.opId, actor: senderOf(actor), route: 'inspection.record', request: { ...where, ...body } };
  const { plan, ...answer } = await once(parts.database, systemScope, op, (tx) =>
    write(parts, tx, { actor, seen, body, answers, report }),
  );
  if (plan !== null && answer.eventId !== null) await openPlan(parts, answer.eventId, plan, body.opId);
  return answer;
}

async function see(
  { database }: InspectionsParts,
  actor: Actor,
  where: { taskId: string } | { pointId: string },
): Promise<Seen> {
  const scope = scopeFor(actor, 'inspection.do');
  const found = await database.read(scope, async (tx) => {
    const task = 'taskId' in where ? await findTask(tx, where.taskId) : undefined;
    const pointId = 'pointId' in where ? where.pointId : task?.pointId;
    return { task, point: pointId === undefined ? undefined : await findRiskPoint(tx, scope, pointId) };
  });
  const { point, task } = found;
  const reach = point === undefined ? [] : grantsFor(actor, 'inspection.do', reachOf(point));
  const grant = reach.toSorted((a, b) => (b.areaCode?.length ?? 0) - (a.areaCode?.length ?? 0))[0];
  if (point === undefined || grant === undefined)
    throw new AppError('not_found', 'There is no such risk point or task, or it is not yours to look at.');
  return { point, task, grant };
}

const reachOf = ({ path, unitId }: RiskPoint) => ({ path, units: unitId === null ? [] : [unitId] });

async function joinFinding(
  { events }: InspectionsParts,
  actor: Actor,
  point: RiskPoint,
  { opId, at, finding, attachments }: Body,
): Promise<Reporting | undefined> {
  if (finding === undefined) return undefined;
  return events.joinReport(actor, {
    opId,
    ...(at === undefined ? {} : { at }),
    categoryCode: finding.categoryCode,
    title: '',
    description: finding.words,
    lon: point.lon,
    lat: point.lat,
    placeWords: point.placeWords === '' ? point.name : point.placeWords,
    areaCode: point.areaCode,
    ...(finding.priority === undefined ? {} : { priority: finding.priority }),
    attachments,
    channel: 'patrol',
    sourceRef: `risk:${point.code}:${opId}`,
  });
}

interface Writing {
  actor: Actor;
  seen: Seen;
  body: Body;
  answers: readonly Answered[];
  report: Reporting | undefined;
}

async function write(
  parts: InspectionsParts,
  tx: Tx,
  { actor, seen, body, answers, report }: Writing,
): Promise<Answer & { plan: string | null }> {
  const nowMs = parts.clock.now();
  const id = uuidV7(nowMs);
  const point = await findRiskPoint(tx, systemScope, seen.point.id, 'lock');
  if (point === undefined) throw new AppError('not_found', 'There is no such risk point.');
  const open = await findOpenTask(tx, point.id, true);
  const atMs = lookedAt(body.at, nowMs);
  await parts.events.photos.claimFor(tx, {
    subjectType: 'inspection',
    subjectId: id,
    claims: body.attachments,
    actor,
  });
  const event = report === undefined ? undefined : await report(tx);
  const taskId = seen.task?.id ?? open?.id ?? null;
  await insertLook(tx, {
    id,
    pointId: point.id,
    taskId,
    district: point.district,
    atMs,
    recordedMs: nowMs,
    accountId: actor.accountId,
    unitId: seen.grant.unitId,
    result: body.result,
    answers,
    note: body.note,
    eventId: event?.id ?? null,
  });
  if (body.result !== 'not_reachable')
    await settle(tx, {
      point,
      open,
      named: seen.task?.id,
      result: body.result,
      atMs,
      nowMs,
      rule: ruleFor(await listRules(tx), point),
    });
  const ledgerId = await recordLook(tx, actor, point, {
    id,
    unitId: seen.grant.unitId,
    opId: body.opId,
    atMs: nowMs,
    data: {
      taskId,
      result: body.result,
      notOk: answers.filter(({ ok }) => !ok).map(({ code }) => code),
      photos: body.attachments.length,
      eventId: event?.id ?? null,
      ...(event === undefined ? {} : { number: event.number }),
      ...(atMs === nowMs ? {} : { happenedAt: toIso(atMs) }),
    },
    words: { note: body.note },
  });
  const state = taskId === null ? null : ((await findTask(tx, taskId))?.state ?? null);
  const grave = body.finding?.priority !== undefined && body.finding.priority <= 1;
  return {
    id,
    state,
    at: toIso(nowMs),
    ledgerId,
    eventId: event?.id ?? null,
    eventNumber: event?.number ?? null,
    number: point.code,
    status: event?.status ?? null,
    plan: grave ? point.planCode : null,
  };
}

interface Settling {
  point: RiskPoint;
  open: TaskRow | undefined;
  /** The task that the look answers by name. */
  named: string | undefined;
  result: 'fine' | 'finding';
  atMs: number;
  nowMs: number;
  rule: Rule;
}

/** What a look that reached the point brings with it. */
async function settle(tx: Tx, { point, open, named, result, atMs, nowMs, rule }: Settling): Promise<void> {
  // What a phone sends late does not answer what was asked after the look.
  if (open !== undefined && (open.id === named || open.createdAt.getTime() <= atMs))
    await endTask(tx, open.id, 'done', nowMs);
  await noteLook(tx, point.id, { atMs, result, dueMs: nextDue(atMs, point.cycleDays, rule) });
  if (result !== 'finding' || point.retiredAt !== null) return;
  const task = {
    id: uuidV7(nowMs),
    pointId: point.id,
    district: point.district,
    reason: 'follow_up' as const,
    reasonWords: '',
    runId: null,
    assigneeId: point.responsibleId,
    dueMs: followUpDue(atMs, rule),
  };
  await insertTasks(tx, [task], nowMs);
}

/** The event stands whatever becomes of its plan: a plan that is no longer in force is told to whoever runs the program. */
async function openPlan(parts: InspectionsParts, eventId: string, planCode: string, opId: string): Promise<void> {
  const own = createHash('sha256').update(`${opId} plan`).digest('hex');
  const planOp = `${own.slice(0, 8)}-${own.slice(8, 12)}-5${own.slice(13, 16)}-8${own.slice(17, 20)}-${own.slice(20, 32)}`;
  await parts
    .openPlan?.({ eventId, planCode, opId: planOp })
    .catch((error: unknown) => parts.report?.('inspections.plan', error));
}
