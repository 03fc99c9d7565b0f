/**
 * A very small place to plan for: five homes on one street, 100 m apart, a market too far in the west, three rooms that stand
 * idle. Walking is 1 m/s, so that every figure can be reckoned by hand. What planning asks of others is played, and told.
 */
import { randomUUID } from 'node:crypto';
import { answerSiting } from '#engine/siting/answer.ts';
import type { planningRoutes } from '#contract/planning.ts';
import type { Input } from '#contract/route.ts';
import { sql } from 'kysely';
import type { Tx } from '#server/db/pool.ts';
import { rolePermissions, type Actor, type Role } from '#server/modules/identity/index.ts';
import { createEventsWorld, type World } from '../../../../test/helpers/events-world.ts';
import { createPlanning, type PlanningParts } from './index.ts';
import type { IdleRoom, KnownFacility, PeopleCell, ReachOfRun } from './parts.ts';
import { questionOf } from './question-of.ts';
import { toSolved } from './siting.ts';

/** Metres east of the corner of the district, at latitude 29.505. */
const metre = 1 / (111_320 * Math.cos((29.505 * Math.PI) / 180));
const at = (east: number) => ({ lon: 106.502 + east * metre, lat: 29.505 });

export const communityCode = '500103004001';
/** People double from home to home: every sum tells which homes are in it. Elders are a quarter of them where there are any. */
export const homes: readonly (PeopleCell & { east: number })[] = [0, 100, 200, 300, 400].map((east, k) => ({
  code: `home-${k}`,
  areaCode: '500103004001001',
  ...at(east),
  east,
  people: 16 * 2 ** k,
  elders: 4 * 2 ** k,
  children: 2 * 2 ** k,
}));

export const roomIds = ['10000000-0000-4000-8000-000000000001', '10000000-0000-4000-8000-000000000002', '10000000-0000-4000-8000-000000000003'] as const; // prettier-ignore
const rooms: readonly (IdleRoom & { east: number })[] = [
  { id: roomIds[0], name: '西头仓库', east: 50, areaM2: 800, condition: 'ready', uses: ['fresh_market'] },
  { id: roomIds[1], name: '桥下工具房', east: 350, areaM2: 900, condition: 'repair', uses: ['fresh_market'] },
  { id: roomIds[2], name: '旧值班室', east: 200, areaM2: 60, condition: 'ready', uses: ['express'] },
].map((room, k) => ({ ...room, code: `idle-${k}`, areaCode: communityCode, address: '样街', ...at(room.east) }));

const market: KnownFacility & { east: number } = {
  id: '20000000-0000-4000-8000-000000000001',
  classCode: 'fresh_market',
  name: '西门菜市场',
  ...at(-600),
  east: -600,
  hours: [{ days: [1, 2, 3, 4, 5, 6, 7], from: '06:00', to: '18:00' }],
};

const eastOf = ({ lon }: { lon: number }): number => Math.round((lon - 106.502) / metre);
const walk = (from: number, to: number): number => Math.abs(from - to) * 10;

export interface Told {
  reserved: string[];
  released: string[];
  used: string[];
  needs: { needId: string; state: string }[];
  demand: string[];
}

/** What the actor may: a planner and a commander of the district, a planner of another street. */
export async function buildPlanning() {
  const world = await createEventsWorld();
  for (const room of rooms)
    await world.owner.query(
      `insert into idle_resource (id, code, name, area_code, path, district, lon, lat, area_m2, owner_kind, condition, uses, created_at)
       values ($1, $2, $3, $4, '{500000,500103,500103004,500103004001}', '500103', $5, $6, $7, 'street', $8, $9, now())`,
      [room.id, room.code, room.name, room.areaCode, room.lon, room.lat, room.areaM2, room.condition, [...room.uses]],
    );
  const as = {
    planner: await addPerson(world, 'planner', 'districtCentre', '500103'),
    commander: await addPerson(world, 'commander', 'districtCentre', '500103'),
    north: await addPerson(world, 'planner', 'northCentre', '500103005'),
    inspector: world.as.inspector,
  };
  const told: Told = { reserved: [], released: [], used: [], needs: [], demand: [] };
  const opened: KnownFacility[] = [];
  const solver = { slow: false, asked: 0 };
  const parts: PlanningParts = {
    database: world.database,
    territory: world.territory,
    clock: world.clock,
    codeVersion: 'test-1',
    photos: world.events.photos,
    names: async (_tx, ids) => new Map(ids.map((id) => [id, '某某'])),
    facilities: facilitiesOf(told, opened),
    needs: {
      listNeeds: async () => [
        { id: 'need-east', areaCode: communityCode, lon: homes[4]?.lon ?? 0, lat: 29.505 },
        { id: 'need-west', areaCode: communityCode, lon: homes[0]?.lon ?? 0, lat: 29.505 },
        { id: 'need-all', areaCode: communityCode, lon: null, lat: null },
      ],
      setState: async (_tx, { needId, state }) => void told.needs.push({ needId, state }),
    },
    demand: {
      find: async (_tx, id) => ({ id, areaCode: communityCode, classCode: 'fresh_market' }),
      markPlanned: async () => void told.demand.push('planned'),
      markMet: async () => void told.demand.push('met'),
      release: async () => void told.demand.push('open'),
    },
    circle: circleOf(opened),
    async solve(data, { signal }) {
      solver.asked += 1;
      if (solver.slow)
        await new Promise((_done, failed) => {
          signal.addEventListener('abort', () => failed(signal.reason));
        });
      return toSolved(data, answerSiting(questionOf(data)));
    },
    report: (_what, error) => {
      throw error;
    },
  };
  const planning = createPlanning(parts);
  return { world, planning, as, told, opened, solver };
}
export type PlanningWorld = Awaited<ReturnType<typeof buildPlanning>>;

