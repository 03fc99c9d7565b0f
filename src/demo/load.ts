import { sql } from 'kysely';
import type { Clock } from '#kit/clock.ts';
import type { Database, Tx } from '#server/db/pool.ts';
import { systemScope } from '#server/db/scope.ts';
import { append } from '#server/modules/ledger/index.ts';
import type { Vault } from '#server/vault/vault.ts';
import { city } from './geography/names.ts';
import { demoLogins, demoPassword, type DemoLogin } from './town/logins.ts';
import { demoSeed, makeTown } from './town/make-town.ts';
import { storeTown } from './town/store-town.ts';

export interface DemoParts {
  database: Database;
  vault: Vault;
  clock: Clock;
  /** Told what is being done, one sentence each. */
  log: (line: string) => void;
}

export interface DemoLoaded {
  /** False when there was a territory already: the demo never touches a town that exists. */
  loaded: boolean;
  /** The logins worth printing; all have the same password. */
  accounts: readonly DemoLogin[];
  password: string;
}

/**
 * Fills an empty, migrated database with the demo town of DESIGN §11. Does nothing when any area exists. Everything
 * follows from one seed and from the clock's day; all or nothing.
 */
export async function loadDemo(parts: DemoParts): Promise<DemoLoaded> {
  const { database, clock, log } = parts;
  const answer = { accounts: demoLogins, password: demoPassword };
  if (await database.read(systemScope, hasTerritory)) return { loaded: false, ...answer };
  const town = makeTown();
  await database.inTx(systemScope, async (tx) => {
    await storeTown(tx, town);
    await append(tx, {
      actor: { kind: 'system', accountId: null },
      action: 'demo.load',
      subject: { type: 'area', id: city.code },
      district: city.code,
      atMs: clock.now(),
      data: {
        seed: demoSeed,
        areas: town.geography.areas.length,
        units: town.units.length,
        accounts: town.people.length,
      },
    });
  });
  log(`Demo town: ${town.geography.areas.length} areas, ${town.units.length} units, ${town.people.length} people.`);
  return { loaded: true, ...answer };
}

async function hasTerritory(tx: Tx): Promise<boolean> {
  const found = await sql<{ there: boolean }>`select exists (select from area) as there`.execute(tx.db);
  return found.rows[0]?.there === true;
}
