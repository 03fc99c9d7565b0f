import type { analyticsUnitRoutes } from '#contract/analytics-units.ts';
import type { Input, Output } from '#contract/route.ts';
import { toIso } from '#kit/clock.ts';
import { AppError } from '#kit/errors.ts';
import { uuidV7 } from '#kit/ids.ts';
import { sql } from 'kysely';
import type { Tx } from '#server/db/pool.ts';
import { grantsFor, ledgerActorOf, scopeFor, senderOf, type Actor } from '#server/modules/identity/index.ts';
import { append, once } from '#server/modules/ledger/index.ts';
import { readWords } from './dictionary.ts';
import type { AnalyticsParts } from './parts.ts';
import {
  insertExclusion,
  lockExclusion,
  saveExclusion,
  type ExclusionRow,
  type ExclusionState,
} from './store-exclusion.ts';

type Routes = typeof analyticsUnitRoutes;
type Done = Output<Routes['propose']>;

const absent = (): AppError =>
  new AppError('not_found', 'There is no such case, or its figures are not yours to read. Check the number.');

interface Fact {
  id: string;
  number: string;
  path: string[];
  district: string;
  ownerUnitId: string;
  leadUnitId: string | null;
}

const unitsOf = ({ ownerUnitId, leadUnitId }: Pick<Fact, 'ownerUnitId' | 'leadUnitId'>): string[] => [
  ownerUnitId,
  ...(leadUnitId === null ? [] : [leadUnitId]),
];

/** Asks for a case to be left out of the figures. Nothing changes before somebody else approves. @throws AppError not_found, bad_input, already_exists */
export async function proposeExclusion(
  parts: AnalyticsParts,
  actor: Actor,
  body: Input<Routes['propose']>['body'],
): Promise<Done> {
  if (!readWords().exclusions.has(body.reasonCode))
    throw new AppError('bad_input', `reasonCode: expected one of the dictionary, found ${body.reasonCode}.`, {
      field: 'reasonCode',
    });
  const op = { opId: body.opId, actor: senderOf(actor), route: 'indicator.propose', request: body };
  return once(parts.database, scopeFor(actor, 'analytics.read'), op, async (tx) => {
    const fact = await findFact(tx, body.number);
    if (fact === undefined) throw absent();
    const [grant] = grantsFor(actor, 'analytics.read', { path: fact.path, units: unitsOf(fact) });
    if (grant === undefined) throw absent();
    const nowMs = parts.clock.now();
    const id = uuidV7(nowMs);
    const made = await insertExclusion(tx, {
      id,
      eventId: fact.id,
      district: fact.district,
      reasonCode: body.reasonCode,
      note: body.note,
      proposedBy: actor.accountId,
      proposedUnitId: grant.unitId,
      proposedAt: new Date(nowMs),
    });
    if (!made)
      throw new AppError(
        'already_exists',
        'An exclusion of this case is proposed or approved already. Look at the list.',
      );
    const ledgerId = await append(tx, {
      actor: ledgerActorOf(actor, grant.unitId),
      action: 'indicator.propose_exclusion',
      subject: { type: 'event', id: fact.id },
      district: fact.district,
      atMs: nowMs,
      data: { exclusionId: id, number: fact.number, reasonCode: body.reasonCode },
      words: { note: body.note },
      audience: fact.path.map((code) => `a:${code}`),
      opId: body.opId,
    });
    return { id, version: 1, at: toIso(nowMs), ledgerId };
  });
}

async function findFact(tx: Tx, number: string): Promise<Fact | undefined> {
  const { rows } = await sql<Fact>`
    select f.event_id as id, f.number, f.path, f.district, f.owner_unit_id as "ownerUnitId", f.lead_unit_id as "leadUnitId"
    from event e join event_fact f on f.event_id = e.id where e.number = ${number}`.execute(tx.db);
  return rows[0];
}

interface Change {
  opId: string;
  version: number;
  note: string;
  from: ExclusionState;
  to: ExclusionState;
  action:
    | 'indicator.approve_exclusion'
    | 'indicator.refuse_exclusion'
    | 'indicator.withdraw_exclusion'
    | 'indicator.lift_exclusion';
}

