import { randomUUID } from 'node:crypto';
import type { Actor, Role } from '#server/modules/identity/index.ts';
import { rolePermissions } from '#server/modules/identity/index.ts';
import { createVault } from '#server/vault/vault.ts';
import { eventRoutes } from '#contract/events.ts';
import { operationRoutes } from '#contract/operations.ts';
import { taskLinkRoutes } from '#contract/operations-links.ts';
import { createEventsWorld, type World } from '#test/helpers/events-world.ts';
import { createOperations, seedPlans, type Nearby, type Operations } from './index.ts';

/** The small city of events, with the eleven organisations a fire in a cable well calls for. All invented. */
export const eleven = {
  econ: ['district_economy_info', '经信委'],
  traffic: ['traffic_police', '交巡警'],
  fire: ['fire_rescue', '消防'],
  tower: ['tower', '铁塔'],
  mobile: ['mobile', '移动'],
  unicom: ['unicom', '联通'],
  gas: ['gas', '燃气'],
  broadcasting: ['broadcasting', '广电'],
  water: ['water', '自来水'],
} as const;
export type Org = keyof typeof eleven | 'power' | 'telecom';
/** Those that come by signed link; the other nine have accounts. */
export const byLink: readonly Org[] = ['broadcasting', 'water'];
export const here = { lon: 106.505, lat: 29.505 };

export interface Town extends World {
  operations: Operations;
  org: Record<Org, string>;
  handler: Record<Org, Actor>;
}

/** Nobody lives here but one person in care, 40 m away, and one cable well. */
export const nearby: Nearby = {
  async listCareNear(_actor, { radiusM }, circumstance) {
    const opened = circumstance === 'room';
    const who = opened
      ? { id: randomUUID(), name: '张**', address: '东村 1 号' }
      : { id: null, name: null, address: null };
    const person = { ...who, tags: ['elder_alone'], colour: 'orange' as const, exact: opened, ...here };
    return radiusM < 40 ? [] : [{ ...person, distanceM: 40 }];
  },
  async listRiskPointsNear() {
    return [{ id: randomUUID(), name: '电缆井', kind: 'cable_well', level: 2, distanceM: 5, ...here }];
  },
};

export async function createTown(): Promise<Town> {
  const world = await createEventsWorld();
  const org = { power: world.unit.power, telecom: world.unit.telecom } as Record<Org, string>;
  const handler = { power: world.as.powerHandler, telecom: world.as.telecomHandler } as Record<Org, Actor>;
  for (const [key, [role, name]] of Object.entries(eleven) as [keyof typeof eleven, readonly [string, string]][]) {
    org[key] = randomUUID();
    await world.owner.query(
      `insert into unit (id, code, kind, role_code, name, name_en, tier, area_code, parent_id)
       values ($1, $2, 'department', $3, $4, $2, 'district', '500103', $5)`,
      [org[key], key, role, name, world.unit.districtCentre],
    );
    handler[key] = await addPerson(world, `${key}Handler`, key === 'econ' ? 'handler_lead' : 'handler', org[key]);
  }
  await world.territory.reload();
  await seedPlans(world.database, world.clock, '500000');
  const { database, territory, clock, events } = world;
  const vault = createVault([new Uint8Array(32).fill(9)]);
  const operations = createOperations({ database, territory, clock, events, vault, nearby });
  return { ...world, operations, org, handler };
}

async function addPerson({ owner }: World, login: string, role: Role, unitId: string): Promise<Actor> {
  const accountId = randomUUID();
  await owner.query('insert into account (id, login, display_name) values ($1, $2, $2)', [accountId, login]);
  return {
    kind: 'account',
    accountId,
    name: login,
    adminKind: null,
    limitedTo: null,
    grants: [{ role, unitId, areaCode: null, permissions: new Set(rolePermissions[role]) }],
  };
}

type Handler = (input: unknown, ctx: { actor: Actor }) => Promise<never>;

/** Sends a command of the event the way the door does: body parsed by the contract. */
export async function onEvent(
  town: Town,
  who: Actor,
  id: string,
  verb: Exclude<keyof typeof eventRoutes, 'report' | 'list' | 'map' | 'board' | 'get' | 'similar' | 'candidates'>,
  body: Record<string, unknown> = {},
): Promise<{ id: string; status: string; version: number; ledgerId: string }> {
  const parsed = eventRoutes[verb].body.parse({ opId: randomUUID(), ...body });
  return (town.events.handlers[verb] as Handler)({ params: { id }, query: {}, body: parsed }, { actor: who });
}

