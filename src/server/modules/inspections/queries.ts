import * as z from 'zod';
import type { inspectionRoutes } from '#contract/inspections.ts';
import type { Input, Output } from '#contract/route.ts';
import { AppError } from '#kit/errors.ts';
import { systemScope, type Scope } from '#server/db/scope.ts';
import { findRiskPoint, type RiskPoint } from '#server/modules/grids/index.ts';
import { grantsFor, scopeFor, type Actor } from '#server/modules/identity/index.ts';
import { ruleView } from './commands-rule.ts';
import { checklistOf, checklists, overdueLadder } from './dictionaries.ts';
import type { InspectionsParts } from './parts.ts';
import { dayOf, endOfDay, ruleFor } from './rules.ts';
import { findLook, findLookOfEvent, lastLooks, listLooks, type LookRow } from './store-look.ts';
import { listRules } from './store-rule.ts';
import { countOpenTasks, findOpenTask, listOpenTasks, listTasksFor, namesOf, type TaskRow } from './store-task.ts';

type Routes = typeof inspectionRoutes;
type Photos = Awaited<ReturnType<InspectionsParts['events']['photos']['listOf']>>;

/** What the actor should look at today: what is due, late, or asked for by a warning, in the order of haste. */
export async function listToday(parts: InspectionsParts, actor: Actor): Promise<Output<Routes['today']>> {
  const nowMs = parts.clock.now();
  const { calendar } = await parts.events.dictionary.get();
  const scope = scopeFor(actor, 'inspection.do');
  const { tasks, looks } = await parts.database.read(scope, async (tx) => {
    const found = await listTasksFor(tx, { scope, accountId: actor.accountId, untilMs: endOfDay(nowMs, calendar) });
    const ids = found.map(({ pointId }) => pointId);
    return { tasks: found, looks: await lastLooks(tx, ids) };
  });
  return {
    day: dayOf(nowMs, calendar),
    items: tasks.map((task) => {
      const look = looks.get(task.pointId);
      return {
        ...taskBase(task, nowMs),
        lastLook: look === undefined ? null : { ...look, at: look.at.toISOString() },
        checklist: checklistOf(task.kind),
      };
    }),
  };
}

function taskBase(task: TaskRow, nowMs: number) {
  const { id, pointId, code, name, kind, level, lon, lat, placeWords, reason, reasonWords, version, rung } = task;
  const point = { pointId, code, name, kind, level, lon, lat, placeWords };
  const due = { dueAt: task.dueAt.toISOString(), late: task.dueAt.getTime() < nowMs };
  return { id, ...point, reason, reasonWords, ...due, version, rung };
}

/** Open tasks the actor may see, the one due first at the top. */
export async function listTasks(
  parts: InspectionsParts,
  actor: Actor,
  { cursor, limit, ...filter }: Input<Routes['tasks']>['query'],
): Promise<Output<Routes['tasks']>> {
  const nowMs = parts.clock.now();
  const scope = scopeFor(actor, 'grids.read');
  const wish = { scope, filter, nowMs };
  const after = cursor === undefined ? null : readCursor(cursor);
  const { rows, total, names } = await parts.database.read(scope, async (tx) => {
    const found = await listOpenTasks(tx, { ...wish, after, limit: limit + 1 });
    return {
      rows: found,
      total: await countOpenTasks(tx, wish),
      names: await namesOf(
        tx,
        found.map(({ assigneeId }) => assigneeId),
      ),
    };
  });
  const last = rows.length > limit ? rows[limit - 1] : undefined;
  return {
    items: rows.slice(0, limit).map((task) => ({
      ...taskBase(task, nowMs),
      areaCode: task.areaCode,
      areaName: parts.territory.area(task.areaCode)?.name ?? task.areaCode,
      unitId: task.unitId,
      unitName: task.unitId === null ? null : (parts.territory.unit(task.unitId)?.name ?? null),
      responsibleName:
        task.assigneeId !== null && maySeeNames(actor, task) ? (names.get(task.assigneeId) ?? null) : null,
    })),
    total,
    next: last === undefined ? null : Buffer.from(JSON.stringify([last.dueAt, last.id])).toString('base64url'),
  };
}

const cursorForm = z.tuple([z.iso.datetime(), z.uuid()]);

function readCursor(cursor: string): { dueAt: string; id: string } {
  try {
    const [dueAt, id] = cursorForm.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')));
    return { dueAt, id };
  } catch {
    throw new AppError('bad_input', 'cursor: expected the value of "next" of the page before.', { field: 'cursor' });
  }
}

function maySeeNames(actor: Actor, { path, unitId }: Pick<RiskPoint, 'path' | 'unitId'>): boolean {
  if (actor.kind === 'system') return true;
  return grantsFor(actor, 'people.read', { path, units: unitId === null ? [] : [unitId] }).length > 0;
}

