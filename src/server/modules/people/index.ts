export { countCare } from './care-count.ts';
export { createPeople, type People } from './people.ts';
export type { NearCare, PeopleParts } from './queries.ts';
