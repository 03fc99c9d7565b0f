export { createDeviceHandlers, type DeviceCtx, type DeviceParts } from './device-handlers.ts';
export { createDeviceDoor, type DeviceDoor, type KnownDevice } from './device-door.ts';
export { hashSecret } from './device-secret.ts';
