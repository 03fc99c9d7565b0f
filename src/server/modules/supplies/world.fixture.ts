/** A small town with two stations of one street and one of another district's street, for the tests of this module. */
import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import type * as z from 'zod';
import { supplyRoutes } from '#contract/supplies.ts';
import { fixedClock } from '#kit/clock.ts';
import { uuidV7 } from '#kit/ids.ts';
import { openDatabase, type Tx } from '#server/db/pool.ts';
import { systemScope } from '#server/db/scope.ts';
import { rolePermissions, systemActor, type Actor, type Role } from '#server/modules/identity/index.ts';
import { createVault } from '#server/vault/vault.ts';
import { asOwner, buildTown, city, district, ids, street, west } from '../grids/town.fixture.ts';
import { saveUnits } from '../grids/store-units.ts';
import { createSupplies, type Supplies } from './index.ts';
import { note, placeOf } from './note.ts';
import { insertBatch, insertMovements } from './store-stock.ts';

/** Wednesday 3 June 2026, 10:00 in Chongqing. */
export const wednesday = Date.parse('2026-06-03T10:00:00+08:00');

const sites = [
  ['gate', [city, district, street, west]],
  ['bridge', [city, district, street]],
  ['far', [city, '510105', '510105001']],
] as const;
export type Site = (typeof sites)[number][0];

export async function buildSupplies() {
  const town = await buildTown();
  const { url } = town;
  const stationId = Object.fromEntries(sites.map(([code]) => [code, randomUUID()])) as Record<Site, string>;
  const unitId = Object.fromEntries(sites.map(([code]) => [code, randomUUID()])) as Record<Site, string>;
  const partnerId = randomUUID();
  await asOwner(url, async (tx) => {
    const unit = {
      kind: 'station',
      roleCode: 'station',
      nameEn: '',
      tier: 'street',
      boardCode: null,
      phone: null,
      sort: 0,
    } as const;
    await saveUnits(
      tx,
      sites.map(([code, path]) => ({
        ...unit,
        id: unitId[code],
        code: `station-${code}`,
        name: code,
        areaCode: path.length > 3 ? street : (path.find((one) => one === street) ?? district),
        parentId: ids.centre,
      })),
    );
    for (const [code, path] of sites)
      await sql`insert into station (id, code, unit_id, name, area_code, path, district, lon, lat, address, opened_on, created_at)
        values (${stationId[code]}, ${code}, ${unitId[code]}, ${code}, ${path.at(-1)}, ${[...path]}, ${path[1]}, 104, 30, '-',
          '2025-01-01', now())`.execute(tx.db);
    await sql`insert into partner (id, code, name, kind, area_code, path, district, created_at)
      values (${partnerId}, 'water-shop', '山泉', 'shop', ${street}, ${[city, district, street]}, ${district}, now())`.execute(
      tx.db,
    );
  });
  const database = openDatabase(url, { max: 12 });
  const clock = fixedClock(wednesday);
  const vault = createVault([new Uint8Array(32).fill(9)]);
  const supplies = createSupplies({ database, vault, clock });

  /** An account with one appointment. */
  function actor(role: Role, place: { unit: string; area?: string }): Actor {
    const grant = {
      role,
      unitId: place.unit,
      areaCode: place.area ?? null,
      permissions: new Set(rolePermissions[role]),
    };
    return { kind: 'account', accountId: null, name: role, adminKind: null, grants: [grant], limitedTo: null };
  }

  /** A request as the door would pass it on: parsed by the contract, the answer too. */
  async function ask<K extends keyof Supplies['handlers']>(
    who: Actor,
    key: K,
    input: { params?: object; query?: object; body?: object } = {},
  ): Promise<z.output<(typeof supplyRoutes)[K]['response']>> {
    const route = supplyRoutes[key];
    const body = route.method === 'GET' ? {} : { opId: randomUUID(), ...input.body };
    const parsed = {
      params: route.params.parse(input.params ?? {}),
      query: route.query.parse(input.query ?? {}),
      body: route.body.parse(body),
    };
    const answer = await supplies.handlers[key](parsed as never, { actor: who });
    return route.response.parse(answer) as z.output<(typeof supplyRoutes)[K]['response']>;
  }

  /** Puts a lot on the shelf, as a receipt would. */
  async function stock(
    site: Site,
    lot: { itemCode: string; quantity: number; number?: string; expiresOn?: string | null },
  ): Promise<string> {
    const id = uuidV7(clock.now());
    await database.inTx(systemScope, async (tx) => {
      const place = await placeOf(tx, stationId[site]);
      if (place === undefined) throw new Error('No such station.');
      await insertBatch(tx, {
        id,
        stationId: place.stationId,
        district: place.district,
        itemCode: lot.itemCode,
        number: lot.number ?? '',
        expiresOn: lot.expiresOn ?? null,
        receiptId: null,
        atMs: clock.now(),
      });
      await insertMovements(
        tx,
        [{ batchId: id, stationId: place.stationId, itemCode: lot.itemCode, kind: 'receive', delta: lot.quantity }],
        { atMs: clock.now(), nowMs: clock.now(), accountId: null },
      );
      await note(tx, { actor: systemActor, action: 'supply.receive', place, nowMs: clock.now() });
    });
    return id;
  }

  const system = <T>(work: (tx: Tx) => Promise<T>): Promise<T> => database.inTx(systemScope, work);
  const rows = async <T>(statement: ReturnType<typeof sql<T>>): Promise<T[]> =>
    (await database.read(systemScope, (tx) => statement.execute(tx.db))).rows;

  return {
    ...town,
    database,
    clock,
    vault,
    supplies,
    stationId,
    unitId,
    partnerId,
    actor,
    ask,
    stock,
    system,
    rows,
    /** Quantities of batches beside the sums of their movements: always equal. */
    sums: () =>
      rows(sql<{ id: string; quantity: number; moved: number }>`select b.id, b.quantity, coalesce((
        select sum(m.delta) from supply_movement m where m.batch_id = b.id), 0)::int as moved from supply_batch b order by b.id`),
    async close() {
      await database.close();
      await town.close();
    },
  };
}
export type World = Awaited<ReturnType<typeof buildSupplies>>;
