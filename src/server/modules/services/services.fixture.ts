/** Two stations of one street and one of another, over the small city of events; supplies and events are the real ones. */
import { randomUUID } from 'node:crypto';
import { serviceRoutes } from '#contract/services.ts';
import { AppError } from '#kit/errors.ts';
import { uuidV7 } from '#kit/ids.ts';
import { rolePermissions, scopeFor, type Actor, type Role } from '#server/modules/identity/index.ts';
import { stationOf, stationsInUse } from '#server/modules/stations/index.ts';
import { createSupplies } from '#server/modules/supplies/index.ts';
import { createVault } from '#server/vault/vault.ts';
import { createEventsWorld } from '#test/helpers/events-world.ts';
import { createServices } from './index.ts';
import type { RunningWarning } from './rules.ts';

const sites = [
  ['gate', ['500000', '500103', '500103004', '500103004001'], 106.505, 29.505],
  ['bridge', ['500000', '500103', '500103004', '500103004002'], 106.525, 29.505],
  ['north', ['500000', '500103', '500103005'], 106.565, 29.565],
] as const;
export type Site = (typeof sites)[number][0];
const roles = ['station_head', 'volunteer'] as const satisfies readonly Role[];

export async function buildServices() {
  const world = await createEventsWorld();
  const { database, clock, events, owner } = world;
  const station = {} as Record<Site, string>;
  const unitOf = {} as Record<Site, string>;
  const at = {} as Record<`${Site} ${(typeof roles)[number]}`, Actor>;
  for (const [code, path, lon, lat] of sites) {
    station[code] = uuidV7();
    unitOf[code] = uuidV7();
    await owner.query(
      `insert into unit (id, code, kind, role_code, name, name_en, tier, area_code, parent_id)
       values ($1, $2, 'station', 'station', $2, '', 'street', $3, $4)`,
      [unitOf[code], `station-${code}`, path[2], code === 'north' ? world.unit.northCentre : world.unit.streetCentre],
    );
    await owner.query(
      `insert into station (id, code, unit_id, name, area_code, path, district, lon, lat, address, opened_on, created_at)
       values ($1, $2, $3, $2, $4, $5, '500103', $6, $7, '江边路1号', '2025-01-01', now())`,
      [station[code], code, unitOf[code], path.at(-1), [...path], lon, lat],
    );
    for (const role of roles)
      at[`${code} ${role}`] = await addPerson(world.owner, `${code}-${role}`, role, unitOf[code]);
  }
  const running: RunningWarning[] = [];
  const services = createServices({
    database,
    clock,
    events,
    names: async () => new Map(),
    stations: {
      find(actor, idOrCode, word) {
        const scope = scopeFor(actor, word);
        return database.read(scope, async (tx) => {
          const found = await stationOf(tx, idOrCode);
          if (found === undefined) throw new AppError('not_found', 'There is no such station.');
          return found;
        });
      },
      listFor(actor, word) {
        const scope = scopeFor(actor, word);
        return database.read(scope, (tx) => stationsInUse(tx, scope, clock.now()));
      },
    },
    stock: createSupplies({ database, clock, vault: createVault([new Uint8Array(32).fill(7)]) }),
    listWarnings: async () => running,
  });
  const { handlers } = services;
  const record = (actor: Actor, site: Site, items: Record<string, unknown>[], more: Record<string, unknown> = {}) => {
    const body = serviceRoutes.record.body.parse({ opId: randomUUID(), items, ...more });
    return handlers.record({ params: { id: station[site] }, query: {}, body }, { actor });
  };
  return {
    ...world,
    services,
    station,
    unitOf,
    at,
    running,
    record,
    one: (kind: string, more: Record<string, unknown> = {}) => ({ id: uuidV7(clock.now()), kind, ...more }),
    correct: (actor: Actor, id: string, more: Record<string, unknown> = {}) =>
      handlers.correct(
        { params: { id }, query: {}, body: { opId: randomUUID(), reason: 'undo', note: '', ...more } },
        { actor },
      ),
    aid: (actor: Actor, id: string, more: Record<string, unknown> = {}) =>
      handlers.aid(
        {
          params: { id },
          query: {},
          body: serviceRoutes.aid.body.parse({ opId: randomUUID(), act: 'end', outcome: 'resting', ...more }),
        },
        { actor },
      ),
    list: (actor: Actor, site: Site, query: Record<string, unknown> = {}) =>
      handlers.list({ params: { id: station[site] }, query: { limit: 50, ...query }, body: {} }, { actor }),
    counter: (actor: Actor) => handlers.counter({ params: {}, query: {}, body: {} }, { actor }),
    today: (actor: Actor) => handlers.today({ params: {}, query: {}, body: {} }, { actor }),
    /** Puts so many of an item on the shelf. */
    async stock(site: Site, itemCode: string, quantity: number, expiresOn: string | null = '2027-01-01') {
      const batch = uuidV7();
      await owner.query(
        `insert into supply_batch (id, station_id, district, item_code, expires_on, received_at)
         values ($1, $2, '500103', $3, $4, now())`,
        [batch, station[site], itemCode, expiresOn],
      );
      await owner.query(
        `insert into supply_movement (id, batch_id, station_id, item_code, kind, delta, at, recorded_at)
         values ($1, $2, $3, $4, 'receive', $5, now(), now())`,
        [uuidV7(), batch, station[site], itemCode, quantity],
      );
    },
    async left(site: Site, itemCode: string): Promise<number> {
      const { rows } = await owner.query<{ n: number }>(
        'select coalesce(sum(delta), 0)::int as n from supply_movement where station_id = $1 and item_code = $2',
        [station[site], itemCode],
      );
      return rows[0]?.n ?? 0;
    },
    count: async (table: string): Promise<number> => {
      const { rows } = await owner.query<{ n: number }>(`select count(*)::int as n from ${table}`);
      return rows[0]?.n ?? 0;
    },
  };
}
export type ServicesWorld = Awaited<ReturnType<typeof buildServices>>;

type Owner = Awaited<ReturnType<typeof createEventsWorld>>['owner'];

async function addPerson(owner: Owner, login: string, role: Role, unitId: string): Promise<Actor> {
  const accountId = uuidV7();
  await owner.query('insert into account (id, login, display_name) values ($1, $2, $2)', [accountId, login]);
  return {
    kind: 'account',
    accountId,
    name: login,
    adminKind: null,
    grants: [{ role, unitId, areaCode: null, permissions: new Set(rolePermissions[role]) }],
    limitedTo: null,
  };
}
