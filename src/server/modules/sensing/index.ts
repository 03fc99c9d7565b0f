export { createDeviceHandlers, type DeviceCtx, type DeviceParts } from './device-handlers.ts';
export { createDeviceDoor, type DeviceDoor, type KnownDevice } from './device-door.ts';
export { hashSecret } from './device-secret.ts';
export { createSensing, type Sensing } from './sensing.ts';
export type { OpenPlan, SensingDeps } from './kit.ts';
export type { Delivery } from './alerts.ts';
export { seedThresholds } from './seed.ts';