/** Everything that was seen at a point, and what is asked there now. @throws AppError not_found */
export async function readHistory(
  parts: InspectionsParts,
  actor: Actor,
  id: string,
  limit: number,
): Promise<Output<Routes['history']>> {
  const scope = scopeFor(actor, 'grids.read');
  const nowMs = parts.clock.now();
  const found = await parts.database.read(scope, async (tx) => {
    const point = await findRiskPoint(tx, scope, id);
    if (point === undefined) throw absent();
    const looks = await listLooks(tx, id, limit);
    const photos = await parts.events.photos.listOf(
      tx,
      'inspection',
      looks.map((look) => look.id),
    );
    return { point, looks, photos, task: await findOpenTask(tx, id), rules: await listRules(tx) };
  });
  const { point, looks, photos, task, rules } = found;
  const eventIds = looks.flatMap(({ eventId }) => eventId ?? []);
  const names = maySeeNames(actor, point);
  const reach = { path: point.path, units: point.unitId === null ? [] : [point.unitId] };
  return {
    task: task === undefined ? null : taskBase(task, nowMs),
    cycleDays: point.cycleDays ?? ruleFor(rules, point).days,
    checklist: checklistOf(point.kind),
    mayInspect: point.retiredAt === null && grantsFor(actor, 'inspection.do', reach).length > 0,
    items: looks.map((look) => lookView(look, photos, names)),
    events: await parts.events.joint.briefs(actor, eventIds),
  };
}

/** Near enough to be reached by what can happen at a point, and near enough to be told of it, metres. */
const careRadiiM = [100, 300];

/** How many people in care live around a point; never who. @throws AppError not_found */
export async function countAround(
  parts: InspectionsParts,
  actor: Actor,
  id: string,
): Promise<Output<Routes['careAround']>> {
  const scope = scopeFor(actor, 'grids.read');
  const point = await parts.database.read(scope, (tx) => findRiskPoint(tx, scope, id));
  if (point === undefined) throw absent();
  const { lon, lat } = point;
  return { radiiM: careRadiiM, ...(await parts.countCareAround(actor, { lon, lat, radiiM: careRadiiM })) };
}

function lookView(look: LookRow, photos: Photos, names: boolean): Output<Routes['history']>['items'][number] {
  const { id, at, result, reason, byName, note, answers, eventId } = look;
  return {
    id,
    at: at.toISOString(),
    result,
    reason,
    byName: names ? byName : null,
    note,
    answers,
    photos: photos
      .filter(({ subjectId }) => subjectId === id)
      .map(({ id: photoId, width, height }) => ({ id: photoId, width, height })),
    eventId,
  };
}

/** The point and the look that an event came from; nothing when it came otherwise. @throws AppError not_found */
export async function readOfEvent(
  parts: InspectionsParts,
  actor: Actor,
  eventId: string,
): Promise<Output<Routes['ofEvent']>> {
  // Whoever sees the event sees where it comes from, though the point may lie outside their own ground.
  if ((await parts.events.joint.briefs(actor, [eventId])).length === 0)
    throw new AppError('not_found', 'There is no such event, or it is not yours to see.');
  return parts.database.read(systemScope, async (tx) => {
    const look = await findLookOfEvent(tx, eventId);
    const point = look === undefined ? undefined : await findRiskPoint(tx, systemScope, look.pointId);
    if (look === undefined || point === undefined) return { point: null, inspection: null };
    const { id, code, name, kind, level, placeWords } = point;
    const photos = await parts.events.photos.listOf(tx, 'inspection', [look.id]);
    return {
      point: { id, code, name, kind, level, placeWords },
      inspection: lookView(look, photos, maySeeNames(actor, point)),
    };
  });
}

/** The stored file of a photo, for whoever sees the point; undefined for everybody else. */
export async function findPhoto(
  parts: InspectionsParts,
  actor: Actor,
  { id, photoId }: { id: string; photoId: string },
): Promise<{ storageKey: string } | undefined> {
  const scope: Scope = scopeFor(actor, 'grids.read');
  return parts.database.read(scope, async (tx) => {
    const look = await findLook(tx, id);
    const point = look === undefined ? undefined : await findRiskPoint(tx, scope, look.pointId);
    if (point === undefined) return undefined;
    return parts.events.photos.findOf(tx, { subjectType: 'inspection', subjectId: id, id: photoId });
  });
}

export async function listCycles({ database }: InspectionsParts): Promise<Output<Routes['rules']>> {
  const rules = await database.read(systemScope, listRules);
  return { items: rules.map(ruleView), ladder: [...overdueLadder()], checklists: checklists() };
}

function absent(): AppError {
  return new AppError('not_found', 'There is no such risk point, or it is not yours to see. Look it up in the list.');
}
