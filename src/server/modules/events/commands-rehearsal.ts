import type { rehearsalRoutes } from '#contract/rehearsals.ts';
import type { Input, Output } from '#contract/route.ts';
import { AppError } from '#kit/errors.ts';
import { uuidV7 } from '#kit/ids.ts';
import { addDays, dayOf } from '#kit/shanghai-days.ts';
import { tiers } from '#kit/tiers.ts';
import type { Tx } from '#server/db/pool.ts';
import { systemScope } from '#server/db/scope.ts';
import type { Area } from '#server/modules/grids/index.ts';
import { grantsFor, holds, senderOf, type Actor } from '#server/modules/identity/index.ts';
import { once } from '#server/modules/ledger/index.ts';
import { assertChanges, publishIn } from './commands-library.ts';
import {
  detailOf,
  lockRehearsal,
  mayCancel,
  mayPropose,
  seeRehearsal,
  type RehearsalParts,
} from './queries-rehearsal.ts';
import { hashOf, rehearsalCode } from './rehearsal-run.ts';
import { tellRehearsal } from './rehearsal-runner.ts';
import { endRehearsal, insertRehearsal, saveProposal, type RehearsalRow } from './store-rehearsal.ts';

type Routes = typeof rehearsalRoutes;
type Done = Output<Routes['ask']>;

/**
 * Asks for a rehearsal and begins it; it is carried out in the background.
 * @throws AppError not_allowed without analytics.read there or library.edit; version_conflict; bad_input
 */
export async function askRehearsal(
  parts: RehearsalParts,
  actor: Actor,
  body: Input<Routes['ask']>['body'],
): Promise<Done> {
  const { kit, runner } = parts;
  const area = areaFor(parts, actor, body.areaCode);
  await assertChanges(kit, body.changes);
  const { version } = await kit.dictionary.get();
  if (version !== body.baseVersion)
    throw new AppError(
      'version_conflict',
      `You edited version ${body.baseVersion}; version ${version} was published meanwhile. Look at it, then rehearse again.`,
      { version },
    );
  const { opId, ...request } = body;
  const op = { opId, actor: senderOf(actor), route: 'library.rehearse', request };
  const answer = await once(kit.database, systemScope, op, async (tx) => {
    const nowMs = kit.clock.now();
    const to = dayOf(nowMs);
    const question = {
      areaCode: area.code,
      from: monthsBefore(to, body.months),
      to,
      baseVersion: version,
      changes: body.changes.toSorted((a, b) => (a.categoryCode < b.categoryCode ? -1 : 1)),
    };
    const row = {
      ...question,
      id: uuidV7(nowMs),
      title: body.title,
      path: [...area.path],
      district: area.path.find((code) => kit.territory.area(code)?.tier === 'district') ?? '000000',
      hash: hashOf({ ...question, code: rehearsalCode }),
      codeVersion: rehearsalCode,
      askedBy: accountOf(actor),
      askedAt: new Date(nowMs),
    };
    await insertRehearsal(tx, row);
    const data = { from: row.from, to, changed: row.changes.map((rule) => rule.categoryCode) };
    const line = { actor, action: 'library.rehearse', atMs: nowMs, opId, data, words: { title: row.title } };
    return answerOf(parts, actor, tx, row.id, await tellRehearsal(tx, row, line));
  });
  runner.begin(answer.rehearsal.id);
  return answer;
}

/** Stops one under way. @throws AppError not_found, not_allowed, in_use when it has ended already, version_conflict */
export async function cancelRehearsal(
  parts: RehearsalParts,
  actor: Actor,
  id: string,
  body: Input<Routes['cancel']>['body'],
): Promise<Done> {
  const answer = await act(parts, actor, { id, body, route: 'library.cancel_rehearsal' }, async (tx, row, nowMs) => {
    if (!mayCancel(actor, row)) throw refuse('the one who asked for it, or somebody who may edit the library');
    if (row.state !== 'running')
      throw new AppError('in_use', `Expected a rehearsal under way, found ${row.state}. There is nothing to stop.`);
    const at = new Date(nowMs);
    await endRehearsal(tx, id, { state: 'cancelled', figures: null, resultHash: null, problem: '', at });
    return { action: 'library.cancel_rehearsal' };
  });
  parts.runner.stop(id);
  return answer;
}

/** Puts the changes before whoever may edit the library. @throws AppError not_found, not_allowed, transition_not_allowed, version_conflict */
export function propose(
  parts: RehearsalParts,
  actor: Actor,
  id: string,
  body: Input<Routes['propose']>['body'],
): Promise<Done> {
  return act(parts, actor, { id, body, route: 'library.propose' }, async (tx, row, nowMs) => {
    if (!mayPropose(actor, row)) throw refuse('an appointment with analytics.edit for this area');
    if (row.state !== 'done' || row.proposal !== null)
      throw new AppError(
        'transition_not_allowed',
        `Expected a rehearsal that is done and not yet proposed, found ${row.proposal ?? row.state}.`,
      );
    const { version } = await parts.kit.dictionary.get();
    if (version !== row.baseVersion) throw outdated(row.baseVersion, version);
    await saveProposal(tx, id, {
      ...row,
      proposal: 'open',
      proposedBy: accountOf(actor),
      proposedAt: new Date(nowMs),
      proposalReason: body.reason,
    });
    return { action: 'library.propose', words: { reason: body.reason } };
  });
}

/**
 * The changes become the next version of the library; its note quotes the rehearsal. Never by whoever proposed them.
 * @throws AppError not_found, own_proposal, transition_not_allowed, version_conflict
 */
