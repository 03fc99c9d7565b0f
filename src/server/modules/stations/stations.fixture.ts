/** Two stations in the small city of events, each with its head and its counter. */
import { randomUUID } from 'node:crypto';
import { stationPublicRoutes, stationRoutes } from '#contract/stations.ts';
import type { Input } from '#contract/route.ts';
import { rolePermissions, type Actor, type Role } from '#server/modules/identity/index.ts';
import type { RunningEffect } from '#server/modules/warnings/index.ts';
import { createEventsWorld } from '#test/helpers/events-world.ts';
import { createStations } from './index.ts';

type Routes = typeof stationRoutes;
/** What of a body a test says; the rest is filled in. */
type Wish = Record<string, unknown>;

export async function createStationsWorld() {
  const world = await createEventsWorld();
  const { database, territory, clock, events, owner } = world;
  const running: RunningEffect[] = [];
  const stations = createStations({
    database,
    territory,
    clock,
    events,
    listLongerHours: async () => running,
    names: async (_tx, ids) => new Map(ids.map((id) => [id, `name of ${id}`])),
  });
  const { handlers, publicHandlers } = stations;

  async function addUnit(code: string, areaCode: string): Promise<string> {
    const id = randomUUID();
    await owner.query(
      `insert into unit (id, code, kind, role_code, name, name_en, tier, area_code) values ($1, $2, 'station', 'station', $2, $2, 'street', $3)`,
      [id, code, areaCode],
    );
    await territory.reload();
    return id;
  }

  async function addPerson(unitId: string, role: Role): Promise<Actor> {
    const accountId = randomUUID();
    await owner.query('insert into account (id, login, display_name) values ($1, $2, $3)', [
      accountId,
      `${role} ${accountId.slice(0, 8)}`,
      role,
    ]);
    const grants = [{ role, unitId, areaCode: null, permissions: new Set(rolePermissions[role]) }];
    return { kind: 'account', accountId, name: role, adminKind: null, limitedTo: null, grants };
  }

  const noInput = { params: {}, query: {}, body: {} };
  const world2 = {
    ...world,
    stations,
    running,
    addUnit,
    addPerson,
    get: async (actor: Actor, code: string) =>
      stationRoutes.get.response.parse(await handlers.get({ ...noInput, params: { code } }, { actor })),
    list: async (actor: Actor) =>
      stationRoutes.list.response.parse(await handlers.list({ ...noInput, query: {} }, { actor })).items,
    publicList: async (area?: string) =>
      stationPublicRoutes.list.response.parse(
        await publicHandlers.list({ ...noInput, query: area === undefined ? {} : { area } }, {}),
      ),
    publicOne: async (code: string) =>
      stationPublicRoutes.get.response.parse(await publicHandlers.get({ ...noInput, params: { code } }, {})).station,
    create: (actor: Actor, wish: Wish) =>
      handlers.create(
        { ...noInput, body: stationRoutes.create.body.parse({ opId: randomUUID(), ...wish }) },
        { actor },
      ),
    /** Any act on one station, through the contract's own form. */
    act: <K extends 'edit' | 'setHours' | 'addException' | 'setFacility' | 'markFacility' | 'setBusy' | 'addPhoto'>(
      verb: K,
      actor: Actor,
      id: string,
      wish: Wish,
    ) => {
      const body = stationRoutes[verb].body.parse({ opId: randomUUID(), ...wish });
      const handler = handlers[verb] as (
        input: Input<Routes[K]>,
        ctx: { actor: Actor },
      ) => ReturnType<(typeof handlers)[K]>;
      return handler({ ...noInput, params: { id }, body } as unknown as Input<Routes[K]>, { actor });
    },
  };
  const chief = world.as.chief;
  const unitId = await addUnit('station-east', '500103004');
  const otherUnit = await addUnit('station-north', '500103005');
  const facts = {
    name: '东村驿站',
    nameEn: 'East Station',
    address: '东村1号',
    phone: '023-5550',
    openedOn: '2026-01-01',
  };
  const east = (await world2.create(chief, { ...facts, code: 'east', unitId, lon: 106.505, lat: 29.505 })).station;
  const north = (
    await world2.create(world.as.cityChief, {
      ...facts,
      name: '北山驿站',
      code: 'north',
      unitId: otherUnit,
      lon: 106.565,
      lat: 29.565,
    })
  ).station;
  return {
    ...world2,
    east,
    north,
    head: await addPerson(unitId, 'station_head'),
    counter: await addPerson(unitId, 'volunteer'),
    northHead: await addPerson(otherUnit, 'station_head'),
  };
}

export type StationsWorld = Awaited<ReturnType<typeof createStationsWorld>>;
