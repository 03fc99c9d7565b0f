/** A small street with two stations, heads and counters, and their partners; beside it another street's station. */
import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { partnerHereRoutes, partnerLinkRoutes } from '#contract/partners-public.ts';
import { partnerRoutes } from '#contract/partners.ts';
import type { Handlers, Permission, Route } from '#contract/route.ts';
import { fixedClock } from '#kit/clock.ts';
import { AppError, isAppError, type ErrorCode } from '#kit/errors.ts';
import type { Tx } from '#server/db/pool.ts';
import { systemScope } from '#server/db/scope.ts';
import { insertAreas } from '../grids/store.ts';
import { createTerritory } from '#server/modules/grids/index.ts';
import { grantsFor, rolePermissions, type Actor, type Role } from '#server/modules/identity/index.ts';
import { createVault } from '#server/vault/vault.ts';
import { asOwner, buildTown, city, district, ids, street, west } from '../grids/town.fixture.ts';
import { saveUnits } from '../grids/store-units.ts';
import { createPartners, type StationFacts, type StationsPort } from './index.ts';

/** Wednesday 3 June 2026, 10:00 in Chongqing. */
export const wednesday = Date.parse('2026-06-03T10:00:00+08:00');
export const day = 86_400_000;
const otherStreet = '510104002';

export const stationIds = { west: randomUUID(), east: randomUUID(), other: randomUUID() };
const stationUnits = { west: randomUUID(), east: randomUUID(), other: randomUUID() };

const cast = {
  chief: ['duty_chief', ids.centre, street],
  commander: ['commander', ids.centre, street],
  secretary: ['secretary', ids.committee, west],
  head: ['station_head', stationUnits.west, null],
  counter: ['volunteer', stationUnits.west, null],
  eastHead: ['station_head', stationUnits.east, null],
  stranger: ['station_head', stationUnits.other, null],
  strangerChief: ['duty_chief', randomUUID(), otherStreet],
  worker: ['full_time', ids.committee, west],
} as const satisfies Record<string, readonly [Role, string, string | null]>;
export type Name = keyof typeof cast;

type In<R extends Route> = { params?: unknown; query?: unknown; body?: unknown } & { route?: R };

async function storeStations(tx: Tx): Promise<void> {
  await insertAreas(tx, [
    {
      code: otherStreet,
      tier: 'street',
      name: '邻街街道',
      parentCode: district,
      path: [city, district, otherStreet],
      kind: 'ordinary',
      residents: 10,
      households: 4,
    },
  ]);
  const places = [
    ['west', '西站', 'West', west, street],
    ['east', '东站', 'East', `${street}002`, street],
    ['other', '邻站', 'Other', otherStreet, otherStreet],
  ] as const;
  await saveUnits(
    tx,
    places.map(([key, name, nameEn, , unitArea], sort) => ({
      id: stationUnits[key],
      code: `station-${key}`,
      kind: 'station',
      roleCode: 'station',
      name,
      nameEn,
      tier: 'street',
      areaCode: unitArea,
      parentId: ids.centre,
      boardCode: null,
      phone: null,
      sort,
    })),
  );
  for (const [key, name, nameEn, area] of places) {
    const path = [city, district, area.slice(0, 9), ...(area.length > 9 ? [area] : [])];
    await sql`insert into station (id, code, unit_id, name, name_en, area_code, path, district, lon, lat, address, opened_on, created_at)
      values (${stationIds[key]}, ${key + '-station'}, ${stationUnits[key]}, ${name}, ${nameEn}, ${area}, ${path}, ${district},
        104.001, 30.001, '样路1号', '2024-01-01', now())`.execute(tx.db);
  }
}

const stationColumns = sql`id, code, unit_id as "unitId", name, name_en as "nameEn", path, district, closed_on as "closedOn"`;

export async function refused(work: Promise<unknown>, code: ErrorCode): Promise<AppError> {
  const error = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!isAppError(error, code)) throw new Error(`Expected a refusal "${code}", got ${String(error)}`);
  return error;
}

