import type { Clock } from '#kit/clock.ts';
import type { Database } from '#server/db/pool.ts';
import type { Events } from '#server/modules/events/index.ts';
import type { Territory } from '#server/modules/grids/index.ts';
import type { Actor } from '#server/modules/identity/index.ts';
import type { Vault } from '#server/vault/vault.ts';

/** A circle on the ground: WGS-84 degrees, metres. */
export interface Circle {
  lon: number;
  lat: number;
  radiusM: number;
}

/** As far as the register lets the actor see; null is not for these eyes. */
export interface CareNear {
  id: string | null;
  /** Masked by the register. */
  name: string | null;
  tags: readonly string[];
  colour: 'red' | 'orange' | 'yellow' | 'blue';
  address: string | null;
  distanceM: number;
  lon: number;
  lat: number;
  /** False: the middle of the grid, and a rounded distance. */
  exact: boolean;
}

export interface RiskPointNear {
  id: string;
  name: string;
  kind: string;
  level: string | number;
  distanceM: number;
  lon: number;
  lat: number;
}

/** The registers of people in care and of risk points, given by wiring: they decide what the actor may see. */
export interface Nearby {
  /** `room`: an urgent event's room, and the purpose is on record. */
  listCareNear(actor: Actor, circle: Circle, circumstance: 'plain' | 'room'): Promise<readonly CareNear[]>;
  listRiskPointsNear(actor: Actor, circle: Circle): Promise<readonly RiskPointNear[]>;
}

/** What the module is built from. */
export interface OperationsDeps {
  database: Database;
  territory: Territory;
  vault: Vault;
  clock: Clock;
  events: Events;
  /** Absent: nothing around a place is shown, and plans fit by category only. */
  nearby?: Nearby;
}

/** What a handler needs to know of the request. */
export interface Caller {
  actor: Actor;
}