function facilitiesOf(told: Told, opened: KnownFacility[]): PlanningParts['facilities'] {
  return {
    classes: () => [
      { code: 'fresh_market', name: '菜市场', nameEn: 'Market', certain: true, family: 'commerce', walkMin: 8, minFloorM2: 750 }, // prettier-ignore
    ],
    listFacilities: async () => [market, ...opened],
    listCells: async () => [...homes],
    listIdle: async (tx) => {
      const { rows } = await sql<{ id: string }>`select id from idle_resource where state = 'idle'`.execute(tx.db);
      return rooms.filter(({ id }) => rows.some((row) => row.id === id));
    },
    openAt: (hours, { minute }) => hours.some(({ to }) => Number(to.slice(0, 2)) * 60 > minute),
    reserveIdle: (tx, { id }) => setRoom(tx, id, 'reserved', told.reserved),
    releaseIdle: (tx, { id }) => setRoom(tx, id, 'idle', told.released),
    useIdle: (tx, { id }) => setRoom(tx, id, 'used', told.used),
    async addFacility(tx, { projectId, classCode, name, lon, lat, hours }) {
      const id = randomUUID();
      await sql`insert into facility (id, code, class_code, name, area_code, path, district, lon, lat, source, source_ref, created_at)
        values (${id}, ${id}, ${classCode}, ${name}, ${communityCode}, '{500000,500103,500103004,500103004001}', '500103', ${lon},
          ${lat}, 'project', ${projectId}, now())`.execute(tx.db);
      opened.push({ id, classCode, name, lon, lat, hours });
      return { id };
    },
  };
}

async function setRoom(tx: Tx, id: string, state: string, told: string[]): Promise<void> {
  await sql`update idle_resource set state = ${state} where id = ${id}`.execute(tx.db);
  told.push(id);
}

function circleOf(opened: readonly KnownFacility[]): PlanningParts['circle'] {
  const runs = new Map<string, ReachOfRun>();
  return {
    profiles: () => [{ code: 'adult', name: '成年人', nameEn: 'Adult', certain: true }],
    async timesTo({ cells, places, cutoffS }) {
      const [first, target, ds]: number[][] = [[0], [], []];
      for (const cell of cells) {
        for (const [k, place] of places.entries()) {
          const time = walk(eastOf(cell), eastOf(place));
          if (time <= cutoffS * 10) {
            target?.push(k);
            ds?.push(time);
          }
        }
        first?.push(target?.length ?? 0);
      }
      return { first: first ?? [], target: target ?? [], ds: ds ?? [], asidePlaces: [], networkVersion: 'net-1' };
    },
    streetPlaces: async () => [at(0), at(400)],
    latestRun: async () => undefined,
    async measure() {
      const id = randomUUID();
      runs.set(id, reachNow(id, [market, ...opened]));
      return { id };
    },
    reachOf: async (_tx, { runId }) => runs.get(runId),
  };
}

function reachNow(hash: string, places: readonly KnownFacility[]): ReachOfRun {
  return {
    hash,
    networkVersion: 'net-1',
    profile: 'adult',
    limitMin: 8,
    cells: homes.map(({ code, areaCode, people, elders, children, east }) => {
      const nearest = places
        .map((place) => ({ id: place.id, seconds: walk(east, eastOf(place)) / 10 }))
        .toSorted((a, b) => a.seconds - b.seconds)[0];
      return {
        code,
        areaCode,
        people,
        elders,
        children,
        seconds: nearest?.seconds ?? null,
        facilityId: nearest?.id ?? null,
      };
    }),
    facilityIds: places.map(({ id }) => id),
  };
}

async function addPerson(
  { owner, unit }: World,
  role: Role,
  unitKey: 'districtCentre' | 'northCentre',
  areaCode: string,
): Promise<Actor> {
  const accountId = randomUUID();
  await owner.query('insert into account (id, login, display_name) values ($1, $2, $2)', [
    accountId,
    `${role}-${areaCode}`,
  ]);
  return {
    kind: 'account',
    accountId,
    name: role,
    adminKind: null,
    limitedTo: null,
    grants: [{ role, unitId: unit[unitKey], areaCode, permissions: new Set(rolePermissions[role]) }],
  };
}

type Make = Input<(typeof planningRoutes)['make']>['body'];

/** Two rooms, eight minutes: the west room serves homes 0–4 within 480 s too, so the limit here is 2 minutes. */
export function wish(over: Partial<Make> = {}): Make {
  return {
    opId: randomUUID(),
    title: '桥北菜市场选址',
    areaCode: communityCode,
    classCode: 'fresh_market',
    demandId: null,
    profile: 'adult',
    limitMin: 2,
    moment: null,
    goal: 'cover',
    choose: 1,
    budgetYuan: null,
    weighting: 'equal',
    candidates: [roomIds[0], roomIds[1]].map((idleId) => ({
      key: `idle:${idleId}`,
      kind: 'idle' as const,
      idleId,
      name: '旧名',
      lon: 0,
      lat: 0,
      address: '',
      floorM2: null,
      capacity: null,
      costYuan: 100_000,
    })),
    note: '',
    ...over,
  };
}
