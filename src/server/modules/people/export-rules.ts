/** Decisions about files of people in care that need no database. */
import type { CareExportState } from '#contract/care-words.ts';
import { grantsFor, holds, rolePermissions, roles, type Actor, type Role } from '#server/modules/identity/index.ts';
import type { StoredExport } from './export-store.ts';

/** How long an asked file waits for a decision, and an approved one to be taken. */
export const exportValidMs = 24 * 3_600_000;
/** Numbers of people below this are told only to whoever decides. */
export const smallestTold = 5;

/** The roles with which one may ask for and decide about files. */
export const exportRoles: readonly Role[] = roles.filter((role) =>
  (rolePermissions[role] as readonly string[]).includes('care.export'),
);

type Standing = Pick<StoredExport, 'state' | 'expiresAt'>;

/** How it stands at a moment: what nobody decided or took in time has expired; a refusal stays one. */
export function stateAt({ state, expiresAt }: Standing, nowMs: number): CareExportState {
  return state !== 'refused' && expiresAt.getTime() <= nowMs ? 'expired' : state;
}

/** True for somebody else with care.export over the whole area, while it waits. (Whose appointment it is, the database knows.) */
export function mayDecide(
  actor: Actor,
  row: Standing & Pick<StoredExport, 'askedBy' | 'path'>,
  nowMs: number,
): boolean {
  return (
    stateAt(row, nowMs) === 'asked' &&
    actor.accountId !== null &&
    actor.accountId !== row.askedBy &&
    grantsFor(actor, 'care.export', { path: row.path, units: [] }).length > 0
  );
}

/** True for whoever asked, while approved and while their own right to it lasts. */
export function mayTake(actor: Actor, row: Standing & Pick<StoredExport, 'askedBy' | 'path'>, nowMs: number): boolean {
  return (
    stateAt(row, nowMs) === 'approved' &&
    actor.accountId === row.askedBy &&
    holds(actor, 'care.export') &&
    grantsFor(actor, 'care.export', { path: row.path, units: [] }).length > 0
  );
}
