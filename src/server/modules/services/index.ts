import { serviceHandlers } from './handlers.ts';
import type { ServicesParts } from './parts.ts';

export { counterWords } from './dictionary.ts';
export { createServiceFigures, type ServiceFigures } from './figures-create.ts';
export { recordHeads } from './figures-heads.ts';
export type { FigureParts } from './figures-parts.ts';
export { countHeads } from './figures-store-records.ts';
export { warningsAt, weatherWord } from './rules.ts';
export type { ServedStation, ServicesParts, StockDoor } from './parts.ts';
export type { Taking } from './rules.ts';

export interface Services {
  handlers: ReturnType<typeof serviceHandlers>;
}

/** Services given at the counters of stations. */
export function createServices(parts: ServicesParts): Services {
  return { handlers: serviceHandlers(parts) };
}
