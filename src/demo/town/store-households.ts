import { codePath } from '#engine/territory/area-code.ts';
import type { Tx } from '#server/db/pool.ts';
import { plainDoor } from '#server/modules/coverage/rules.ts';
import type { Vault } from '#server/vault/vault.ts';
import { insertMany } from '../bulk.ts';
import type { DemoHousehold } from './make-households.ts';
import { foundedMs } from './make-town.ts';

/** Writes the households; their doors go through the vault like everywhere. */
export async function storeHouseholds(tx: Tx, vault: Vault, households: readonly DemoHousehold[]): Promise<void> {
  const since = new Date(foundedMs);
  const columns = {
    id: 'uuid',
    district: 'text',
    area_code: 'text',
    path: 'text[]',
    address: 'text',
    door: 'bytea',
    door_index: 'bytea',
    residents: 'smallint',
    visited_at: 'timestamptz',
    visited_how: 'text',
    created_at: 'timestamptz',
    updated_at: 'timestamptz',
  } as const;
  const rows = households.map(({ id, areaCode, address, door, residents, visitedAt, visitedHow }) => {
    const path = codePath(areaCode);
    return {
      id,
      district: path[1] ?? '',
      area_code: areaCode,
      path,
      address,
      door: vault.seal(door, 'household.door'),
      door_index: vault.blindIndex(plainDoor(address, door), 'household.door'),
      residents,
      visited_at: visitedAt,
      visited_how: visitedHow,
      created_at: since,
      updated_at: since,
    };
  });
  await insertMany(tx, 'household', columns, rows);
}
