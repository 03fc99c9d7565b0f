import { MipWriter, type MipModel } from './mip.ts';
import type { Party } from './parties.ts';
import type { SitingQuestion } from './question.ts';
import type { Share } from './room.ts';

/** The question as a mixed-integer program: which places, and how many people of each kind go to each. */
export interface Programme {
  model: MipModel;
  /** What the goal measures when nothing is chosen; the program's cost is what choosing takes off. */
  base: number;
  /** The places of an answer. */
  chosenOf(values: ArrayLike<number>): number[];
  /** A choice as values of the columns. */
  valuesOf(chosen: readonly number[], shares: readonly Share[]): number[];
}

/** People who may go to the same places at the same gain. */
interface Crowd {
  people: number;
  /** What a person gains by going to each candidate. */
  gains: ReadonlyMap<number, number>;
  columns: Map<number, number>;
}

/**
 * Writes 'cover' (weight of the people within the limit) or 'median' (weight × deciseconds) as a program whose cost is what
 * choosing takes off, negative. People may be divided, so that for given places the least cost is reached in whole people
 * (the matrix of a flow). Crowds alike become one. O(walks).
 * @param count places at most
 * @param within for 'cover': deciseconds in which a person is served
 */
export function writeProgramme(
  question: SitingQuestion,
  parties: readonly Party[],
  { goal, count, within }: { goal: 'cover' | 'median'; count: number; within: number },
): Programme {
  const { candidates, budget } = question;
  const writer = new MipWriter();
  const places = candidates.map(() => writer.column(0, 1, true));
  const { crowds, crowdOf } = gather(question, parties, goal === 'cover' ? within : null);
  const loads = places.map((): [number, number][] => []);
  const isScarce = scarce(candidates, crowds);
  for (const crowd of crowds) {
    for (const [j, gain] of crowd.gains) {
      const most = Math.min(crowd.people, candidates[j]?.capacity ?? Infinity);
      const column = writer.column(-gain, most, false);
      crowd.columns.set(j, column);
      loads[j]?.push([column, 1]);
      // Where room is scarce, the row of the room binds; where it is not, these do.
      if (!isScarce(j)) writer.row(-Infinity, 0, [[column, 1], [j, -most]]); // prettier-ignore
    }
    writer.row(-Infinity, crowd.people, [...crowd.columns.values()].map((column) => [column, 1] as const)); // prettier-ignore
  }
  candidates.forEach(({ capacity }, j) => {
    if (capacity !== null) writer.row(-Infinity, 0, [...(loads[j] ?? []), [j, -capacity]]);
  });
  writer.row(-Infinity, count, places.map((j) => [j, 1] as const)); // prettier-ignore
  if (budget !== null) writer.row(-Infinity, budget, candidates.map(({ cost }, j) => [j, cost] as const)); // prettier-ignore
  return {
    model: writer.model,
    base: baseOf(question, parties, goal, within),
    chosenOf: (values) => places.filter((j) => (values[j] ?? 0) > 0.5),
    valuesOf(chosen, shares) {
      const values = writer.model.cost.map(() => 0);
      for (const j of chosen) values[j] = 1;
      for (const { party, people, to } of shares) {
        const column = crowdOf.get(party)?.columns.get(to);
        if (column !== undefined) values[column] = (values[column] as number) + people;
      }
      return values;
    },
  };
}

/** Whether everybody who may go to a place is more than it has room for. */
function scarce(candidates: SitingQuestion['candidates'], crowds: readonly Crowd[]): (j: number) => boolean {
  const may = candidates.map(() => 0);
  for (const { people, gains } of crowds) for (const j of gains.keys()) may[j] = (may[j] as number) + people;
  return (j) => (candidates[j]?.capacity ?? Infinity) < (may[j] as number);
}

function baseOf(
  { existingDs, beyondDs }: SitingQuestion,
  parties: readonly Party[],
  goal: 'cover' | 'median',
  within: number,
): number {
  let sum = 0;
  for (const { demand, people, weight } of parties) {
    const there = Math.min(existingDs[demand] as number, beyondDs);
    if (goal === 'median') sum += weight * people * there;
    else if (there <= within) sum += weight * people;
  }
  return sum;
}

function gather(
  question: SitingQuestion,
  parties: readonly Party[],
  within: number | null,
): { crowds: Crowd[]; crowdOf: Map<number, Crowd> } {
  const alike = new Map<string, Crowd>();
  const crowdOf = new Map<number, Crowd>();
  parties.forEach(({ demand, people, weight }, party) => {
    const gains = gainsOf(question, demand, weight, within);
    if (gains.size === 0) return;
    // Whoever walks need not be alike in two places to be of one crowd: only the gains count.
    const key = [...gains].sort((a, b) => a[0] - b[0]).join(';');
    const crowd = alike.get(key) ?? { people: 0, gains, columns: new Map<number, number>() };
    crowd.people += people;
    alike.set(key, crowd);
    crowdOf.set(party, crowd);
  });
  return { crowds: [...alike.values()], crowdOf };
}

function gainsOf(
  { times, existingDs, beyondDs }: SitingQuestion,
  demand: number,
  weight: number,
  within: number | null,
): Map<number, number> {
  const gains = new Map<number, number>();
  const there = Math.min(existingDs[demand] as number, beyondDs);
  if (within !== null && there <= within) return gains;
  for (let at = times.first[demand] as number; at < (times.first[demand + 1] as number); at++) {
    const ds = times.ds[at] as number;
    const gain = within === null ? weight * (there - ds) : ds <= within ? weight : 0;
    if (gain > 0) gains.set(times.candidate[at] as number, gain);
  }
  return gains;
}