/** Approves or refuses. @throws AppError not_found, own_proposal, version_conflict, transition_not_allowed, reason_needed */
export async function decideExclusion(
  parts: AnalyticsParts,
  actor: Actor,
  id: string,
  { opId, version, outcome, note }: Input<Routes['decide']>['body'],
): Promise<Done> {
  if (outcome === 'refuse' && note === '')
    throw new AppError('reason_needed', 'note: expected a reason, so that whoever proposed it can read why not.', {
      field: 'note',
    });
  const change: Change =
    outcome === 'approve'
      ? { opId, version, note, from: 'proposed', to: 'approved', action: 'indicator.approve_exclusion' }
      : { opId, version, note, from: 'proposed', to: 'refused', action: 'indicator.refuse_exclusion' };
  return move(parts, actor, id, change, 'analytics.edit');
}

/** Takes back one's own proposal. @throws AppError not_found, not_allowed, version_conflict, transition_not_allowed */
export async function withdrawExclusion(
  parts: AnalyticsParts,
  actor: Actor,
  id: string,
  { opId, version }: Input<Routes['withdraw']>['body'],
): Promise<Done> {
  const action = 'indicator.withdraw_exclusion';
  return move(
    parts,
    actor,
    id,
    { opId, version, note: '', from: 'proposed', to: 'withdrawn', action },
    'analytics.read',
  );
}

/** Lets an excluded case count again; whoever proposed it may not. @throws AppError as decideExclusion */
export async function liftExclusion(
  parts: AnalyticsParts,
  actor: Actor,
  id: string,
  { opId, version, note }: Input<Routes['lift']>['body'],
): Promise<Done> {
  const action = 'indicator.lift_exclusion';
  return move(parts, actor, id, { opId, version, note, from: 'approved', to: 'lifted', action }, 'analytics.edit');
}

async function move(
  parts: AnalyticsParts,
  actor: Actor,
  id: string,
  change: Change,
  word: 'analytics.read' | 'analytics.edit',
): Promise<Done> {
  const op = { opId: change.opId, actor: senderOf(actor), route: change.action, request: { id, ...change } };
  return once(parts.database, scopeFor(actor, word), op, async (tx) => {
    const row = await lockExclusion(tx, id);
    if (row === undefined) throw absent();
    const unitId = assertMay(actor, row, change, word);
    if (row.version !== change.version)
      throw new AppError('version_conflict', 'Somebody decided this in the meantime. Load the list again.', {
        expected: change.version,
        found: row.version,
      });
    if (row.state !== change.from)
      throw new AppError('transition_not_allowed', `This is done while it is ${change.from}; it is ${row.state}.`, {
        status: row.state,
      });
    const nowMs = parts.clock.now();
    await saveExclusion(tx, {
      ...row,
      state: change.to,
      decidedBy: actor.accountId,
      decidedAt: new Date(nowMs),
      decisionNote: change.note,
    });
    const ledgerId = await append(tx, {
      actor: ledgerActorOf(actor, unitId),
      action: change.action,
      subject: { type: 'event', id: row.eventId },
      district: row.district,
      atMs: nowMs,
      data: { exclusionId: id, number: row.number, reasonCode: row.reasonCode, from: change.from, to: change.to },
      words: { note: change.note },
      audience: row.path.map((code) => `a:${code}`),
      opId: change.opId,
    });
    return { id, version: row.version + 1, at: toIso(nowMs), ledgerId };
  });
}

/** Deciding needs the word over the place itself: a unit never decides on its own cases. Answers the unit it is done for. */
function assertMay(actor: Actor, row: ExclusionRow, { to }: Change, word: 'analytics.read' | 'analytics.edit'): string {
  const own = actor.accountId !== null && row.proposedBy === actor.accountId;
  if (to === 'withdrawn') {
    if (!own) throw new AppError('not_allowed', 'Only whoever proposed it takes it back; others decide on it.');
    return row.proposedUnitId;
  }
  const [grant] = grantsFor(actor, word, { path: row.path, units: [] });
  if (grant === undefined)
    throw new AppError('not_allowed', 'This is decided by whoever edits the figures of the place where the case lies.');
  if (own) throw new AppError('own_proposal', 'You proposed this; another person decides on it.');
  return grant.unitId;
}
