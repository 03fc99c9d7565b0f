import type { Tx } from '#server/db/pool.ts';
import type { Vault } from '#server/vault/vault.ts';
import { maskName } from './rules.ts';
import { openName, openSecrets } from './sealing.ts';
import { listCareOf } from './store.ts';

/** Whom a visitor goes to, in full. */
export interface DutyCare {
  name: string;
  phone: string | null;
  address: string;
  addressDetail: string | null;
  contact: string | null;
  tags: string[];
  lon: number;
  lat: number;
}

/**
 * People in care in full, for those whose duty it is to go there; by id. The caller has made sure of the duty and writes
 * the ledger line `care.reveal`. Restricted records are not shown to the program's own scope.
 */
export async function openForDuty(tx: Tx, vault: Vault, ids: readonly string[]): Promise<Map<string, DutyCare>> {
  const rows = await listCareOf(tx, ids);
  return new Map(
    rows.map((row) => {
      const { name, phone, addressDetail, contact } = openSecrets(vault, row);
      const { address, tags, lon, lat } = row;
      return [row.id, { name, phone, addressDetail, contact, address, tags, lon, lat }];
    }),
  );
}

/** The same people as lists show them: the name masked, nothing finer than the house. */
export async function maskForList(
  tx: Tx,
  vault: Vault,
  ids: readonly string[],
): Promise<Map<string, Pick<DutyCare, 'name' | 'address' | 'tags' | 'lon' | 'lat'>>> {
  const rows = await listCareOf(tx, ids);
  return new Map(
    rows.map(({ id, name, address, tags, lon, lat }) => [
      id,
      { name: maskName(openName(vault, name)), address, tags, lon, lat },
    ]),
  );
}
