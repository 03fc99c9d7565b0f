/** Decisions about devices that need no database. */
import { AppError } from '#kit/errors.ts';
import type { Permission } from '#contract/route.ts';
import type { Scope } from '#server/db/scope.ts';
import { systemScope } from '#server/db/scope.ts';
import { grantsFor, type Actor } from '#server/modules/identity/index.ts';

/** Where a device lies and who answers: what an appointment must reach. */
export interface DeviceReach {
  path: readonly string[];
  unitId: string | null;
}

/** What the database may show this actor of devices: the areas and units of appointments that carry `permission`. */
export function deviceScope(actor: Actor, permission: Permission): Scope {
  if (actor.kind === 'system') return systemScope;
  const allowed = actor.limitedTo === null || actor.limitedTo.has(permission);
  const grants = allowed ? actor.grants.filter((grant) => grant.permissions.has(permission)) : [];
  return {
    seeAll: false,
    areas: [...new Set(grants.flatMap((grant) => (grant.areaCode === null ? [] : [grant.areaCode])))],
    units: [...new Set(grants.map((grant) => grant.unitId))],
    accountId: actor.accountId,
  };
}

/** True when an appointment carries device.edit over the place or the unit; the program's own acts always may. */
export function mayEditDevice(actor: Actor, { path, unitId }: DeviceReach): boolean {
  if (actor.kind === 'system') return true;
  return grantsFor(actor, 'device.edit', { path, units: unitId === null ? [] : [unitId] }).length > 0;
}

/** @throws AppError not_allowed naming the area */
export function assertMayPut(actor: Actor, reach: DeviceReach): void {
  if (mayEditDevice(actor, reach)) return;
  const code = reach.path.at(-1) ?? '';
  throw new AppError(
    'not_allowed',
    `None of your appointments lets you keep devices in area ${code}. Ask the administrator of an area that contains it.`,
    { code },
  );
}

/** @throws AppError version_conflict telling both versions */
export function assertDeviceVersion(found: { code: string; version: number }, seen: number): void {
  if (found.version === seen) return;
  throw new AppError(
    'version_conflict',
    `Device ${found.code} was changed in the meantime: you saw version ${seen}, it is now ${found.version}. Load it again and repeat.`,
    { code: found.code, expected: seen, found: found.version },
  );
}

/** A muted device raises no alarm, so somebody must say why. @throws AppError reason_needed */
export function assertMuteReason(before: string, after: string, reason: string): void {
  if (before === after || after !== 'muted' || [...reason].length >= 2) return;
  throw new AppError('reason_needed', 'A muted device raises no alarm. Say in a few words why it is muted.', {
    field: 'reason',
  });
}
