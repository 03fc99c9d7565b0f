import type { Clock } from '#kit/clock.ts';
import type { Database, Tx } from '#server/db/pool.ts';
import type { Vault } from '#server/vault/vault.ts';
import { createActorMemory } from './actor-memory.ts';
import { listAppointments, type AppointmentRow } from './appointment-store.ts';
import { createHandlers, type IdentityHandlers } from './handlers.ts';
import { createIdentify } from './identify.ts';
import { createJobs, type Job } from './jobs.ts';
import { finishOidc, oidcCookieName, startOidc, type RedirectAnswer } from './oidc.ts';
import { createLending, type Lending } from './lend.ts';
import type { OidcProvider } from './oidc-provider.ts';
import type { Identified, Parts, Visit } from './parts.ts';
import { warmPasswords } from './passwords.ts';
import { countHeads, listHolders, type Holder, type HolderWish } from './holder-store.ts';
import { listNames, listPeopleRows } from './people-store.ts';
import { absoluteMs, idleMinutesOf, shanghaiDay } from './sign-in-rules.ts';

export interface IdentityDeps {
  database: Database;
  vault: Vault;
  clock: Clock;
  /** Reached over TLS: cookies are Secure. */
  secure: boolean;
  oidc?: OidcProvider;
  /** Name shown in authenticator apps. */
  issuer?: string;
  idleMinutes?: { desk: number; field: number };
  absoluteMinutes?: number;
}

/** Reads for the modules above, in their own transaction. */
export interface IdentityQueries {
  /** Display names by account id; unknown ids are missing. */
  namesOf(tx: Tx, accountIds: readonly string[]): Promise<Map<string, string>>;
  /** Active people appointed in a unit today, by name. */
  staffOf(tx: Tx, unitId: string): Promise<{ id: string; displayName: string; appointments: AppointmentRow[] }[]>;
  /** Active people who hold one of the roles today in one of the areas or units, and holders of an office. */
  holdersOf(tx: Tx, wish: HolderWish): Promise<Holder[]>;
  /** How many active people are appointed in each of these units today; units without one are missing. */
  headsOf(tx: Tx, unitIds: readonly string[]): Promise<Map<string, number>>;
}

export interface Identity {
  handlers: IdentityHandlers;
  /** The Identify of server/http. */
  identify: (credentials: { sessionToken: string | null; bearer: string | null }) => Promise<Identified>;
  jobs: Job[];
  queries: IdentityQueries;
  /** Temporary appointments of those who stand in. */
  lending: Lending;
  /** Null without a provider. */
  oidc: {
    cookieName: string;
    start: (input: { returnTo: string }) => Promise<RedirectAnswer>;
    finish: (visit: Visit, input: { query: Record<string, string>; waiting: string | null }) => Promise<RedirectAnswer>;
  } | null;
  /** Forgets who was seen lately: after another module changed units or areas. */
  forgetActors: () => void;
  /** Makes ready what the first sign-in would wait for (about 0.1 s). */
  warm: () => Promise<void>;
}

/** Builds identity once; see README.md. */
export function createIdentity(deps: IdentityDeps): Identity {
  const parts: Parts = {
    database: deps.database,
    vault: deps.vault,
    clock: deps.clock,
    secure: deps.secure,
    oidc: deps.oidc ?? null,
    memory: createActorMemory<Identified>(deps.clock),
    issuer: deps.issuer ?? 'Huangge',
    idleMinutes: deps.idleMinutes ?? idleMinutesOf,
    absoluteMs: deps.absoluteMinutes === undefined ? absoluteMs : deps.absoluteMinutes * 60_000,
  };
  return {
    handlers: createHandlers(parts),
    identify: createIdentify(parts),
    jobs: createJobs(parts),
    queries: createQueries(parts),
    lending: createLending(parts),
    oidc:
      parts.oidc === null
        ? null
        : {
            cookieName: oidcCookieName(parts.secure),
            start: (input) => startOidc(parts, input),
            finish: (visit, input) => finishOidc(parts, visit, input),
          },
    forgetActors: () => parts.memory.forgetAll(),
    warm: warmPasswords,
  };
}

function createQueries(parts: Parts): IdentityQueries {
  return {
    namesOf: async (tx, ids) => new Map((await listNames(tx, ids)).map((row) => [row.id, row.displayName])),
    holdersOf: (tx, wish) => listHolders(tx, wish, shanghaiDay(parts.clock.now())),
    headsOf: (tx, unitIds) => countHeads(tx, unitIds, shanghaiDay(parts.clock.now())),
    async staffOf(tx, unitId) {
      const today = shanghaiDay(parts.clock.now());
      const rows = await listPeopleRows(tx, { within: null, byLogin: false, unitId, status: 'active' }, today, {
        after: null,
        limit: 1000,
      });
      const all = (
        await listAppointments(
          tx,
          rows.map((row) => row.id),
          today,
        )
      ).filter((row) => row.live && row.unitId === unitId);
      const byPerson = Map.groupBy(all, (row) => row.accountId);
      return rows.flatMap(({ id, displayName }) => {
        const appointments = byPerson.get(id);
        return appointments === undefined ? [] : [{ id, displayName, appointments }];
      });
    },
  };
}
