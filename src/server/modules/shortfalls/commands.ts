import type { shortfallRoutes } from '#contract/shortfalls.ts';
import type { Input, Output } from '#contract/route.ts';
import { toIso } from '#kit/clock.ts';
import { AppError } from '#kit/errors.ts';
import { uuidV7 } from '#kit/ids.ts';
import { dayOf } from '#kit/shanghai-days.ts';
import type { Tx } from '#server/db/pool.ts';
import { systemScope } from '#server/db/scope.ts';
import { scopeFor, type Actor, ledgerActor, senderOf } from '#server/modules/identity/index.ts';
import { append, once } from '#server/modules/ledger/index.ts';
import type { ShortfallsParts } from './parts.ts';
import { assertSeen, mayPlan, noDemand, noProblem, pathOf } from './place.ts';
import { corrected } from './rules-keep.ts';
import { communityOf } from './rules-produce.ts';
import { findDemand, saveDemands, type DemandRow } from './store-demand.ts';
import type { ListedRow } from './store-list.ts';
import { findProblem, saveProblems, type ProblemRow } from './store-problem.ts';
import { demandView, problemView } from './views.ts';

type Routes = typeof shortfallRoutes;

interface Note {
  action: `${'facility_problem' | 'market_demand'}.${string}`;
  actor: Actor;
  atMs: number;
  opId: string | null;
  data: Record<string, unknown>;
}

/** The line of a row that was changed; reason and note stand beside it. */
function record(tx: Tx, row: ListedRow, { action, actor, atMs, opId, data }: Note): Promise<string> {
  return append(tx, {
    actor: ledgerActor(actor),
    action,
    subject: { type: action.slice(0, action.indexOf('.')), id: row.id },
    district: row.district,
    atMs,
    audience: row.path.map((code) => `a:${code}`),
    opId,
    data: { classCode: row.classCode, areaCode: row.areaCode, ...data },
    words: { reason: row.reason, note: row.note },
  });
}

/** Members of which two rows differ, as they were and as they are. */
function difference<T extends object>(before: T, after: T, members: readonly (keyof T & string)[]) {
  const changed = members.filter((member) => before[member] !== after[member]);
  return Object.fromEntries(changed.map((member) => [member, { from: before[member], to: after[member] }]));
}

/** @throws AppError bad_input for more elders and children than people */
function assertHeads(heads: { people: number; elders: number; children: number } | 'produced' | undefined): void {
  if (heads === undefined || heads === 'produced' || heads.elders + heads.children <= heads.people) return;
  throw new AppError(
    'bad_input',
    `heads: expected at most ${heads.people} elders and children together, found ${heads.elders + heads.children}.`,
    { field: 'heads' },
  );
}

/** Puts in by hand what no measuring shows, such as a market that is run down. @throws AppError not_found, bad_input */
export async function addProblem(
  parts: ShortfallsParts,
  actor: Actor,
  body: Input<Routes['addProblem']>['body'],
): Promise<Output<Routes['addProblem']>> {
  assertHeads(body.heads);
  const scope = scopeFor(actor, 'circle.plan');
  const op = { opId: body.opId, actor: senderOf(actor), route: 'shortfalls.add', request: body };
  return once(parts.database, scope, op, async (tx) => {
    const nowMs = parts.clock.now();
    const row = await byHand(parts, tx, { actor, body, nowMs });
    await saveProblems(tx, [row]);
    const { kind, facilityId, people, elders, children } = row;
    const data = { kind, facilityId, people, elders, children };
    const ledgerId = await record(tx, row, {
      action: 'facility_problem.add',
      actor,
      atMs: nowMs,
      opId: body.opId,
      data,
    });
    const saved = await findProblem(tx, scope, row.id);
    if (saved === undefined) throw noProblem();
    return { at: toIso(nowMs), ledgerId, problem: problemView(saved, { parts, actor }) };
  });
}

interface ByHand {
  actor: Actor;
  body: Input<Routes['addProblem']>['body'];
  nowMs: number;
}

