/** The small city of events and stations, with a planner of its district and one of the next city. */
import { randomUUID } from 'node:crypto';
import { facilityRoutes, populationRoutes, standardRoutes } from '#contract/facilities.ts';
import { idleRoutes } from '#contract/idle.ts';
import type { Input } from '#contract/route.ts';
import { rolePermissions, type Actor, type Role } from '#server/modules/identity/index.ts';
import { createStationsWorld } from '#server/modules/stations/stations.fixture.ts';
import { createFacilities } from './index.ts';

type Facility = typeof facilityRoutes;
type Idle = typeof idleRoutes;
/** What of a body a test says; the rest is filled in. */
type Wish = Record<string, unknown>;

export async function createFacilitiesWorld() {
  const world = await createStationsWorld();
  const { database, territory, clock, events, owner } = world;
  const facilities = createFacilities({
    database,
    territory,
    clock,
    events,
    names: async (_tx, ids) => new Map(ids.map((id) => [id, `name of ${id}`])),
  });
  const { handlers, standardHandlers, populationHandlers, idleHandlers } = facilities;

  async function person(role: Role, areaCode: string): Promise<Actor> {
    const accountId = randomUUID();
    const login = `${role} ${accountId.slice(0, 8)}`;
    await owner.query('insert into account (id, login, display_name) values ($1, $2, $3)', [accountId, login, role]);
    const grants = [{ role, unitId: world.unit.districtCentre, areaCode, permissions: new Set(rolePermissions[role]) }];
    return { kind: 'account', accountId, name: role, adminKind: null, limitedTo: null, grants };
  }

  const none = { params: {}, query: {}, body: {} };
  /** One second later, so that lines have an order. */
  const withOp = (wish: Wish): Wish => {
    clock.advance(1_000);
    return { opId: randomUUID(), ...wish };
  };
  return {
    ...world,
    facilities,
    planner: await person('planner', '500103'),
    streetPlanner: await person('planner', '500103005'),
    /** Sees, keeps nothing. */
    gridWorker: world.as.gridWorker,
    list: (actor: Actor, query: Wish = {}) =>
      handlers.list({ ...none, query: facilityRoutes.list.query.parse(query) }, { actor }),
    map: (actor: Actor, query: Wish = {}) =>
      handlers.map({ ...none, query: facilityRoutes.map.query.parse(query) }, { actor }),
    get: async (actor: Actor, id: string) =>
      facilityRoutes.get.response.parse(await handlers.get({ ...none, params: { id } }, { actor })),
    history: (actor: Actor, id: string) => handlers.history({ ...none, params: { id } }, { actor }),
    create: (actor: Actor, wish: Wish) =>
      handlers.create({ ...none, body: facilityRoutes.create.body.parse(withOp(wish)) }, { actor }),
    edit: (actor: Actor, id: string, wish: Wish) =>
      handlers.edit({ ...none, params: { id }, body: facilityRoutes.edit.body.parse(withOp(wish)) }, { actor }),
    close_: (actor: Actor, id: string, wish: Wish) =>
      handlers.close({ ...none, params: { id }, body: facilityRoutes.close.body.parse(withOp(wish)) }, { actor }),
    import: (actor: Actor, wish: Wish) =>
      handlers.import({ ...none, body: facilityRoutes.import.body.parse(withOp(wish)) }, { actor }),
    async export(actor: Actor, query: Wish = {}): Promise<string> {
      const pieces: string[] = [];
      for await (const piece of facilities.exportFacilities(
        actor,
        facilityRoutes.export.query.parse(query) as Input<Facility['export']>['query'],
      ))
        pieces.push(piece);
      return pieces.join('');
    },
    standards: (actor: Actor, area?: string) =>
      standardHandlers.list(
        { ...none, query: standardRoutes.list.query.parse(area === undefined ? {} : { area }) },
        { actor },
      ),
    setStandard: (actor: Actor, classCode: string, wish: Wish) =>
      standardHandlers.set(
        { ...none, params: { classCode }, body: standardRoutes.set.body.parse(withOp(wish)) },
        { actor },
      ),
    standardHistory: (actor: Actor, classCode: string, area: string) =>
      standardHandlers.history({ ...none, params: { classCode }, query: { area } }, { actor }),
    sums: (actor: Actor, area?: string) =>
      populationHandlers.sums({ ...none, query: area === undefined ? {} : { area } }, { actor }),
    cells: (actor: Actor, area?: string) =>
      populationHandlers.cells({ ...none, query: area === undefined ? {} : { area } }, { actor }),
    importCells: (actor: Actor, wish: Wish) =>
      populationHandlers.import(
        {
          ...none,
          body: populationRoutes.import.body.parse(withOp({ source: '普查汇总', asOf: '2026-05-01', ...wish })),
        },
        { actor },
      ),
    idleList: (actor: Actor, query: Wish = {}) =>
      idleHandlers.list({ ...none, query: idleRoutes.list.query.parse(query) }, { actor }),
    idleGet: (actor: Actor, id: string) => idleHandlers.get({ ...none, params: { id } }, { actor }),
    idleHistory: (actor: Actor, id: string) => idleHandlers.history({ ...none, params: { id } }, { actor }),
    idleCreate: (actor: Actor, wish: Wish) =>
      idleHandlers.create({ ...none, body: idleRoutes.create.body.parse(withOp(wish)) }, { actor }),
    idleAct: <K extends 'edit' | 'withdraw' | 'bringBack' | 'addPhoto'>(
      verb: K,
      actor: Actor,
      id: string,
      wish: Wish,
    ) => {
      const handler = idleHandlers[verb] as (
        input: Input<Idle[K]>,
        ctx: { actor: Actor },
      ) => ReturnType<(typeof idleHandlers)['edit']>;
      const body = idleRoutes[verb].body.parse(withOp(wish));
      return handler({ ...none, params: { id }, body } as unknown as Input<Idle[K]>, { actor });
    },
    removePhoto: (actor: Actor, id: string, photoId: string) =>
      idleHandlers.removePhoto({ ...none, params: { id, photoId }, body: { opId: randomUUID() } }, { actor }),
    lines: async (action: string) =>
      (
        await owner.query<{ data: Record<string, unknown>; words: unknown }>(
          'select data from ledger_entry where action = $1 order by at, id',
          [action],
        )
      ).rows,
  };
}

export type FacilitiesWorld = Awaited<ReturnType<typeof createFacilitiesWorld>>;
