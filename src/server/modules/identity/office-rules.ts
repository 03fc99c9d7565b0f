import type { AdminKind } from '#contract/identity-views.ts';
import { AppError } from '#kit/errors.ts';
import { isRole, rolePermissions, type Actor, type Grant, type Role } from './rules.ts';

/** The role an administrator holds on the whole territory. */
export const adminRole = {
  system: 'system_admin',
  security: 'security_admin',
  audit: 'audit_admin',
} as const satisfies Record<AdminKind, Role>;
const adminRoles: readonly string[] = Object.values(adminRole);

/** An administrator's grant hangs on no unit. */
export const noUnit = '00000000-0000-0000-0000-000000000000';

/** Roles that an appointment may carry: all but the three administrators. */
export function isAppointable(role: string): role is Role {
  return isRole(role) && !adminRoles.includes(role);
}

/** What an account may do: an administrator its office on the root area, anybody else their live appointments. */
export function grantsOf(account: {
  adminKind: AdminKind | null;
  rootCode: string | null;
  appointments: readonly { unitId: string; areaCode: string | null; role: string }[];
}): Grant[] {
  if (account.adminKind !== null) {
    const role = adminRole[account.adminKind];
    return [{ role, unitId: noUnit, areaCode: account.rootCode, permissions: new Set(rolePermissions[role]) }];
  }
  return account.appointments.flatMap(({ role, unitId, areaCode }) =>
    isAppointable(role) ? [{ role, unitId, areaCode, permissions: new Set(rolePermissions[role]) }] : [],
  );
}

export interface Holder {
  id: string;
  adminKind: AdminKind | null;
  liveAppointments: number;
}

/** Nobody rules over their own account: appointments, offices, locks and resets need a second person. */
export function assertAnother(actor: Actor, target: Pick<Holder, 'id'>): void {
  if (actor.accountId === target.id) {
    throw new AppError('not_allowed', 'Nobody may do this to their own account. Ask another administrator.');
  }
}

/** The system administrator manages people, but not the other administrators: else one person could become all three. */
export function assertOrdinary(target: Pick<Holder, 'adminKind'>): void {
  if (target.adminKind !== null) {
    throw new AppError(
      'not_allowed',
      `This account is the ${target.adminKind} administrator. Expected an ordinary account; administrators are managed by the security administrator.`,
      { adminKind: target.adminKind },
    );
  }
}

/** An administrator holds no appointment that handles events. */
export function assertMayBeAppointed(actor: Actor, target: Holder, role: string): Role {
  assertAnother(actor, target);
  if (!isAppointable(role)) {
    throw new AppError(
      'bad_input',
      `Expected a role of an appointment, found "${role}". GET /api/people/roles lists them; administrators are made by setting the office.`,
    );
  }
  if (target.adminKind !== null) {
    throw new AppError(
      'not_allowed',
      `The ${target.adminKind} administrator may hold no appointment. Take the office away first, or appoint another person.`,
    );
  }
  return role;
}

/** One office each, given and taken by the security administrator, to a person who handles no events. */
export function assertMayHoldOffice(
  actor: Actor,
  target: Holder & { kind: string; mustChangePassword: boolean },
  wish: AdminKind | null,
): void {
  assertAnother(actor, target);
  if (wish === null) return;
  if (target.kind !== 'person')
    throw new AppError('not_allowed', 'Only a person can be an administrator, found a service account.');
  if (target.adminKind !== null && target.adminKind !== wish) {
    throw new AppError(
      'not_allowed',
      `The three administrators are three different people; this one is already the ${target.adminKind} administrator.`,
    );
  }
  if (target.liveAppointments > 0) {
    throw new AppError(
      'not_allowed',
      `Expected no appointments, found ${target.liveAppointments}. An administrator handles no events: end them first.`,
    );
  }
  if (target.mustChangePassword) {
    throw new AppError(
      'not_allowed',
      'This person still has a one-time password that somebody else knows. They must sign in and change it first.',
    );
  }
}
