export { countCare } from './care-count.ts';
export { createPeople, type People } from './people.ts';
export type { NearCare } from './queries-near.ts';
export type { PeopleParts } from './queries.ts';
export { tellCount, tellCounts } from './rules-cells.ts';
export { levelOf, standingTo, type CareField, type Circumstance, type Level, type Standing } from './rules-sight.ts';
export { careTags, colourOf, type CareColour, type CareTag } from './tags.ts';
export type { Erasable } from './erase-commands.ts';
export type { Watcher } from './review-handlers.ts';
