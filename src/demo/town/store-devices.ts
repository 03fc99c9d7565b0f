import type { Tx } from '#server/db/pool.ts';
import { hashSecret } from '#server/modules/sensing/device-secret.ts';
import { insertDevices } from '#server/modules/sensing/device-store.ts';
import type { DemoDevice } from './make-devices.ts';
import { foundedMs } from './make-town.ts';

/** Writes the devices into a town that stands already. */
export async function storeDevices(tx: Tx, devices: readonly DemoDevice[]): Promise<void> {
  const rows = await Promise.all(
    devices.map(async ({ secret, ...device }) => ({
      ...device,
      district: device.path[1] ?? device.areaCode,
      unitId: null,
      riskPoint: null,
      heartbeatS: null,
      state: 'active' as const,
      secretHash: await hashSecret(secret),
    })),
  );
  const added = await insertDevices(tx, rows, new Date(foundedMs));
  if (added.size !== rows.length) throw new Error('Two demo devices have one code.');
}
