import pg from 'pg';
import { AppError } from '#kit/errors.ts';
import { uuidV7 } from '#kit/ids.ts';
import { systemScope } from '#server/db/scope.ts';
import { districtOf } from '#server/modules/grids/index.ts';
import { scopeFor, type Actor } from '#server/modules/identity/index.ts';
import { note, ownScope, reaches, run, selfOf, type ForceParts, type Recorded, type Work } from './parts.ts';
import { addDays, dayOf } from '#kit/shanghai-days.ts';
import {
  insertCovers,
  insertLeave,
  isOnLeave,
  listLentIds,
  listLentTo,
  lockLeave,
  saveLeave,
  type LeaveRow,
} from './store-leave.ts';
import { listOffices } from './store-people.ts';

/** Longest leave in one piece, days. */
const longestLeave = 366;
/** Length of an administrative code. */
const [streetDigits, communityDigits] = [9, 12];

export interface LeaveWish {
  opId: string;
  firstDay: string;
  lastDay: string;
  reason: string;
  coverId: string | null;
}

/** Asks for one's own leave. @throws AppError bad_input, already_exists when days overlap, not_allowed without a post */
export function askLeave(parts: ForceParts, actor: Actor, body: LeaveWish): Promise<Recorded & { id: string }> {
  const accountId = selfOf(actor);
  return run(parts, actor, { route: 'force.leave_ask', scope: ownScope(actor), body }, async (work) => {
    const { firstDay, lastDay, reason, coverId } = body;
    assertDays(firstDay, lastDay, dayOf(work.nowMs));
    if (!parts.words.reasons.has(reason))
      throw new AppError(
        'bad_input',
        `reason: expected one of ${[...parts.words.reasons.keys()].join(', ')}, found ${reason}.`,
      );
    if (coverId === accountId)
      throw new AppError('bad_input', 'coverId: expected another person, found yourself. Choose a colleague.');
    const [office] = await listOffices(work.tx, accountId, dayOf(work.nowMs));
    if (office === undefined)
      throw new AppError('not_allowed', 'You hold no post, so there is nothing to be on leave from.');
    const { unitId, path } = office;
    const id = uuidV7(work.nowMs);
    await insertLeave(work.tx, {
      id,
      accountId,
      unitId,
      path,
      district: districtOf(path),
      firstDay,
      lastDay,
      reason,
      coverId,
      nowMs: work.nowMs,
    }).catch(refuseOverlap);
    const line = await note(work, {
      action: 'force.leave_ask',
      subject: { type: 'force_leave', id },
      path,
      data: {
        firstDay,
        lastDay,
        coverId,
        areaCode: path.at(-1),
        decideUnitIds: deciders(parts, actor, { unitId, path }),
      },
      units: [unitId],
      accounts: [coverId],
    });
    return { id, ...line };
  });
}

/** Units where somebody may decide this leave; of whoever decides leave themselves, the street above as well. */
function deciders(
  { territory }: ForceParts,
  actor: Actor,
  { unitId, path }: { unitId: string; path: readonly string[] },
): string[] {
  const self = reaches(actor, 'force.edit', { path, unitId });
  const near = path.filter((code) => code.length >= (self ? streetDigits : communityDigits));
  return [...new Set([unitId, ...near.flatMap((code) => territory.receiverOf(code)?.id ?? [])])];
}

function assertDays(firstDay: string, lastDay: string, today: string): void {
  if (lastDay < firstDay)
    throw new AppError('bad_input', `lastDay: expected ${firstDay} or later, found ${lastDay}.`, { field: 'lastDay' });
  if (lastDay < today)
    throw new AppError('bad_input', `lastDay: expected ${today} or later, found ${lastDay}.`, { field: 'lastDay' });
  if (lastDay > addDays(firstDay, longestLeave))
    throw new AppError('bad_input', `lastDay: expected at most ${longestLeave} days, found ${lastDay}.`, {
      field: 'lastDay',
    });
}

/** 23P01: an exclusion constraint. */
function refuseOverlap(error: unknown): never {
  if (error instanceof pg.DatabaseError && error.code === '23P01')
    throw new AppError(
      'already_exists',
      'You have asked for leave on some of these days already. Withdraw that first.',
    );
  throw error;
}

/**
 * Grants or refuses. With a grant, whoever stands in gets the absent person's appointments within the decider's reach, for
 * the days of the leave. @throws AppError not_found, not_allowed, transition_not_allowed, bad_input
 */
