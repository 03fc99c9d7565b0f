import type { Area } from './area.ts';
import { adminDevicesEn } from './en/admin-devices.ts';
import { adminDevicesZh } from './zh/admin-devices.ts';

export const adminDevices: Area<typeof adminDevicesZh> = { zh: adminDevicesZh, en: adminDevicesEn };