export async function buildPartners() {
  const town = await buildTown();
  const { database, url } = town;
  const accountIds = new Map<string, string>();
  await asOwner(url, async (tx) => {
    await storeStations(tx);
    for (const name of Object.keys(cast)) {
      const id = randomUUID();
      accountIds.set(name, id);
      await sql`insert into account (id, login, display_name, kind, status, created_at)
        values (${id}, ${name}, ${name + '某'}, 'person', 'active', now())`.execute(tx.db);
    }
  });
  const clock = fixedClock(wednesday);
  const vault = createVault([new Uint8Array(32).fill(7)]);

  const allStations = async (tx: Tx): Promise<StationFacts[]> =>
    (await sql<StationFacts>`select ${stationColumns} from station order by code`.execute(tx.db)).rows;
  const reached = async (actor: Actor, word: Permission): Promise<StationFacts[]> =>
    (await database.read(systemScope, allStations)).filter(
      ({ path, unitId }) => grantsFor(actor, word, { path, units: [unitId] }).length > 0,
    );
  const stations: StationsPort = {
    listFor: reached,
    listStations: allStations,
    async find(actor, idOrCode, word) {
      const found = (await reached(actor, word)).find(({ id, code }) => id === idOrCode || code === idOrCode);
      if (found === undefined) throw new AppError('not_found', 'No such station.');
      return found;
    },
  };
  const territory = await createTerritory(database);
  const partners = createPartners({ database, territory, vault, clock, stations });

  function as(name: Name): Actor {
    const [role, unitId, areaCode] = cast[name];
    return {
      kind: 'account',
      accountId: accountIds.get(name) ?? '',
      name,
      adminKind: null,
      grants: [{ role, unitId, areaCode, permissions: new Set<Permission>(rolePermissions[role]) }],
      limitedTo: null,
    };
  }

  /** A request as the door would pass it on: the word asked for, parsed by the contract, the answer too. */
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
      const answer = await handler(parsed as never, { actor: as(who) });
      return route.response.parse(answer) as C[K] extends { response: infer Z extends { _zod: { output: unknown } } }
        ? Z['_zod']['output']
        : never;
    };
  }

  return {
    ...town,
    clock,
    vault,
    partners,
    as,
    ask: speaker(partnerRoutes, partners.handlers as never),
    link: speaker(partnerLinkRoutes, partners.linkHandlers as never),
    here: speaker(partnerHereRoutes, partners.hereHandlers as never),
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
export type World = Awaited<ReturnType<typeof buildPartners>>;

/** A partner of the street with a signed agreement from January to December and one monthly pledge to the western station. */
export async function makePartner(world: World, name: string) {
  const { id } = await world.ask('chief', 'add', {
    body: {
      areaCode: street,
      name,
      kind: 'pharmacy',
      creditCode: null,
      contact: { name: '陈明', phone: '13800138000' },
    },
  });
  const { id: agreementId } = await world.ask('chief', 'draft', {
    params: { id },
    body: { fromDay: '2026-01-01', toDay: '2026-12-31', returns: ['name_board'], renews: null },
  });
  const pledge = (more: object = {}) =>
    world.ask('chief', 'pledge', {
      params: { id },
      body: {
        agreementId,
        stationId: stationIds.west,
        resource: 'goods',
        what: '藿香正气液',
        quantity: 20,
        unit: 'box',
        every: 'monthly',
        fromDay: '2026-01-01',
        toDay: '2026-12-31',
        ...more,
      },
    });
  const { id: pledgeId } = await pledge();
  await world.ask('chief', 'sign', { params: { id, agreementId }, body: { version: 1, signedOn: '2025-12-20' } });
  const told = await world.ask('chief', 'link', { params: { id }, body: {} });
  return { id, agreementId, pledgeId, pledge, secret: told.path.slice('/p/'.length) };
}
