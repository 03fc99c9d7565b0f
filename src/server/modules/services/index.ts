import { serviceHandlers } from './handlers.ts';
import type { ServicesParts } from './parts.ts';

export { stationDoor } from './store-station.ts';
export type { ServedStation, ServicesParts, StockDoor } from './parts.ts';
export type { Taking } from './rules.ts';

export interface Services {
  handlers: ReturnType<typeof serviceHandlers>;
}

/** Services given at the counters of stations. */
export function createServices(parts: ServicesParts): Services {
  return { handlers: serviceHandlers(parts) };
}