async function byHand(parts: ShortfallsParts, tx: Tx, { actor, body, nowMs }: ByHand): Promise<ProblemRow> {
  const where = await placeOf(parts, tx, body, nowMs);
  const place = where === undefined ? undefined : pathOf(parts, where.areaCode);
  if (where === undefined || place === undefined || !mayPlan(actor, place.path))
    throw new AppError('not_found', 'There is no such facility or place, or it is not yours to plan. Choose another.');
  const id = uuidV7(nowMs);
  const { classCode, kind, facilityId, heads, reason } = body;
  return {
    id, key: `hand|${id}`, classCode, kind, facilityId, facilityName: null, ...where, ...place, ...heads, figures: null,
    figuresSeen: null, voices: 0, needIds: [], state: 'open', note: body.note, reason, editedAt: new Date(nowMs),
    editedBy: actor.accountId, runId: null, runHash: null, producedAt: null, goneAt: null, createdAt: new Date(nowMs), version: 1,
  }; // prettier-ignore
}

async function placeOf(
  { facilities, territory }: ShortfallsParts,
  tx: Tx,
  { facilityId, lon, lat, classCode }: ByHand['body'],
  nowMs: number,
): Promise<{ areaCode: string; lon: number; lat: number } | undefined> {
  if (facilityId !== null) {
    const found = await facilities.findFacility(tx, { id: facilityId, on: dayOf(nowMs) });
    if (found === undefined) return undefined;
    if (found.classCode !== classCode)
      throw new AppError('bad_input', `classCode: expected ${found.classCode}, the class of this facility.`, {
        field: 'classCode',
      });
    return { areaCode: communityOf(found.areaCode), lon: found.lon, lat: found.lat };
  }
  if (lon === undefined || lat === undefined)
    throw new AppError('bad_input', 'lon, lat: expected a place where no facility is named, found none.', {
      field: 'lon',
    });
  const area = territory.locate(lon, lat);
  return area === undefined ? undefined : { areaCode: communityOf(area.code), lon, lat };
}

/** Corrects a line, with a reason. @throws AppError not_found, version_conflict, bad_input */
export async function editProblem(
  parts: ShortfallsParts,
  actor: Actor,
  id: string,
  body: Input<Routes['editProblem']>['body'],
): Promise<Output<Routes['editProblem']>> {
  assertHeads(body.heads);
  const scope = scopeFor(actor, 'circle.plan');
  const op = { opId: body.opId, actor: senderOf(actor), route: 'shortfalls.editProblem', request: { id, ...body } };
  return once(parts.database, scope, op, async (tx) => {
    const nowMs = parts.clock.now();
    const row = await findProblem(tx, scope, id, true);
    if (row === undefined || !mayPlan(actor, row.path)) throw noProblem();
    assertSeen(row, body.version);
    const { heads, kind = row.kind, state = row.state } = body;
    const next = { ...corrected(row, heads), kind, state, ...handwriting(row, body, actor, nowMs) };
    await saveProblems(tx, [next]);
    const data = difference(row, next, ['people', 'elders', 'children', 'kind', 'state']);
    const ledgerId = await record(tx, next, {
      action: 'facility_problem.edit',
      actor,
      atMs: nowMs,
      opId: body.opId,
      data,
    });
    const problem = problemView({ ...next, version: row.version + 1 }, { parts, actor });
    return { at: toIso(nowMs), ledgerId, problem };
  });
}

function handwriting(row: ListedRow, body: { note?: string | undefined; reason: string }, actor: Actor, nowMs: number) {
  return {
    note: body.note ?? row.note,
    reason: body.reason,
    editedAt: new Date(nowMs),
    editedBy: actor.accountId,
  };
}

