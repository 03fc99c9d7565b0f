/** The demo town without its history: territory, organisations, people. A value that follows from the seed alone. */
import { seededRandom } from '#kit/random.ts';
import { makeGeography, type Geography } from '../geography/make-geography.ts';
import { makePeople, type DemoPerson } from './make-people.ts';
import { makeStations, type DemoPartner, type DemoStation } from './make-stations.ts';
import { makeUnits, type Organisation } from './make-units.ts';

/** The town everybody gets. */
export const demoSeed = 500_103_004;

/** Ids of units and people carry this instant, so that they do not depend on the day the demo is loaded. */
export const foundedMs = Date.UTC(2025, 0, 1);

export interface Town extends Organisation {
  geography: Geography;
  people: DemoPerson[];
  stations: DemoStation[];
  partners: DemoPartner[];
}

export function makeTown(seed: number = demoSeed): Town {
  const geography = makeGeography(seed);
  const rng = seededRandom(seed + 1);
  const organisation = makeUnits(rng, geography.areas, foundedMs);
  const people = makePeople(rng, geography, organisation.units, foundedMs);
  // Last and from a seed of their own, so that everybody else is who they were.
  const { stations, partners, ...theirs } = makeStations(seed + 40, geography, organisation.units, foundedMs);
  return {
    geography,
    boards: organisation.boards,
    units: [...organisation.units, ...theirs.units],
    people: [...people, ...theirs.people],
    stations,
    partners,
  };
}
