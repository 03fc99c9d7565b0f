import type { identityRoutes } from '#contract/identity.ts';
import type { Handlers } from '#contract/route.ts';
import { isAppointable } from './office-rules.ts';
import {
  changePassword,
  confirmSecondFactor,
  dropSecondFactor,
  endOwnSession,
  fieldSecret,
  renewRecoveryCodes,
  setLocale,
  signOut,
  startSecondFactor,
} from './own-account.ts';
import type { Parts, Visit } from './parts.ts';
import { addPerson, appoint, editPerson, endAppointment, resetPassword } from './people-commands.ts';
import {
  describeMe,
  getPerson,
  listAccounts,
  listAttempts,
  listOpenSessions,
  listPeople,
  listTokens,
} from './queries.ts';
import { rolePermissions, roles } from './rules.ts';
import {
  addToken,
  endSessions,
  holdAccount,
  releaseAccount,
  resetAdminPassword,
  resetSecondFactor,
  revokeToken,
  setAdminKind,
} from './security-commands.ts';
import { confirmSignIn, signIn } from './sign-in.ts';

const done = { done: true } as const;

export type IdentityHandlers = Handlers<typeof identityRoutes, Visit>;

export function createHandlers(parts: Parts): IdentityHandlers {
  return { ...sessionHandlers(parts), ...peopleHandlers(parts), ...securityHandlers(parts) };
}

function sessionHandlers(parts: Parts) {
  return {
    me: async (_input, visit) => {
      const account = visit.actor.accountId === null ? null : await describeMe(parts, visit, visit.actor.accountId);
      return { account, csrfToken: visit.session?.csrfToken ?? null, oidcName: parts.oidc?.name ?? null };
    },
    signIn: ({ body }, visit) => signIn(parts, visit, body),
    confirmSignIn: ({ body }, visit) => confirmSignIn(parts, visit, body),
    signOut: (_input, visit) => signOut(parts, visit).then(() => done),
    setLocale: ({ body }, visit) => setLocale(parts, visit, body.locale).then(() => done),
    ownSessions: async (_input, visit) => ({
      items:
        visit.actor.accountId === null
          ? []
          : await listOpenSessions(parts, visit.actor.accountId, visit.session?.id ?? null),
    }),
    endOwnSession: ({ params }, visit) => endOwnSession(parts, visit, params.id).then(() => done),
    changePassword: async ({ body }, visit) => ({ csrfToken: await changePassword(parts, visit, body) }),
    fieldKey: async (_input, visit) => ({ secret: fieldSecret(parts, visit) }),
    startSecondFactor: ({ body }, visit) => startSecondFactor(parts, visit, body.password),
    confirmSecondFactor: async ({ body }, visit) => ({
      recoveryCodes: await confirmSecondFactor(parts, visit, body.code),
    }),
    renewRecoveryCodes: async ({ body }, visit) => ({
      recoveryCodes: await renewRecoveryCodes(parts, visit, body.code),
    }),
    dropSecondFactor: ({ body }, visit) => dropSecondFactor(parts, visit, body).then(() => done),
  } satisfies Partial<IdentityHandlers>;
}

function peopleHandlers(parts: Parts) {
  return {
    roles: async () => ({
      items: roles.filter(isAppointable).map((role) => ({ role, permissions: [...rolePermissions[role]] })),
    }),
    people: ({ query }, visit) => listPeople(parts, visit, query),
    person: ({ params }, visit) => getPerson(parts, visit, params.id),
    addPerson: ({ body }, visit) => addPerson(parts, visit, body),
    editPerson: ({ params, body }, visit) => editPerson(parts, visit, params.id, body).then(() => done),
    resetPassword: ({ params }, visit) => resetPassword(parts, visit, params.id),
    appoint: ({ params, body }, visit) => appoint(parts, visit, params.id, body),
    endAppointment: ({ params, body }, visit) => endAppointment(parts, visit, params.id, body.lastDay).then(() => done),
  } satisfies Partial<IdentityHandlers>;
}

function securityHandlers(parts: Parts) {
  return {
    accounts: ({ query }) => listAccounts(parts, query),
    hold: ({ params, body }, visit) => holdAccount(parts, visit, params.id, body.reason).then(() => done),
    release: ({ params }, visit) => releaseAccount(parts, visit, params.id).then(() => done),
    resetSecondFactor: ({ params }, visit) => resetSecondFactor(parts, visit, params.id).then(() => done),
    resetAdminPassword: ({ params }, visit) => resetAdminPassword(parts, visit, params.id),
    setAdminKind: ({ params, body }, visit) => setAdminKind(parts, visit, params.id, body.adminKind).then(() => done),
    accountSessions: async ({ params }, visit) => ({
      items: await listOpenSessions(parts, params.id, visit.session?.id ?? null),
    }),
    endSessions: async ({ params, body }, visit) => ({
      ended: await endSessions(parts, visit, params.id, body.sessionId),
    }),
    attempts: ({ query }) => listAttempts(parts, query),
    tokens: async () => ({ items: await listTokens(parts) }),
    addToken: ({ body }, visit) => addToken(parts, visit, body),
    revokeToken: ({ params }, visit) => revokeToken(parts, visit, params.id).then(() => done),
  } satisfies Partial<IdentityHandlers>;
}
