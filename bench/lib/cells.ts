/** A street of 20 communities with 10 grids each, for benches that need areas and people who act there, and no demo. */
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import pg from 'pg';
import { startEmbedded } from '#server/db/embedded.ts';
import { migrate } from '#server/db/migrate.ts';
import { rolePermissions, type Actor, type Role } from '#server/modules/identity/index.ts';
import { findPort, makeFolder, removeFolder } from './server.ts';

export const [city, district, street] = ['500000', '500103', '500103004'] as const;
const numbered = (above: string, count: number): string[] =>
  Array.from({ length: count }, (_, k) => `${above}${String(k + 1).padStart(3, '0')}`);
export const communities = numbered(street, 20);
export const gridsOf = (community: string): string[] => numbered(community, 10);
export const grids = communities.flatMap(gridsOf);

/** The codes above and its own: the city's is not the beginning of the others. */
function pathOf(code: string): string[] {
  if (code === city) return [city];
  return [city, ...[6, 9, 12, 15].filter((length) => length <= code.length).map((length) => code.slice(0, length))];
}

/** Runs a bench on an empty, migrated database of its own, which is gone afterwards; `owner` is its owner's connection. */
export async function onEmptyGround(bench: (url: string, owner: pg.Client) => Promise<void>): Promise<void> {
  const folder = await makeFolder();
  const ground = await startEmbedded({ dataDir: join(folder, 'pg'), port: await findPort() });
  try {
    await migrate(ground.url);
    const owner = new pg.Client({ connectionString: ground.url });
    owner.on('error', () => undefined);
    await owner.connect();
    await bench(ground.url, owner);
    await owner.end();
  } finally {
    await ground.stop();
    await removeFolder(folder);
  }
}

/** Puts the areas into an empty, migrated database, as its owner. */
export async function makeCells(owner: pg.Client): Promise<void> {
  const tiers: Record<number, string> = { 6: 'district', 9: 'street', 12: 'community', 15: 'grid' };
  for (const code of [city, district, street, ...communities, ...grids]) {
    const path = pathOf(code);
    const tier = code === city ? 'city' : tiers[code.length];
    await owner.query('insert into area (code, tier, name, parent_code, path) values ($1, $2, $1, $3, $4)', [
      code,
      tier,
      path.at(-2) ?? null,
      path,
    ]);
  }
}

/** Somebody appointed to a role over an area. */
export function actorOf(role: Role, areaCode: string, accountId: string = randomUUID()): Actor {
  const grant = { role, unitId: randomUUID(), areaCode, permissions: new Set(rolePermissions[role]) };
  return { kind: 'account', accountId, name: '', adminKind: null, grants: [grant], limitedTo: null };
}

/** A place within the street, in degrees of WGS-84; `random` gives 0 to 1. */
export function placeIn(random: () => number): { lon: number; lat: number } {
  return { lon: 106.5 + random() * 0.04, lat: 29.54 + random() * 0.04 };
}
