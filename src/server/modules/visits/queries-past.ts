import { visitForm } from '#contract/visits.ts';
import type { visitPastRoutes } from '#contract/visits-past.ts';
import { openVisitStates } from '#contract/visits-words.ts';
import type { Input, Output } from '#contract/route.ts';
import { toIsoDate } from '#engine/worktime/days.ts';
import { toIso } from '#kit/clock.ts';
import { AppError } from '#kit/errors.ts';
import { systemScope } from '#server/db/scope.ts';
import { grantsFor, ledgerActor, scopeFor, senderOf, type Actor } from '#server/modules/identity/index.ts';
import { append, once } from '#server/modules/ledger/index.ts';
import { maskForList, reachPerson, type Reached } from '#server/modules/people/index.ts';
import type { VisitParts } from './parts.ts';
import { dayOf } from './rules-plan.ts';
import { openChanges, openText } from './sealing.ts';
import {
  countPastOf,
  countWaiting,
  findVisited,
  hasReading,
  listHeld,
  listPastOf,
  listWaiting,
  releaseHeld,
  type PastRow,
} from './store-past.ts';
import { noteReading } from './store-task.ts';

type Routes = typeof visitPastRoutes;
const formField = visitForm.keyof();

/** Through the scope of care.read: what happened with somebody follows the person, also when they lived elsewhere then. */
async function reach({ database }: VisitParts, actor: Actor, personId: string): Promise<Reached> {
  const person = await database.read(scopeFor(actor, 'care.read'), (tx) => reachPerson(tx, actor, personId));
  if (person !== undefined) return person;
  throw new AppError('not_found', 'There is no such person in care, or not one of yours. Look it up in the list.');
}

const seesNames = (actor: Actor, path: readonly string[]): boolean =>
  actor.kind === 'system' || grantsFor(actor, 'people.read', { path, units: [] }).length > 0;

/** The visits somebody had, the latest first, without what was said. @throws AppError not_found */
export async function listPast(
  parts: VisitParts,
  actor: Actor,
  personId: string,
  limit: number,
): Promise<Output<Routes['past']>> {
  const person = await reach(parts, actor, personId);
  return parts.database.read(systemScope, async (tx) => {
    const rows = await listPastOf(tx, personId, limit);
    const photos = await parts.events.photos.listOf(tx, 'visit', idsOf(rows));
    const workers = seesNames(actor, person.path) ? rows.flatMap(({ workerId }) => workerId ?? []) : [];
    const names = await parts.names(tx, [...new Set(workers)]);
    return {
      mayOpen: person.opens,
      total: await countPastOf(tx, personId),
      items: rows.map(({ changes: _changes, note, workerId, at, changed, ...row }) => ({
        ...row,
        at: at.toISOString(),
        changed: changed.flatMap((field) => formField.safeParse(field).data ?? []),
        hasNote: note !== null,
        photos: photos.filter(({ subjectId }) => subjectId === row.id).length,
        byName: workerId === null ? null : (names.get(workerId) ?? null),
      })),
    };
  });
}

const idsOf = (rows: readonly PastRow[]): string[] => rows.map(({ id }) => id);

/**
 * What was said at the last visits: for those with the duty, for a purpose that is written down. Not through once: the
 * answer of an operation is stored, and this one may be nowhere but in the hands of who asked.
 * @throws AppError not_found; not_allowed from above the community
 */
export async function openPast(
  parts: VisitParts,
  actor: Actor,
  personId: string,
  { opId, purpose, limit }: Input<Routes['open']>['body'],
): Promise<Output<Routes['open']>> {
  const person = await reach(parts, actor, personId);
  if (!person.opens)
    throw new AppError(
      'not_allowed',
      'What was said at visits opens for the community and for whoever answers for the person. Ask the community.',
    );
  const { vault, clock } = parts;
  return parts.database.inTx(systemScope, async (tx) => {
    const rows = await listPastOf(tx, personId, limit);
    const photos = await parts.events.photos.listOf(tx, 'visit', idsOf(rows));
    const atMs = clock.now();
    if (actor.accountId !== null) await noteReading(tx, actor.accountId, toIsoDate(dayOf(atMs)), [personId]);
    await append(tx, {
      actor: ledgerActor(actor),
      action: 'care.reveal',
      subject: { type: 'care_person', id: personId },
      district: person.district,
      atMs,
      data: { areaCode: person.areaCode, visits: rows.length },
      words: { purpose },
      audience: [],
      opId,
    });
    return {
      items: rows.map(({ id, note, changes }) => ({
        id,
        note: openText(vault, note, 'visit.note'),
        changes: openChanges(vault, changes),
        photos: photos
          .filter(({ subjectId }) => subjectId === id)
          .map(({ id: photoId, width, height }) => ({ id: photoId, width, height })),
      })),
    };
  });
}

