import * as z from 'zod';
import { areaCode, isoTime, permissions, uuid } from './route.ts';

// ── words ───────────────────────────────────────────────────────────────────────────────────────────────────────────

export const adminKinds = ['system', 'security', 'audit'] as const;
export type AdminKind = (typeof adminKinds)[number];
export const locales = ['zh-CN', 'en'] as const;
export const attemptOutcomes = ['good', 'wrong', 'unknown', 'locked', 'held', 'disabled', 'refused'] as const;
export const attemptWays = ['password', 'code', 'oidc'] as const;

const day = z.iso.date();
const permissionWord = z.enum(permissions);

// ── views ───────────────────────────────────────────────────────────────────────────────────────────────────────────

export const appointmentView = z.object({
  id: uuid,
  unitId: uuid,
  unitName: z.string(),
  unitNameEn: z.string(),
  unitKind: z.string(),
  tier: z.string(),
  areaCode: areaCode.nullable(),
  areaName: z.string().nullable(),
  role: z.string(),
  isPrimary: z.boolean(),
  since: day,
  until: day.nullable().describe('最后一天，含当天'),
  /** Counts today. */
  live: z.boolean(),
});

export const me = z.object({
  id: uuid,
  login: z.string(),
  displayName: z.string(),
  adminKind: z.enum(adminKinds).nullable(),
  locale: z.enum(locales),
  appointments: z.array(appointmentView),
  permissions: z.array(permissionWord),
  mustChangePassword: z.boolean(),
  secondFactor: z.object({
    enrolled: z.boolean(),
    usedInThisSession: z.boolean(),
    recoveryCodesLeft: z.number().int(),
  }),
});

export const sessionState = z.object({
  account: me.nullable(),
  csrfToken: z.string().nullable(),
  /** Name of the organisation's own sign-in service, when there is one. */
  oidcName: z.string().nullable(),
});

export const signInResult = z.discriminatedUnion('state', [
  z.object({ state: z.literal('signed_in'), csrfToken: z.string(), mustChangePassword: z.boolean() }),
  z.object({ state: z.literal('second_factor_needed'), pendingToken: z.string(), expiresAt: isoTime }),
]);

export const sessionRow = z.object({
  id: uuid,
  createdAt: isoTime,
  lastSeenAt: isoTime,
  expiresAt: isoTime,
  userAgent: z.string(),
  secondFactor: z.boolean(),
  current: z.boolean(),
});

export const personRow = z.object({
  id: uuid,
  displayName: z.string(),
  kind: z.enum(['person', 'service']),
  /** Only for administrators; null for everybody else. */
  login: z.string().nullable(),
  email: z.string().nullable(),
  adminKind: z.enum(adminKinds).nullable(),
  status: z.enum(['active', 'disabled']),
  mustChangePassword: z.boolean(),
  appointments: z.array(appointmentView),
});

export const securityRow = z.object({
  id: uuid,
  login: z.string(),
  displayName: z.string(),
  kind: z.enum(['person', 'service']),
  adminKind: z.enum(adminKinds).nullable(),
  status: z.enum(['active', 'disabled']),
  failedCount: z.number().int(),
  lockedUntil: isoTime.nullable(),
  heldAt: isoTime.nullable(),
  secondFactor: z.boolean(),
  openSessions: z.number().int(),
  lastSignInAt: isoTime.nullable(),
});

export const attemptRow = z.object({
  id: uuid,
  at: isoTime,
  accountId: uuid.nullable(),
  displayName: z.string().nullable(),
  way: z.enum(attemptWays),
  outcome: z.enum(attemptOutcomes),
  /** Same value, same address: enough to see a series, not enough to find a house. */
  addressMark: z.string(),
});

export const tokenRow = z.object({
  id: uuid,
  accountId: uuid,
  accountName: z.string(),
  name: z.string(),
  scopes: z.array(permissionWord),
  createdAt: isoTime,
  expiresAt: isoTime.nullable(),
  lastUsedAt: isoTime.nullable(),
  revokedAt: isoTime.nullable(),
});

export const oneTimePassword = z.object({ oneTimePassword: z.string().describe('只显示这一次，首次登录必须修改') });
export const totpStart = z.object({ secret: z.string(), uri: z.string(), qrSvg: z.string() });
export const recoveryCodes = z.object({ recoveryCodes: z.array(z.string()).describe('每个只能用一次，只显示这一次') });
export const pageOf = <T extends z.ZodType>(item: T) =>
  z.object({ items: z.array(item), nextCursor: z.string().nullable() });
