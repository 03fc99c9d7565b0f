/** A small town for the tests of this module: a square street of 2 × 1 communities, the western one with four grids. */
import { randomUUID } from 'node:crypto';
import { fixedClock } from '#kit/clock.ts';
import type { Permission } from '#contract/route.ts';
import { openDatabase, type Database, type Tx } from '#server/db/pool.ts';
import type { Actor } from '#server/modules/identity/index.ts';
import { createTestDatabase } from '#test/helpers/db.ts';
import { createGrids } from './grids.ts';
import { createTerritory, type LiveTerritory } from './live-territory.ts';
import { insertAreas, type NewArea } from './store.ts';
import { saveUnits } from './store-units.ts';
import { systemScope } from '#server/db/scope.ts';

export const city = '510100';
export const district = '510104';
export const street = '510104001';
export const west = '510104001001';
export const east = '510104001002';

type Ring = [number, number][];

/** A rectangle in thousandths of a degree from 104° E, 30° N. */
export function box(x: number, y: number, toX: number, toY: number): { type: 'Polygon'; coordinates: Ring[] } {
  const at = (a: number, b: number): [number, number] => [104 + a / 1000, 30 + b / 1000];
  return { type: 'Polygon', coordinates: [[at(x, y), at(toX, y), at(toX, toY), at(x, toY), at(x, y)]] };
}

const common = { kind: 'ordinary', residents: 100, households: 40 } as const;

export const areas: NewArea[] = [
  { code: city, tier: 'city', name: '样城', parentCode: null, path: [city], ...common },
  { code: district, tier: 'district', name: '样区', parentCode: city, path: [city, district], ...common },
  {
    code: street,
    tier: 'street',
    name: '样街街道',
    parentCode: district,
    path: [city, district, street],
    geometry: box(0, 0, 20, 10),
    ...common,
  },
  {
    code: west,
    tier: 'community',
    name: '西社区',
    parentCode: street,
    path: [city, district, street, west],
    geometry: box(0, 0, 10, 10),
    ...common,
  },
  {
    code: east,
    tier: 'community',
    name: '东社区',
    parentCode: street,
    path: [city, district, street, east],
    geometry: box(10, 0, 20, 10),
    ...common,
  },
  ...[box(0, 0, 5, 5), box(5, 0, 10, 5), box(0, 5, 5, 10), box(5, 5, 10, 10)].map((geometry, k): NewArea => {
    const code = `${west}00${k + 1}`;
    return {
      code,
      tier: 'grid',
      name: `第${k + 1}网格`,
      parentCode: west,
      path: [city, district, street, west, code],
      geometry,
      ...common,
    };
  }),
];

export function actorWith(permissions: Permission[], areaCode: string | null): Actor {
  const grant = { role: 'system_admin' as const, unitId: randomUUID(), areaCode, permissions: new Set(permissions) };
  return { kind: 'account', accountId: randomUUID(), name: 'test', adminKind: null, grants: [grant], limitedTo: null };
}

export const ids = {
  centre: randomUUID(),
  post: randomUUID(),
  committee: randomUUID(),
  bureau: randomUUID(),
  districtCentre: randomUUID(),
  agency: randomUUID(),
};

export interface Town {
  database: Database;
  territory: LiveTerritory;
  grids: ReturnType<typeof createGrids>;
  admin: { actor: Actor };
  url: string;

  ledgerLines(action: string): Promise<Record<string, unknown>[]>;
  close(): Promise<void>;
}

/** Fixtures are written by the owner, who need not record what he does. */
export async function asOwner(url: string, work: (tx: Tx) => Promise<void>): Promise<void> {
  const owner = openDatabase(url, { max: 1, role: null });
  try {
    await owner.inTx(systemScope, work);
  } finally {
    await owner.close();
  }
}

export async function buildTown(): Promise<Town> {
  const { url, drop } = await createTestDatabase();
  const database = openDatabase(url, { max: 5 });
  await asOwner(url, async (tx) => {
    await insertAreas(tx, areas);
    const unit = { nameEn: '', boardCode: null, phone: null, sort: 0 };
    await saveUnits(tx, [
      {
        id: ids.districtCentre,
        code: 'DC',
        kind: 'centre',
        roleCode: 'centre',
        name: '区中心',
        tier: 'district',
        areaCode: district,
        parentId: null,
        ...unit,
      },
      {
        id: ids.bureau,
        code: 'UB',
        kind: 'department',
        roleCode: 'urban_management',
        name: '城管局',
        tier: 'district',
        areaCode: district,
        parentId: ids.districtCentre,
        ...unit,
      },
      {
        id: ids.agency,
        code: 'PW',
        kind: 'agency',
        roleCode: 'power',
        name: '供电',
        tier: 'district',
        areaCode: district,
        parentId: null,
        ...unit,
      },
      {
        id: ids.centre,
        code: 'SC',
        kind: 'centre',
        roleCode: 'centre',
        name: '街道中心',
        tier: 'street',
        areaCode: street,
        parentId: ids.districtCentre,
        ...unit,
      },
      {
        id: ids.post,
        code: 'P1',
        kind: 'post',
        roleCode: 'urban_management',
        name: '城管岗',
        tier: 'street',
        areaCode: street,
        parentId: ids.centre,
        ...unit,
      },
      {
        id: ids.committee,
        code: 'C1',
        kind: 'committee',
        roleCode: 'committee',
        name: '西社区居委会',
        tier: 'community',
        areaCode: west,
        parentId: ids.centre,
        ...unit,
      },
    ]);
  });
  const territory = await createTerritory(database);
  const grids = createGrids({ database, territory, clock: fixedClock(Date.UTC(2026, 5, 1)) });
  return {
    database,
    territory,
    grids,
    admin: { actor: actorWith(['grids.read', 'grids.edit', 'risk.edit'], district) },
    url,
    ledgerLines: (action) =>
      database.read(systemScope, async ({ db }) => {
        const rows = await db
          .selectFrom('ledger_entry')
          .select(['subject_id', 'district', 'data', 'audience', 'op_id'])
          .where('action', '=', action)
          .execute();
        return rows as Record<string, unknown>[];
      }),
    async close() {
      await database.close();
      await drop();
    },
  };
}
