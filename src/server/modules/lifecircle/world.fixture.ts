/** A street of 3 km in the small city of events, with people and shops along it: every time can be reckoned by hand. */
import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { lifecircleRoutes } from '#contract/lifecircle.ts';
import { toBytes } from '#engine/network/binary.ts';
import { buildNetwork } from '#engine/network/build.ts';
import type { HeightField } from '#engine/network/heights.ts';
import { metresPerUnit, perDegree } from '#engine/network/network.ts';
import { readWalkedWays } from '#engine/network/osm-ways.ts';
import { drawTown, middle, type Street } from '#engine/network/town.fixture.ts';
import { createComputePool, type ComputePool, type Task } from '#server/compute/index.ts';
import { systemScope } from '#server/db/scope.ts';
import { diskStore } from '#server/files/file-store.ts';
import { createFacilities } from '#server/modules/facilities/index.ts';
import { rolePermissions, systemActor, type Actor, type Role } from '#server/modules/identity/index.ts';
import { createEventsWorld } from '#test/helpers/events-world.ts';
import { createLifecircle, type Lifecircle } from './index.ts';
import { sha256 } from './networks.ts';

/** Where the street begins; it runs east. The community 东村 ends about 1.55 km on, at 106.52. */
export const origin = { lon: 106.504, lat: 29.505 };
const scale = metresPerUnit(origin.lat);

/** Degrees of a place so many metres east and north of the origin. */
export function at(x: number, y = 0): { lon: number; lat: number } {
  return { lon: origin.lon + x / scale.x / perDegree, lat: origin.lat + y / scale.y / perDegree };
}

/** The bytes of a network of streets, moved from the test town's equator to the origin; `heightAt` by metres east. */
export function networkBytes(streets: readonly Street[], heightAt?: (x: number) => number): Uint8Array {
  const town = drawTown(streets);
  const unit = metresPerUnit(0);
  const moved = {
    eachWay: town.eachWay,
    eachNode: (take: (id: number, lon: number, lat: number, tags: null) => void) =>
      town.eachNode((id, lon, lat) => {
        const place = at((lon - middle.lon * perDegree) * unit.x, lat * unit.y);
        take(id, Math.round(place.lon * perDegree), Math.round(place.lat * perDegree), null);
      }),
  };
  const field: HeightField | null =
    heightAt === undefined ? null : { at: (lon) => heightAt((lon - origin.lon) * perDegree * scale.x), stepM: 20 };
  const { network } = buildNetwork(readWalkedWays(moved), field);
  return toBytes(network, sha256);
}

/** The pool, which can be held, and told to fail. */
function makeGate(pool: ComputePool) {
  let held: { open: () => void; until: Promise<void> } | null = null;
  let failing: Error | null = null;
  return {
    async run<In, Out>(task: Task<In, Out>, input: In, options: Parameters<ComputePool['run']>[2] = {}): Promise<Out> {
      options.onProgress?.(1, 4);
      options.signal?.throwIfAborted();
      if (held !== null)
        await Promise.race([
          held.until,
          new Promise((_done, stop) => options.signal?.addEventListener('abort', () => stop(options.signal?.reason))),
        ]);
      if (failing !== null) throw failing;
      return pool.run(task, input, options);
    },
    hold(): void {
      const { promise, resolve } = Promise.withResolvers<void>();
      held = { open: resolve, until: promise };
    },
    release(): void {
      held?.open();
      held = null;
    },
    fail(error: Error | null): void {
      failing = error;
    },
  };
}

const noInput = { params: {}, query: {}, body: {} };

