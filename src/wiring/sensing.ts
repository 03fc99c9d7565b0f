import { deviceRoutes } from '#contract/devices.ts';
import { mount } from '#server/http/mount.ts';
import { createDeviceDoor, createDeviceHandlers, type DeviceDoor } from '#server/modules/sensing/index.ts';
import type { Joined, Parts } from './parts.ts';

/** Devices, and what a broker may ask about them. */
export function joinSensing(parts: Parts): Joined & { devices: DeviceDoor } {
  const { app, database, doors } = parts;
  mount(app, deviceRoutes, createDeviceHandlers(parts), doors);
  return { devices: createDeviceDoor(database) };
}