/** The stored file of a photo, for whoever has the duty and has the person open today; undefined for everybody else. */
export async function findVisitPhoto(
  parts: VisitParts,
  actor: Actor,
  { id, photoId }: { id: string; photoId: string },
): Promise<{ storageKey: string } | undefined> {
  const { accountId } = actor;
  if (accountId === null) return undefined;
  const today = toIsoDate(dayOf(parts.clock.now()));
  const personId = await parts.database.read(systemScope, (tx) => findVisited(tx, id));
  if (personId === undefined) return undefined;
  const scope = scopeFor(actor, 'care.read');
  const person = await parts.database.read(scope, (tx) => reachPerson(tx, actor, personId));
  if (person?.opens !== true) return undefined;
  return parts.database.read(systemScope, async (tx) =>
    (await hasReading(tx, accountId, today, personId))
      ? parts.events.photos.findOf(tx, { subjectType: 'visit', subjectId: id, id: photoId })
      : undefined,
  );
}

const most = 200;

/** Those told to have moved or died, masked, until somebody settles their record. */
export async function listHeldPeople(parts: VisitParts, actor: Actor): Promise<Output<Routes['held']>> {
  const scope = scopeFor(actor, 'visit.plan');
  return parts.database.read(scope, async (tx) => {
    const { rows, total } = await listHeld(tx, scope, most);
    const ids = rows.map(({ personId }) => personId);
    const people = await maskForList(tx, parts, actor, ids);
    return {
      total,
      items: rows.flatMap(({ path, heldAt, ...row }) => {
        const person = people.get(row.personId);
        if (person === undefined) return [];
        return [
          {
            ...row,
            name: person.name ?? '',
            address: person.address ?? '',
            areaName: parts.territory.area(row.areaCode)?.name ?? row.areaCode,
            tags: person.tags,
            heldAt: heldAt.toISOString(),
            mayRetire: grantsFor(actor, 'care.edit', { path, units: [] }).length > 0,
          },
        ];
      }),
    };
  });
}

/** It was a mistake: the planner gives them a visit again. @throws AppError not_found when nobody waits there */
export function resumeVisits(
  parts: VisitParts,
  actor: Actor,
  personId: string,
  body: Input<Routes['resume']>['body'],
): Promise<Output<Routes['resume']>> {
  const scope = scopeFor(actor, 'visit.plan');
  const op = { opId: body.opId, actor: senderOf(actor), route: 'visits.resume', request: { personId, body } };
  return once(parts.database, scope, op, async (tx) => {
    const nowMs = parts.clock.now();
    const held = await releaseHeld(tx, scope, personId, nowMs);
    if (held === undefined)
      throw new AppError(
        'not_found',
        'Nobody of yours waits there to be settled; perhaps somebody was faster. Load the list again.',
      );
    const ledgerId = await append(tx, {
      actor: ledgerActor(actor),
      action: 'visit.plan',
      subject: { type: 'visit_task', id: held.taskId },
      district: held.district,
      atMs: nowMs,
      data: { areaCode: held.areaCode, resumed: true },
      words: body.reason === '' ? {} : { reason: body.reason },
      audience: held.path.map((code) => `a:${code}`),
      opId: body.opId,
    });
    return { id: personId, at: toIso(nowMs), ledgerId };
  });
}

/** City, district, street, community, grid: no finer than a glance may be. */
const gridDepth = 5;

/** What waits too long, by category and grid: for those above who have to see that it goes on, not who it is. */
export async function listWaitingVisits(parts: VisitParts, actor: Actor): Promise<Output<Routes['waiting']>> {
  const scope = scopeFor(actor, 'care.glance');
  const nowMs = parts.clock.now();
  return parts.database.read(scope, async (tx) => {
    const rows = await listWaiting(tx, scope, nowMs, most);
    const told = rows.flatMap(({ doerId, path }) => (doerId !== null && seesNames(actor, path) ? [doerId] : []));
    const names = await parts.names(tx, [...new Set(told)]);
    return {
      ...(await countWaiting(tx, scope, nowMs)),
      items: rows.map(({ path, nextTryAt, dueAt, doerId, state, ...row }) => {
        const areaCode = path.slice(0, gridDepth).at(-1) ?? '';
        return {
          ...row,
          areaCode,
          areaName: parts.territory.area(areaCode)?.name ?? areaCode,
          state: openVisitStates.find((one) => one === state) ?? 'due',
          nextTryAt: nextTryAt?.toISOString() ?? null,
          stepLate: nextTryAt !== null && nextTryAt.getTime() < nowMs,
          dueAt: dueAt.toISOString(),
          late: dueAt.getTime() < nowMs,
          workerName: doerId === null || !seesNames(actor, path) ? null : (names.get(doerId) ?? null),
        };
      }),
    };
  });
}
