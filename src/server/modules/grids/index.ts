export { createTerritory, type LiveTerritory } from './live-territory.ts';
export type { Area, Territory, Unit } from './territory.ts';
