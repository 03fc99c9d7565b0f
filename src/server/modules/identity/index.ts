export {
  anonymous,
  grantsFor,
  holds,
  linkActor,
  rolePermissions,
  senderOf,
  roles,
  systemActor,
  type Actor,
  type Grant,
  type Reach,
  type Role,
} from './rules.ts';
export { ledgerActor, ledgerActorOf } from './ledger-actor.ts';
export { scopeFor, scopeOf } from './scope-of.ts';
export { createIdentity, type Identity, type IdentityDeps, type IdentityQueries } from './create-identity.ts';
export { type Holder, type HolderWish } from './holder-store.ts';
export { type IdentityHandlers } from './handlers.ts';
export { type Lending } from './lend.ts';
export { type Identified, type Visit } from './parts.ts';
export { type AnswerCookie, type RedirectAnswer } from './oidc.ts';
export { type OidcChecks, type OidcPerson, type OidcProvider } from './oidc-provider.ts';
export { seedAccounts, type SeedAccount, type SeedAppointment } from './seed.ts';
export { createFirstAdmins, rescueAccount, type FirstAdmin } from './first-admins.ts';
export { shanghaiDay } from './sign-in-rules.ts';
