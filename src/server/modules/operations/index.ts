import { linkHandlers, findPhotoByLink } from './by-link.ts';
import { companionOf } from './companion.ts';
import { openPlan, type OpenPlan } from './commands-open.ts';
import { operationHandlers, planHandlers } from './handlers.ts';
import type { OperationResult } from './in-room.ts';
import { sweepRooms } from './jobs.ts';
import { nearbyHandlers } from './nearby.ts';
import type { OperationsDeps } from './parts.ts';

export { seedPlans } from './seed.ts';
export type { CareNear, Circle, Nearby, OperationsDeps, RiskPointNear } from './parts.ts';
export type { OpenPlan } from './commands-open.ts';
export type { OperationResult } from './in-room.ts';

export interface Operations {
  handlers: ReturnType<typeof operationHandlers>;
  planHandlers: ReturnType<typeof planHandlers>;
  /** Behind signed links. */
  linkHandlers: ReturnType<typeof linkHandlers>;
  /** undefined without the registers to ask. */
  nearbyHandlers: ReturnType<typeof nearbyHandlers> | undefined;
  /** For modules above: opens the room of an event by a plan, exactly once per opId; the same plan again changes nothing. */
  openPlan(input: OpenPlan): Promise<OperationResult>;
  findPhotoByLink(secret: string, photoId: string): Promise<{ storageKey: string } | undefined>;
  /** Every few seconds: ends rooms whose event has ended and forgets positions whose time has passed. */
  sweep(): Promise<number>;
}

/** Builds the module; from then on it accompanies the events' commands (companion.ts). */
export function createOperations(kit: OperationsDeps): Operations {
  kit.events.accompany(companionOf(kit));
  return {
    handlers: operationHandlers(kit),
    planHandlers: planHandlers(kit),
    linkHandlers: linkHandlers(kit),
    nearbyHandlers: kit.nearby === undefined ? undefined : nearbyHandlers(kit, kit.nearby),
    openPlan: (input) => openPlan(kit, input),
    findPhotoByLink: (secret, photoId) => findPhotoByLink(kit, secret, photoId),
    sweep: () => sweepRooms(kit),
  };
}
