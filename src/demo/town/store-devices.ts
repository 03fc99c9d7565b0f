import { seededRandom } from '#kit/random.ts';
import type { Tx } from '#server/db/pool.ts';
import { hashSecret } from '#server/modules/sensing/device-secret.ts';
import { insertDevices } from '#server/modules/sensing/device-store.ts';
import { saveThreshold } from '#server/modules/sensing/store-threshold.ts';
import { seededId } from '../ids.ts';
import { storyDevice, type DemoDevice } from './make-devices.ts';
import { demoSeed, foundedMs } from './make-town.ts';

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
  await storeStoryRule(tx, devices);
}

/** Smoke in the cable well is a fire of its own kind, with its own plan: the seat makes it an event by one key. */
async function storeStoryRule(tx: Tx, devices: readonly DemoDevice[]): Promise<void> {
  const device = devices.find(({ code }) => code === storyDevice.code);
  if (device === undefined) throw new Error(`The demo has no device ${storyDevice.code}.`);
  await saveThreshold(tx, {
    id: seededId(seededRandom(demoSeed + 32), foundedMs),
    deviceKind: null,
    deviceId: device.id,
    basis: 'message',
    metric: null,
    kind: 'smoke',
    direction: 'above',
    raiseAt: null,
    clearAt: null,
    holdOffS: 0,
    priority: 0,
    categoryCode: 'E0511',
    planCode: 'cable_well_fire',
    raises: 'ask',
    note: '',
    version: 1,
    updatedAt: new Date(foundedMs),
    retiredAt: null,
  });
}
