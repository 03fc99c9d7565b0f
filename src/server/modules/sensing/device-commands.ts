import type { z } from 'zod';
import type { deviceRoutes } from '#contract/devices.ts';
import { AppError } from '#kit/errors.ts';
import { uuidV7 } from '#kit/ids.ts';
import type { Tx } from '#server/db/pool.ts';
import type { LiveTerritory } from '#server/modules/grids/index.ts';
import { ledgerActor, type Actor } from '#server/modules/identity/index.ts';
import { append } from '#server/modules/ledger/index.ts';
import type { Vault } from '#server/vault/vault.ts';
import { assertDeviceVersion, assertMayPut, assertMuteReason, mayEditDevice } from './device-rules.ts';
import { hashSecret, secretOf } from './device-secret.ts';
import {
  findDeviceForUpdate,
  insertDevices,
  retireDeviceRow,
  saveSecret,
  updateDevices,
  type Device,
  type StoredDevice,
} from './device-store.ts';

/** What every command about devices works with. */
export interface DeviceWork {
  tx: Tx;
  territory: LiveTerritory;
  vault: Vault;
  actor: Actor;
  atMs: number;
  opId: string | null;
}

type NewWish = z.output<(typeof deviceRoutes.createDevice)['body']>;
type EditWish = z.output<(typeof deviceRoutes.editDevice)['body']>;

/** Registers a device. @throws AppError already_exists, bad_input (place, unit), not_allowed */
export async function createDevice(work: DeviceWork, wish: NewWish): Promise<{ id: string; ledgerId: string }> {
  const device = placed(work, { ...wish, id: uuidV7(work.atMs), state: 'active' });
  assertMayPut(work.actor, device);
  const secretHash = await hashSecret(secretOf(work.vault, device.id, 1));
  const added = await insertDevices(work.tx, [{ ...device, secretHash }], new Date(work.atMs));
  if (!added.has(device.code))
    throw new AppError('already_exists', `Device code ${device.code} is taken. Choose another.`, { code: device.code });
  const ledgerId = await recordDevice(
    work,
    'device.create',
    device,
    { device: factsOf(device) },
    { name: device.name },
  );
  return { id: device.id, ledgerId };
}

/** Changes a device; its code stays, because it is printed on the housing. */
export async function editDevice(work: DeviceWork, id: string, wish: EditWish): Promise<{ ledgerId: string }> {
  const before = await getForUpdate(work, id);
  assertDeviceVersion(before, wish.version);
  const { opId: _op, version: _seen, reason, ...changes } = wish;
  const moved = changes.lon !== undefined || changes.lat !== undefined || changes.areaCode !== undefined;
  const wanted = { ...before, ...withoutUndefined(changes) };
  const after = placed(work, { ...wanted, areaCode: moved ? changes.areaCode : before.areaCode });
  assertMuteReason(before.state, after.state, reason);
  assertMayPut(work.actor, after);
  await updateDevices(work.tx, [after]);
  const data = { from: factsOf(before), to: factsOf(after) };
  return { ledgerId: await recordDevice(work, 'device.edit', after, data, { name: after.name, reason }) };
}

/** Takes a device out of use; its code is never given again. Whoever keeps its connection hears of the line and ends it. */
export async function retireDevice(
  work: DeviceWork,
  id: string,
  wish: { version: number; reason: string },
): Promise<{ ledgerId: string }> {
  const device = await getForUpdate(work, id);
  assertDeviceVersion(device, wish.version);
  await retireDeviceRow(work.tx, id, new Date(work.atMs));
  return {
    ledgerId: await recordDevice(work, 'device.retire', device, { code: device.code }, { reason: wish.reason }),
  };
}

/** Gives a device a new secret; the old one ends at once. Answers its number: the caller derives the secret from it. */
export async function rotateSecret(
  work: DeviceWork,
  id: string,
  seen: number,
): Promise<{ secretVersion: number; ledgerId: string }> {
  const device = await getForUpdate(work, id);
  assertDeviceVersion(device, seen);
  const secretVersion = device.secretVersion + 1;
  await saveSecret(work.tx, id, secretVersion, await hashSecret(secretOf(work.vault, id, secretVersion)));
  const data = { code: device.code, secretVersion };
  return { secretVersion, ledgerId: await recordDevice(work, 'device.rotate', device, data) };
}

/** Where it lies: the smallest area around the position, or the one named when it lies outside every outline. */
export function placed<D extends Omit<Device, 'path' | 'areaCode' | 'district'> & { areaCode?: string | undefined }>(
  { territory }: Pick<DeviceWork, 'territory'>,
  device: D,
): Device {
  const area = territory.locate(device.lon, device.lat) ?? territory.area(device.areaCode ?? '');
  if (area === undefined || isRetired(territory, area.code))
    throw new AppError(
      'bad_input',
      `The position ${device.lon}, ${device.lat} lies outside every outline. Name an area in use with areaCode, or mend the position (WGS-84, longitude first).`,
      { field: 'areaCode' },
    );
  const unit = device.unitId === null ? null : territory.maps().units.get(device.unitId);
  if (unit === undefined || (unit !== null && unit.retiredAt !== null))
    throw new AppError('bad_input', 'There is no such unit in use. Choose one of the list of units.', {
      field: 'unitId',
    });
  const path = [...area.path];
  const { id, code, name, kind, metrics, lon, lat, unitId, riskPoint, heartbeatS, state } = device;
  const where = { lon, lat, path, areaCode: area.code, district: districtOf(path) };
  return { id, code, name, kind, metrics, ...where, unitId, riskPoint, heartbeatS, state };
}

function isRetired(territory: LiveTerritory, code: string): boolean {
  return (territory.maps().areas.get(code)?.retiredAt ?? null) !== null;
}

/** The six digits a ledger line carries. */
export function districtOf(path: readonly string[]): string {
  return path[1] ?? path[0] ?? '000000';
}

async function getForUpdate(work: DeviceWork, id: string): Promise<StoredDevice> {
  const device = await findDeviceForUpdate(work.tx, id);
  if (device === undefined || device.state === 'retired' || !mayEditDevice(work.actor, device))
    throw new AppError('not_found', 'There is no such device, or it is no longer in use.', { id });
  return device;
}

/** What an auditor may see; the name may hold an address and stays in the words. */
export function factsOf(device: Device): Record<string, unknown> {
  const { code, kind, metrics, lon, lat, areaCode, unitId, riskPoint, heartbeatS, state } = device;
  return { code, kind, metrics, lon, lat, areaCode, unitId, riskPoint, heartbeatS, state };
}

export function recordDevice(
  work: DeviceWork,
  action: string,
  device: Device,
  data: Record<string, unknown>,
  words?: Record<string, unknown>,
): Promise<string> {
  return append(work.tx, {
    actor: ledgerActor(work.actor),
    action,
    subject: { type: 'device', id: device.id },
    district: device.district,
    atMs: work.atMs,
    data,
    ...(words === undefined ? {} : { words }),
    audience: [...(device.unitId === null ? [] : [`u:${device.unitId}`]), ...device.path.map((code) => `a:${code}`)],
    opId: work.opId,
  });
}

function withoutUndefined<T extends object>(value: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(value).filter(([, part]) => part !== undefined)) as {
    [K in keyof T]: Exclude<T[K], undefined>;
  };
}
