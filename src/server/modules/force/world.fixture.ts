/** A small street for the tests of this module: two communities, four grids, a centre with seats, workers, and their module. */
import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { burdenRoutes } from '#contract/burden.ts';
import { forceLinkRoutes } from '#contract/force-links.ts';
import { forceRoutes } from '#contract/force.ts';
import type { Handlers, Route } from '#contract/route.ts';
import { fixedClock } from '#kit/clock.ts';
import { systemScope } from '#server/db/scope.ts';
import {
  createIdentity,
  rolePermissions,
  seedAccounts,
  type Actor,
  type Role,
} from '#server/modules/identity/index.ts';
import { createTerritory } from '#server/modules/grids/index.ts';
import { createVault } from '#server/vault/vault.ts';
import { asOwner, buildTown, ids, street, west } from '../grids/town.fixture.ts';
import { createForce, type Contact } from './index.ts';

/** Wednesday 3 June 2026, 10:00 in Chongqing. */
export const wednesday = Date.parse('2026-06-03T10:00:00+08:00');
export const grid1 = `${west}001`;
export const grid2 = `${west}002`;

const cast = [
  ['leader', 'leader', 'committee', grid1],
  ['worker', 'full_time', 'committee', grid1],
  ['helper', 'part_time', 'committee', grid1],
  ['other', 'full_time', 'committee', grid2],
  ['neighbour', 'other', 'committee', grid1],
  ['secretary', 'secretary', 'committee', west],
  ['seat', 'intake_seat', 'centre', street],
  ['night', 'dispatch_seat', 'centre', street],
  ['chief', 'duty_chief', 'centre', street],
  ['commander', 'commander', 'centre', street],
  ['bureau', 'handler_lead', 'bureau', null],
] as const satisfies readonly (readonly [string, Role, keyof typeof ids, string | null])[];
export type Name = (typeof cast)[number][0];

type In<R extends Route> = { params?: unknown; query?: unknown; body?: unknown } & { route?: R };

export async function buildForce() {
  const town = await buildTown();
  const { database, url } = town;
  const clock = fixedClock(wednesday);
  const vault = createVault([new Uint8Array(32).fill(9)]);
  const identity = createIdentity({ database, vault, clock, secure: false });
  const accounts = cast.map(([login, role, unit, areaCode]) => ({
    login,
    displayName: `${login}某`,
    password: null,
    appointments: [{ unitId: ids[unit], role, areaCode, since: '2026-01-01' }],
  }));
  await asOwner(url, async (tx) => void (await seedAccounts(tx, accounts, { nowMs: clock.now(), district: '510104' })));
  const idRows = await database.read(systemScope, (tx) =>
    tx.db.selectFrom('account').select(['id', 'login']).execute(),
  );
  const idOf = (name: Name): string => idRows.find(({ login }) => login === name)?.id ?? '';
  const contacts = new Map<string, Contact>([[idOf('worker'), { phone: '13800138000', push: true }]]);
  const force = createForce({
    database,
    territory: await createTerritory(database),
    vault,
    clock,
    lending: identity.lending,
    staffOf: identity.queries.staffOf,
    contactsOf: async (wanted) => new Map([...contacts].filter(([id]) => wanted.includes(id))),
    findEvents: async (_, numbers) =>
      numbers.filter((one) => one.startsWith('E')).map((number) => ({ id: randomUUID(), number })),
  });

  /** Whoever this is today, with what their appointments allow. */
  async function as(name: Name): Promise<Actor> {
    const day = new Date(clock.now() + 8 * 3_600_000).toISOString().slice(0, 10);
    const { rows } = await database.read(systemScope, (tx) =>
      sql<{
        role: Role;
        unitId: string;
        areaCode: string | null;
      }>`select role, unit_id as "unitId", area_code as "areaCode"
        from appointment where account_id = ${idOf(name)} and revoked_at is null and since <= ${day}::date
        and (until is null or until >= ${day}::date)`.execute(tx.db),
    );
    return {
      kind: 'account',
      accountId: idOf(name),
      name,
      adminKind: null,
      grants: rows.map((row) => ({ ...row, permissions: new Set(rolePermissions[row.role]) })),
      limitedTo: null,
    };
  }

  const routes = { ...forceRoutes, ...burdenRoutes };
  /** A request as the door would pass it on: parsed by the contract, the answer too. */
  function speaker<C extends Record<string, Route>>(contract: C, handlers: Partial<Handlers<C, { actor: Actor }>>) {
    return async <K extends keyof C & string>(who: Name, key: K, input: In<C[K]> = {}) => {
      const route = contract[key];
      const handler = handlers[key];
      if (route === undefined || handler === undefined) throw new Error(`No such route: ${key}`);
      const body = route.method === 'GET' ? {} : { opId: randomUUID(), ...(input.body as object | undefined) };
      const parsed = {
        params: route.params.parse(input.params ?? {}),
        query: route.query.parse(input.query ?? {}),
        body: route.body.parse(body),
      };
      const answer = await handler(parsed as never, { actor: await as(who) });
      return route.response.parse(answer) as C[K] extends { response: infer Z extends { _zod: { output: unknown } } }
        ? Z['_zod']['output']
        : never;
    };
  }
  return {
    ...town,
    clock,
    vault,
    force,
    contacts,
    idOf,
    as,
    ask: speaker(forceRoutes, force.handlers as never),
    burden: speaker(burdenRoutes, force.burdenHandlers as never),
    link: speaker(forceLinkRoutes, force.linkHandlers as never),
    routes,
    lines: (action: string) =>
      database.read(systemScope, (tx) =>
        tx.db
          .selectFrom('ledger_entry')
          .select(['data', 'subject_id', 'audience'])
          .where('action', '=', action)
          .execute(),
      ),
  };
}
export type World = Awaited<ReturnType<typeof buildForce>>;
