export { countCare } from './care-count.ts';
export { maskForList, openForDuty, reachPerson, type DutyCare, type Reached } from './for-duty.ts';
export { createPeople, type People } from './people.ts';
export type { NearCare } from './queries-near.ts';
export type { PeopleParts } from './queries.ts';
export { tellCount, tellCounts } from './rules-cells.ts';
export { careTags } from './tags.ts';
export type { Erasable } from './erase-commands.ts';
export type { Watcher } from './review-handlers.ts';