export async function createCircleWorld() {
  const world = await createEventsWorld();
  const { database, territory, clock, events, owner } = world;
  const folder = await mkdtemp(join(tmpdir(), 'huangge-circle-'));
  const facilities = createFacilities({ database, territory, clock, events, names: async () => new Map() });
  const compute = createComputePool({ size: 1 });
  const failures: unknown[] = [];
  const gate = makeGate(compute);
  /** The module as a process that begins would make it. */
  const begin = (): Lifecircle =>
    createLifecircle({
      database,
      territory,
      clock,
      files: diskStore(folder),
      facilities: facilities.queries,
      compute: gate,
      codeVersion: 'test-1',
      report: (error) => failures.push(error),
    });
  const lifecircle = begin();
  const { handlers } = lifecircle;

  async function addPerson(role: Role, areaCode: string): Promise<Actor> {
    const accountId = randomUUID();
    await owner.query('insert into account (id, login, display_name) values ($1, $2, $3)', [
      accountId,
      `${role} ${accountId.slice(0, 8)}`,
      role,
    ]);
    const grants = [{ role, unitId: world.unit.districtCentre, areaCode, permissions: new Set(rolePermissions[role]) }];
    return { kind: 'account', accountId, name: role, adminKind: null, limitedTo: null, grants };
  }

  const areaAt = (lon: number, lat: number) => territory.locate(lon, lat) ?? territory.city();

  async function addFacility(
    code: string,
    classCode: string,
    x: number,
    more: { capacity?: number; hours?: object; y?: number } = {},
  ) {
    const { lon, lat } = at(x, more.y);
    const area = areaAt(lon, lat);
    await owner.query(
      `insert into facility (id, code, class_code, name, area_code, path, district, lon, lat, capacity, hours, source, created_at)
       values ($1, $2, $3, $2, $4, $5, '500103', $6, $7, $8, $9, 'desk', now())`,
      [
        randomUUID(),
        code,
        classCode,
        area.code,
        area.path,
        lon,
        lat,
        more.capacity ?? null,
        more.hours === undefined ? null : JSON.stringify(more.hours),
      ],
    );
  }

  async function addCell(
    code: string,
    x: number,
    [people, elders, children]: readonly [number, number, number],
    y = 0,
  ) {
    const { lon, lat } = at(x, y);
    const area = areaAt(lon, lat);
    await owner.query(
      `insert into population_cell (code, area_code, path, district, lon, lat, people, elders, children, source, as_of)
       values ($1, $2, $3, '500103', $4, $5, $6, $7, $8, 'test', '2026-01-01')`,
      [code, area.code, area.path, lon, lat, people, elders, children],
    );
  }

  const addNetwork = (bytes: Uint8Array, name = '测试路网') =>
    database.inTx(systemScope, (tx) =>
      lifecircle.addNetwork(tx, { bytes, name, districts: ['500103'], source: 'test' }, systemActor),
    );

  async function measureNow(
    actor: Actor,
    wish: { areaCode?: string; profile?: string; at?: { weekday: number; minute: number } | null; opId?: string } = {},
  ) {
    clock.advance(1000);
    const body = lifecircleRoutes.measure.body.parse({ opId: randomUUID(), areaCode: '500103', ...wish });
    const answer = await handlers.measure({ ...noInput, body }, { actor });
    await lifecircle.idle();
    return answer;
  }

  /** Begins a run and does not wait. */
  const beginRun = (actor: Actor, areaCode = '500103') =>
    handlers.measure({ ...noInput, body: { opId: randomUUID(), areaCode, profile: 'adult', at: null } }, { actor });

  const lines = async (action: string) =>
    (
      await owner.query<{ data: Record<string, unknown> }>('select data from ledger_entry where action = $1', [action])
    ).rows.map(({ data }) => data);

  return {
    ...world,
    lifecircle,
    facilities,
    gate,
    begin,
    failures,
    addPerson,
    addFacility,
    addCell,
    addNetwork,
    measureNow,
    beginRun,
    lines,
    cancel: (actor: Actor, id: string, opId = randomUUID()) =>
      handlers.cancel({ ...noInput, params: { id }, body: { opId } }, { actor }),
    cell: async (actor: Actor, id: string, code: string) =>
      lifecircleRoutes.cell.response.parse(await handlers.cell({ ...noInput, params: { id, code } }, { actor })),
    isochrones: async (actor: Actor, id: string, query: object) =>
      lifecircleRoutes.isochrones.response.parse(
        await handlers.isochrones(
          { ...noInput, params: { id }, query: lifecircleRoutes.isochrones.query.parse(query) },
          { actor },
        ),
      ).items,
    upload: (actor: Actor, body: Uint8Array, districts = ['500103']) =>
      lifecircle.importNetwork(actor, { name: '上传', source: 'test', districts }, body),
    run: async (actor: Actor, id: string) =>
      lifecircleRoutes.run.response.parse(await handlers.run({ ...noInput, params: { id } }, { actor })),
    runs: async (actor: Actor, query = {}) =>
      lifecircleRoutes.runs.response.parse(await handlers.runs({ ...noInput, query }, { actor })).items,
    matrix: async (actor: Actor, id: string, area?: string) =>
      lifecircleRoutes.matrix.response.parse(
        await handlers.matrix({ ...noInput, params: { id }, query: area === undefined ? {} : { area } }, { actor }),
      ),
    cells: async (actor: Actor, id: string, classCode: string, area?: string) =>
      lifecircleRoutes.cells.response.parse(
        await handlers.cells(
          { ...noInput, params: { id }, query: { class: classCode, ...(area === undefined ? {} : { area }) } },
          { actor },
        ),
      ),
    async close() {
      await lifecircle.close();
      await compute.close();
      await world.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

export type CircleWorld = Awaited<ReturnType<typeof createCircleWorld>>;