type RoomVerb = Exclude<keyof typeof operationRoutes, 'list' | 'fitting' | 'room' | 'link'>;

/** The same in the room of an event. */
export async function inTheRoom(
  town: Town,
  who: Actor,
  verb: RoomVerb,
  params: { id: string } & Record<string, string>,
  body: Record<string, unknown> = {},
): Promise<{ operationId: string; eventId: string; at: string; ledgerId: string | null }> {
  const parsed = operationRoutes[verb].body.parse({ opId: randomUUID(), ...body });
  const asked = { params: operationRoutes[verb].params.parse(params), query: {}, body: parsed };
  return (town.operations.handlers[verb] as Handler)(asked, { actor: who });
}

/** The room as its contract lets it out. */
export async function room(town: Town, who: Actor, id: string) {
  const answer = await town.operations.handlers.room({ params: { id }, query: {}, body: {} }, { actor: who });
  return operationRoutes.room.response.parse(answer);
}

export async function makeLink(town: Town, who: Actor, id: string, body: Record<string, unknown>) {
  const parsed = operationRoutes.link.body.parse({ opId: randomUUID(), ...body });
  const answer = await town.operations.handlers.link({ params: { id }, query: {}, body: parsed }, { actor: who });
  return operationRoutes.link.response.parse(answer);
}

type LinkVerb = Exclude<keyof typeof taskLinkRoutes, 'view' | 'photo'>;

/** Somebody of an agency, holding the link. */
export async function byTheLink(
  town: Town,
  secret: string,
  verb: LinkVerb,
  body: Record<string, unknown> = {},
): Promise<{ at: string; ledgerId: string }> {
  const parsed = taskLinkRoutes[verb].body.parse({ opId: randomUUID(), ...body });
  const handler = town.operations.linkHandlers[verb] as (input: unknown, ctx: unknown) => Promise<never>;
  return handler({ params: { secret }, query: {}, body: parsed }, {});
}

export async function page(town: Town, secret: string) {
  const answer = await town.operations.linkHandlers.view({ params: { secret }, query: {}, body: {} }, {});
  return taskLinkRoutes.view.response.parse(answer);
}

/** A fire in the cable well, seen by the grid worker. */
export async function reportFire(town: Town, more: Record<string, unknown> = {}): Promise<string> {
  const body = eventRoutes.report.body.parse({
    opId: randomUUID(),
    categoryCode: 'E0511',
    title: '电缆井冒烟',
    placeWords: '健康路 1 号',
    ...here,
    ...more,
  });
  const made = await town.events.handlers.report({ params: {}, query: {}, body }, { actor: town.as.gridWorker });
  return made.id;
}

/** … taken up to the district, dispatched to all eleven: econ leads. */
export async function dispatchToEleven(town: Town, id: string): Promise<Record<Org, string>> {
  await onEvent(town, town.as.gridWorker, id, 'escalate', { reason: '涉及多家权属单位' });
  await onEvent(town, town.as.dispatcher, id, 'escalate', { reason: '需区级统筹' });
  const { econ, power, ...others } = town.org;
  await onEvent(town, town.as.districtDispatcher, id, 'dispatch', { leadUnitId: econ, assistUnitIds: [power] });
  await onEvent(town, town.as.districtDispatcher, id, 'invite', {
    unitIds: Object.values(others),
    instruction: '请到场核查本单位线缆',
  });
  const { tasks } = await room(town, town.as.districtDispatcher, id);
  return Object.fromEntries(
    Object.entries(town.org).map(([key, unitId]) => [key, tasks.find((task) => task.unit.id === unitId)?.id ?? '']),
  ) as Record<Org, string>;
}

/** A photo as the public door keeps it. */
export async function upload(town: Town, actor: Actor, kind: 'evidence' | 'after' = 'evidence') {
  const bytes = new Uint8Array(32);
  crypto.getRandomValues(bytes);
  const photo = { sha256: bytes, storedSha256: bytes, full: bytes, width: 4, height: 3 };
  return town.events.photos.keep(actor, kind, photo, `photos/${randomUUID()}`);
}
