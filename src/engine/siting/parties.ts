import type { SitingQuestion } from './question.ts';

/** People of one group at one place; whoever is of a group without weight is not among them. */
export interface Party {
  demand: number;
  group: keyof SitingQuestion['weights'];
  people: number;
  weight: number;
}

/** Everybody who counts, by demand. */
export function partiesOf({ demands, weights }: SitingQuestion): Party[] {
  const parties: Party[] = [];
  for (let demand = 0; demand < demands.people.length; demand++) {
    const [elders, children] = [demands.elders[demand] as number, demands.children[demand] as number];
    const counts = { others: (demands.people[demand] as number) - elders - children, elders, children };
    for (const group of ['others', 'elders', 'children'] as const)
      if (counts[group] > 0 && weights[group] > 0)
        parties.push({ demand, group, people: counts[group], weight: weights[group] });
  }
  return parties;
}

/** By demand, 1 for whom no place there is and no candidate can help: 'centre' leaves them out, or nothing else would count. */
export function outOfReach({ times, existingDs, beyondDs }: SitingQuestion): Uint8Array {
  return Uint8Array.from(existingDs, (there, demand) => {
    if (there < beyondDs) return 0;
    for (let at = times.first[demand] as number; at < (times.first[demand + 1] as number); at++)
      if ((times.ds[at] as number) < beyondDs) return 0;
    return 1;
  });
}