/** Corrects a line of the ledger of demand, with a reason. @throws AppError not_found, version_conflict, bad_input */
export async function editDemand(
  parts: ShortfallsParts,
  actor: Actor,
  id: string,
  body: Input<Routes['editDemand']>['body'],
): Promise<Output<Routes['editDemand']>> {
  assertHeads(body.heads);
  const scope = scopeFor(actor, 'circle.plan');
  const op = { opId: body.opId, actor: senderOf(actor), route: 'shortfalls.editDemand', request: { id, ...body } };
  return once(parts.database, scope, op, async (tx) => {
    const nowMs = parts.clock.now();
    const row = await findDemand(tx, scope, id, true);
    if (row === undefined || !mayPlan(actor, row.path)) throw noDemand();
    assertSeen(row, body.version);
    const { heads, floorM2 = row.floorM2, state = row.state, idleId = row.idleId } = body;
    await assertIdle(parts, tx, row, idleId);
    const next = { ...corrected(row, heads), floorM2, state, idleId, ...handwriting(row, body, actor, nowMs) };
    await saveDemands(tx, [next]);
    const data = difference(row, next, ['people', 'elders', 'children', 'floorM2', 'state', 'idleId']);
    const ledgerId = await record(tx, next, {
      action: 'market_demand.edit',
      actor,
      atMs: nowMs,
      opId: body.opId,
      data,
    });
    const saved = await findDemand(tx, scope, id);
    return { at: toIso(nowMs), ledgerId, demand: demandView(saved ?? next, { parts, actor }) };
  });
}

/** @throws AppError bad_input for a room that is not in the ledger of the district */
async function assertIdle({ facilities }: ShortfallsParts, tx: Tx, row: DemandRow, idleId: string | null) {
  if (idleId === null || idleId === row.idleId) return;
  const rooms = await facilities.listIdle(tx, { areaCode: row.district });
  if (rooms.some(({ id, state }) => id === idleId && state !== 'withdrawn')) return;
  throw new AppError('bad_input', 'idleId: expected a room of the ledger of idle resources in your district.', {
    field: 'idleId',
  });
}

interface Claim {
  demandId: string;
  projectId: string;
}

/** Planning: a project is to answer it. In the caller's transaction; the same project again changes nothing. @throws AppError not_found */
export function markPlanned(parts: ShortfallsParts, tx: Tx, claim: Claim, actor: Actor): Promise<void> {
  return mark(parts, tx, claim, actor, { state: 'planned', action: 'market_demand.plan' });
}

/** Planning: the project was opened. In the caller's transaction. @throws AppError not_found */
export function markMet(parts: ShortfallsParts, tx: Tx, claim: Claim, actor: Actor): Promise<void> {
  return mark(parts, tx, claim, actor, { state: 'met', action: 'market_demand.meet' });
}

/** Planning: the project was given up. In the caller's transaction; a demand that is another project's stays. @throws AppError not_found */
export async function release(parts: ShortfallsParts, tx: Tx, claim: Claim, actor: Actor): Promise<void> {
  const row = await findDemand(tx, systemScope, claim.demandId, true);
  if (row === undefined) throw noDemand();
  if (row.projectId !== claim.projectId) return;
  const next: DemandRow = { ...row, state: 'open', projectId: null };
  await saveDemands(tx, [next]);
  const data = { projectId: claim.projectId, from: row.state, to: 'open' };
  await record(tx, next, { action: 'market_demand.release', actor, atMs: parts.clock.now(), opId: null, data });
}

async function mark(
  { clock }: ShortfallsParts,
  tx: Tx,
  { demandId, projectId }: Claim,
  actor: Actor,
  { state, action }: { state: 'planned' | 'met'; action: Note['action'] },
): Promise<void> {
  const row = await findDemand(tx, systemScope, demandId, true);
  if (row === undefined) throw noDemand();
  if (row.state === state && row.projectId === projectId) return;
  const next = { ...row, state, projectId, reason: '' };
  await saveDemands(tx, [next]);
  const data = { projectId, from: row.state, to: state };
  await record(tx, next, { action, actor, atMs: clock.now(), opId: null, data });
}
