import type { rehearsalRoutes } from '#contract/rehearsals.ts';
import type { Input, Output } from '#contract/route.ts';
import { AppError } from '#kit/errors.ts';
import type { Tx } from '#server/db/pool.ts';
import { systemScope, type Scope } from '#server/db/scope.ts';
import { grantsFor, holds, scopeFor, scopeOf, type Actor } from '#server/modules/identity/index.ts';
import type { Kit } from './act.ts';
import type { RehearsalRunner } from './rehearsal-runner.ts';
import { sightOf } from './sight.ts';
import { countCases, findRehearsal, listCases, listRehearsals, type RehearsalRow } from './store-rehearsal.ts';
import { toUnitRef } from './views.ts';

type Routes = typeof rehearsalRoutes;
type Detail = Output<Routes['get']>;

export interface RehearsalParts {
  kit: Kit;
  runner: RehearsalRunner;
}

const pageSize = 50;

/** Whoever may edit the library sees every rehearsal; others those of areas whose figures they may see. */
function scopeOfRehearsals(actor: Actor): Scope {
  return holds(actor, 'library.edit') ? systemScope : scopeFor(actor, 'analytics.read');
}

/** @throws AppError not_found, also for what is not theirs to see */
export async function seeRehearsal({ kit }: RehearsalParts, actor: Actor, id: string): Promise<RehearsalRow> {
  const row = await kit.database.read(scopeOfRehearsals(actor), (tx) => findRehearsal(tx, id));
  if (row === undefined) throw absentRehearsal();
  return row;
}

export async function lockRehearsal(tx: Tx, id: string): Promise<RehearsalRow> {
  const row = await findRehearsal(tx, id, 'lock');
  if (row === undefined) throw absentRehearsal();
  return row;
}

const absentRehearsal = (): AppError =>
  new AppError('not_found', 'There is no such rehearsal, or it is not yours to see. Look it up in the list.');

export async function readRehearsals(
  parts: RehearsalParts,
  actor: Actor,
  query: Input<Routes['list']>['query'],
): Promise<Output<Routes['list']>> {
  const rows = await parts.kit.database.read(scopeOfRehearsals(actor), (tx) => listRehearsals(tx, query));
  const { version } = await parts.kit.dictionary.get();
  return { items: rows.map((row) => headOf(parts, actor, row, version)) };
}

export async function readRehearsal(parts: RehearsalParts, actor: Actor, id: string): Promise<Detail> {
  return detailOf(parts, actor, await seeRehearsal(parts, actor, id));
}

export async function detailOf(parts: RehearsalParts, actor: Actor, row: RehearsalRow): Promise<Detail> {
  const { dictionary } = parts.kit;
  const { version } = await dictionary.get();
  const before = await Promise.all(
    row.changes.map(({ categoryCode }) => dictionary.ruleAt(row.baseVersion, categoryCode)),
  );
  return {
    ...headOf(parts, actor, row, version),
    changes: row.changes,
    // A class above may stand in for one without a rule of its own.
    before: before.flatMap((rule, k) => (rule?.categoryCode === row.changes[k]?.categoryCode ? (rule ?? []) : [])),
    figures: row.figures,
  };
}

function headOf({ kit, runner }: RehearsalParts, actor: Actor, row: RehearsalRow, inForce: number) {
  const area = kit.territory.area(row.areaCode);
  const iso = (at: Date | null) => (at === null ? null : new Date(at).toISOString());
  return {
    id: row.id,
    title: row.title,
    areaCode: row.areaCode,
    areaName: area?.name ?? row.areaCode,
    from: row.from,
    to: row.to,
    baseVersion: row.baseVersion,
    outdated: row.baseVersion !== inForce && row.proposal !== 'adopted',
    hash: row.hash,
    resultHash: row.resultHash,
    state: row.state,
    progress: row.state === 'running' ? runner.progressOf(row.id) : null,
    problem: row.problem,
    changed: row.changes.length,
    askedBy: row.askedByName,
    askedAt: row.askedAt.toISOString(),
    endedAt: iso(row.endedAt),
    proposal: row.proposal,
    proposedBy: row.proposedByName,
    proposedAt: iso(row.proposedAt),
    proposalReason: row.proposalReason,
    decidedBy: row.decidedByName,
    decidedAt: iso(row.decidedAt),
    decisionReason: row.decisionReason,
    libraryVersion: row.libraryVersion,
    version: row.version,
    may: {
      propose: row.state === 'done' && row.proposal === null && row.baseVersion === inForce && mayPropose(actor, row),
      decide: row.proposal === 'open' && holds(actor, 'library.edit') && row.proposedBy !== actor.accountId,
      cancel: row.state === 'running' && mayCancel(actor, row),
    },
    events: row.events,
    late: row.figures === null ? null : { before: row.figures.late.before, after: row.figures.late.after },
  };
}

export const mayPropose = (actor: Actor, { path }: Pick<RehearsalRow, 'path'>): boolean =>
  grantsFor(actor, 'analytics.edit', { path, units: [] }).length > 0;

export const mayCancel = (actor: Actor, { askedBy }: Pick<RehearsalRow, 'askedBy'>): boolean =>
  askedBy === actor.accountId || holds(actor, 'library.edit');

/** The events behind a number, of those the reader sees. */
export async function readCases(
  parts: RehearsalParts,
  actor: Actor,
  id: string,
  wish: Input<Routes['cases']>['query'],
): Promise<Output<Routes['cases']>> {
  await seeRehearsal(parts, actor, id);
  const { kit } = parts;
  const unit = (unitId: string | null) => {
    if (unitId === null) return null;
    const { name, nameEn } = toUnitRef(kit.territory, unitId);
    return { id: unitId, name, nameEn };
  };
  const [rows, kept] = await kit.database.read(scopeOf(actor), async (tx) => [
    await listCases(tx, id, { wish, sight: sightOf(kit.territory, actor), limit: pageSize + 1 }),
    await countCases(tx, id),
  ]);
  return {
    items: rows.slice(0, pageSize).map(({ unitBefore, unitAfter, reportedAt, ...row }) => ({
      ...row,
      reportedAt: reportedAt.toISOString(),
      from: unit(unitBefore),
      to: unit(unitAfter),
    })),
    more: rows.length > pageSize,
    kept,
  };
}