export function decideLeave(
  parts: ForceParts,
  actor: Actor,
  id: string,
  body: { opId: string; grant: boolean; coverId?: string | null | undefined },
): Promise<Recorded & { lent: number }> {
  const deciderId = selfOf(actor);
  // Rows of identity are written too; the leave itself is sought within the decider's own scope.
  const command = { route: 'force.leave_decide', scope: systemScope, body, params: { id } };
  return run(parts, actor, command, async (work) => {
    const leave = found(await lockLeave(work.tx, { ...scopeFor(actor, 'force.edit'), accountId: null }, id));
    if (leave.accountId === deciderId)
      throw new AppError('not_allowed', 'Nobody decides their own leave. Ask another person of the unit.');
    if (leave.state !== 'asked')
      throw new AppError('transition_not_allowed', `This leave is ${leave.state} already. Reload the list.`);
    const coverId = body.grant ? (body.coverId === undefined ? leave.coverId : body.coverId) : null;
    await saveLeave(work.tx, id, {
      state: body.grant ? 'granted' : 'refused',
      ...(body.grant ? { coverId } : {}),
      decidedBy: deciderId,
      nowMs: work.nowMs,
    });
    const lent = coverId === null ? [] : await lendTo(parts, work, leave, coverId);
    const { firstDay, lastDay, accountId, path, unitId } = leave;
    const line = await note(work, {
      action: 'force.leave_decide',
      subject: { type: 'force_leave', id },
      path,
      data: { granted: body.grant, firstDay, lastDay, coverId, askerId: accountId, lent: lent.length },
      units: [unitId],
      accounts: [accountId, coverId],
    });
    return { ...line, lent: lent.length };
  });
}

function found(leave: LeaveRow | undefined): LeaveRow {
  if (leave !== undefined) return leave;
  throw new AppError('not_found', 'There is no such leave, or it is not yours to decide. Reload the list.');
}

async function lendTo(parts: ForceParts, work: Work, leave: LeaveRow, coverId: string) {
  const { actor, tx, nowMs } = work;
  const today = dayOf(nowMs);
  const offices = await listOffices(tx, coverId, today);
  if (!offices.some(({ path, unitId }) => reaches(actor, 'force.edit', { path, unitId })))
    throw new AppError(
      'not_found',
      'coverId: no such person among those you answer for. Choose a colleague of the unit.',
    );
  if (await isOnLeave(tx, coverId, leave.firstDay, leave.lastDay))
    throw new AppError('bad_input', 'coverId: this person is on leave on some of these days. Choose another.');
  const borrowed = await listLentTo(tx, leave.accountId);
  const lent = await parts.lending.lend(tx, actor, {
    fromId: leave.accountId,
    toId: coverId,
    firstDay: leave.firstDay > today ? leave.firstDay : today,
    lastDay: leave.lastDay,
    mayLend: ({ id, unitId, areaCode }) => {
      const code = areaCode ?? parts.territory.unit(unitId)?.areaCode;
      const path = code === undefined ? [] : (parts.territory.area(code)?.path ?? []);
      return !borrowed.has(id) && reaches(actor, 'force.edit', { path, unitId });
    },
  });
  await insertCovers(tx, leave.id, lent);
  await note(work, {
    action: 'force.cover',
    subject: { type: 'force_leave', id: leave.id },
    path: leave.path,
    data: {
      coverId,
      of: leave.accountId,
      firstDay: leave.firstDay,
      areaCode: leave.path.at(-1),
      lent: lent.map(({ id, ofId }) => ({ id, ofId })),
    },
    accounts: [coverId],
  });
  return lent;
}

/** Takes one's own leave back, or ends it before its time; whoever stands in loses what was lent at once. */
export function withdrawLeave(parts: ForceParts, actor: Actor, id: string, body: { opId: string }): Promise<Recorded> {
  const accountId = selfOf(actor);
  const command = { route: 'force.leave_withdraw', scope: systemScope, body, params: { id } };
  return run(parts, actor, command, async (work) => {
    const leave = await lockLeave(work.tx, ownScope(actor), id);
    if (leave === undefined || leave.accountId !== accountId)
      throw new AppError('not_found', 'There is no such leave of yours. Reload the page.');
    if (leave.state !== 'asked' && leave.state !== 'granted')
      throw new AppError('transition_not_allowed', `This leave is ${leave.state} already. Reload the page.`);
    await saveLeave(work.tx, id, { state: 'withdrawn', decidedBy: accountId, nowMs: work.nowMs });
    const ids = await listLentIds(work.tx, id);
    if (leave.coverId !== null) await parts.lending.endLent(work.tx, actor, leave.coverId, ids);
    return note(work, {
      action: 'force.leave_withdraw',
      subject: { type: 'force_leave', id },
      path: leave.path,
      data: { was: leave.state, ended: ids.length },
      units: [leave.unitId],
      accounts: [leave.coverId],
    });
  });
}