export async function adopt(
  parts: RehearsalParts,
  actor: Actor,
  id: string,
  body: Input<Routes['adopt']>['body'],
): Promise<Done> {
  const answer = await act(parts, actor, { id, body, route: 'library.adopt' }, async (tx, row, nowMs) => {
    const decided = decisionOf(actor, row, body.reason, nowMs);
    const { baseVersion, changes } = row;
    const note = `${body.reason}（${quoteOf(row)}）`.slice(0, 500);
    const published = await publishIn(tx, actor, nowMs, { opId: null, baseVersion, note, changes });
    await saveProposal(tx, id, { ...row, ...decided, proposal: 'adopted', libraryVersion: published.version });
    return { action: 'library.adopt', data: { version: published.version }, words: { reason: body.reason } };
  });
  await parts.kit.dictionary.refresh();
  return answer;
}

/** @throws AppError not_found, own_proposal, transition_not_allowed, version_conflict */
export function turnDown(
  parts: RehearsalParts,
  actor: Actor,
  id: string,
  body: Input<Routes['turnDown']>['body'],
): Promise<Done> {
  return act(parts, actor, { id, body, route: 'library.turn_down' }, async (tx, row, nowMs) => {
    await saveProposal(tx, id, { ...row, ...decisionOf(actor, row, body.reason, nowMs), proposal: 'turned_down' });
    return { action: 'library.turn_down', words: { reason: body.reason } };
  });
}

/** Which rehearsal stands behind a version: its period, how many events, and how late before and after. */
function quoteOf({ title, from, to, figures }: RehearsalRow): string {
  const late = figures === null ? '' : `，${figures.events} 件，超期 ${figures.late.before}→${figures.late.after}`;
  return `规则推演“${title}” ${from} 至 ${to}${late}`;
}

function decisionOf(actor: Actor, row: RehearsalRow, reason: string, nowMs: number) {
  if (row.proposal !== 'open')
    throw new AppError(
      'transition_not_allowed',
      `Expected a proposal that waits for a decision, found ${row.proposal ?? 'none'}. Reload the page.`,
    );
  if (row.proposedBy === actor.accountId)
    throw new AppError(
      'own_proposal',
      'Expected somebody else than who proposed it. Ask another person who may edit the library.',
    );
  return { decidedBy: accountOf(actor), decidedAt: new Date(nowMs), decisionReason: reason };
}

/** See, lock, compare versions, change, one line; answers with what it has become. */
async function act(
  parts: RehearsalParts,
  actor: Actor,
  { id, body, route }: { id: string; body: { opId: string; version: number }; route: string },
  work: (
    tx: Tx,
    row: RehearsalRow,
    nowMs: number,
  ) => Promise<{ action: string; data?: Record<string, unknown>; words?: Record<string, unknown> }>,
): Promise<Done> {
  await seeRehearsal(parts, actor, id);
  const { opId, ...request } = body;
  const op = { opId, actor: senderOf(actor), route, request: { id, ...request } };
  return once(parts.kit.database, systemScope, op, async (tx) => {
    const row = await lockRehearsal(tx, id);
    if (row.version !== body.version)
      throw new AppError(
        'version_conflict',
        `You saw version ${body.version} of this rehearsal; it is at ${row.version} by now. Look at it again.`,
        { version: row.version },
      );
    const nowMs = parts.kit.clock.now();
    const line = await work(tx, row, nowMs);
    return answerOf(parts, actor, tx, id, await tellRehearsal(tx, row, { actor, atMs: nowMs, opId, ...line }));
  });
}

async function answerOf(parts: RehearsalParts, actor: Actor, tx: Tx, id: string, ledgerId: string): Promise<Done> {
  return { rehearsal: await detailOf(parts, actor, await lockRehearsal(tx, id)), ledgerId };
}

/** The area named, or the largest whose figures the actor may see; the whole city for whoever may edit the library. */
function areaFor({ kit }: RehearsalParts, actor: Actor, code: string | undefined): Area {
  const { territory } = kit;
  const own = actor.grants
    .filter(({ permissions }) => permissions.has('analytics.read'))
    .flatMap(({ areaCode }) => (areaCode === null ? [] : [territory.area(areaCode)]))
    .flatMap((area) => area ?? [])
    .toSorted((a, b) => tiers.indexOf(a.tier) - tiers.indexOf(b.tier));
  const everywhere = holds(actor, 'library.edit');
  const area = code === undefined ? (everywhere ? territory.city() : own[0]) : territory.area(code);
  if (code !== undefined && area === undefined)
    throw new AppError('bad_input', `areaCode: expected a known area, found ${code}. Choose from the list.`);
  const path = area?.path ?? [];
  if (area === undefined || !(everywhere || grantsFor(actor, 'analytics.read', { path, units: [] }).length > 0))
    throw refuse('an appointment with analytics.read for this area, or library.edit');
  return area;
}

const refuse = (wanted: string): AppError => new AppError('not_allowed', `Expected ${wanted}; none of yours is that.`);

const outdated = (seen: number, version: number): AppError =>
  new AppError('version_conflict', `It was rehearsed against version ${seen}; version ${version} is in force. Rehearse it again.`, { version }); // prettier-ignore

function accountOf(actor: Actor): string {
  if (actor.accountId === null) throw refuse('somebody who is signed in');
  return actor.accountId;
}

/** The first day of the last `months` months up to and including `day`. */
function monthsBefore(day: string, months: number): string {
  const at = new Date(`${day}T00:00:00Z`);
  const wanted = at.getUTCMonth() - months;
  const last = new Date(Date.UTC(at.getUTCFullYear(), wanted + 1, 0)).getUTCDate();
  const start = new Date(Date.UTC(at.getUTCFullYear(), wanted, Math.min(at.getUTCDate(), last)));
  return addDays(start.toISOString().slice(0, 10), 1);
}
