import type { Party } from './parties.ts';
import type { SitingQuestion } from './question.ts';
import { Queue } from './queue.ts';

/** Some people of a party and where they go: a candidate, −1 what exists already, −2 nothing within `beyondDs`. */
export interface Share {
  party: number;
  people: number;
  to: number;
  /** How long they walk, `beyondDs` at most. */
  ds: number;
}

/** What a party can choose among: places open and, last, what exists already (or nothing). */
interface Option {
  to: number;
  ds: number;
  /** What it costs for a person. */
  cost: number;
}

/**
 * Who goes where when these places are open. Without limits of room everybody goes to the nearest, ties to what exists and
 * then to the lowest candidate. Where places can be full, people are divided so that the goal is served best (for 'cover' as
 * many as can be within the limit, then the least walking): from everybody at their cheapest, whoever is too many is moved on
 * along the cheapest chain of moves (successive shortest paths; exact, Ahuja, Magnanti and Orlin 1993).
 * O(walks), and for each move O(places³ + places × log parties).
 */
export function shareOut(question: SitingQuestion, parties: readonly Party[], chosen: readonly number[]): Share[] {
  const { goal, limitDs, beyondDs } = question;
  if (!hasRooms(question, chosen)) {
    const { to, ds } = nearestOpen(question, chosen);
    return parties.map(({ demand, people }, party) => {
      return { party, people, to: to[demand] as number, ds: ds[demand] as number };
    });
  }
  if (goal !== 'centre') return divide(question, parties, chosen, goal === 'cover' ? limitDs : null);
  // Who walks farthest is made to walk least: the least limit beyond which nobody more must walk than with no limit at all.
  const atLimit = (limit: number): Share[] => divide(question, parties, chosen, limit);
  const over = (shares: readonly Share[], limit: number): number =>
    shares.reduce((sum, { people, ds }) => sum + (ds > limit ? people : 0), 0);
  const least = over(atLimit(beyondDs - 1), beyondDs - 1);
  let [low, high] = [0, beyondDs - 1];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (over(atLimit(middle), middle) === least) high = middle;
    else low = middle + 1;
  }
  return atLimit(high);
}

/** Where one goes from each demand when no place is full, ties to what exists already and then to the lowest candidate. O(walks). */
export function nearestOpen(
  { times, existingDs, beyondDs, candidates }: SitingQuestion,
  chosen: readonly number[],
): { to: Int32Array; ds: Float64Array } {
  const open = new Uint8Array(candidates.length);
  for (const j of chosen) open[j] = 1;
  const ds = Float64Array.from(existingDs, (there) => Math.min(there, beyondDs));
  const to = Int32Array.from(ds, (there) => (there < beyondDs ? -1 : -2));
  for (let demand = 0; demand < ds.length; demand++)
    for (let at = times.first[demand] as number; at < (times.first[demand + 1] as number); at++) {
      const [j, walk, now] = [times.candidate[at] as number, times.ds[at] as number, to[demand] as number];
      const isNearer = walk < (ds[demand] as number) || (walk === ds[demand] && now >= 0 && j < now);
      if (open[j] === 0 || !isNearer) continue;
      ds[demand] = walk;
      to[demand] = j;
    }
  return { to, ds };
}

/** Whether any of these places can be full. */
export function hasRooms({ candidates }: SitingQuestion, chosen: Iterable<number>): boolean {
  for (const j of chosen) if ((candidates[j]?.capacity ?? null) !== null) return true;
  return false;
}

/** @param limit who walks longer is missed, and missing one person outweighs whatever walking; null: only walking counts */
function divide(
  question: SitingQuestion,
  parties: readonly Party[],
  chosen: readonly number[],
  limit: number | null,
): Share[] {
  const open = new Set(chosen);
  const byDemand = new Map<number, Option[]>();
  const options = parties.map(({ demand, weight }) => {
    const plain = byDemand.get(demand) ?? optionsOf(question, demand, open, limit);
    byDemand.set(demand, plain);
    return plain.map((option) => ({ ...option, cost: option.cost * weight }));
  });
  const crowd = new Crowd(parties, options, chosen, question);
  crowd.spread();
  return crowd.shares();
}

/** Cheapest first: ties to what exists already, then to the lowest candidate. */
function optionsOf(
  question: SitingQuestion,
  demand: number,
  open: ReadonlySet<number>,
  limit: number | null,
): Option[] {
  const { times, existingDs, beyondDs } = question;
  const there = existingDs[demand] as number;
  const until = Math.min(there, beyondDs);
  // No single walk is longer than beyondDs: missing one person more outweighs whatever walking of a million.
  const costOf = (ds: number): number => ds + (limit !== null && ds > limit ? (beyondDs + 1) * 2 ** 20 : 0);
  const options: Option[] = [{ to: there < beyondDs ? -1 : -2, ds: until, cost: costOf(until) }];
  for (let at = times.first[demand] as number; at < (times.first[demand + 1] as number); at++) {
    const [to, ds] = [times.candidate[at] as number, times.ds[at] as number];
    if (open.has(to) && ds < until) options.push({ to, ds, cost: costOf(ds) });
  }
  return options.sort((a, b) => a.cost - b.cost || a.to - b.to);
}

/** People at places; nobody's place is full at first, and whoever is too many is moved on. */
class Crowd {
  private readonly options: readonly Option[][];
  /** The places open by number, and last what exists already or nothing. */
  private readonly places: readonly number[];
  private readonly numberOf: ReadonlyMap<number, number>;
  private readonly room: number[];
  /** People of each party at each place. */
  private readonly at: Map<number, number>[];
  /** By place and place to go to, who would go there at the least extra cost; made when a place is full for the first time. */
  private readonly moves: (Queue[] | undefined)[];

  constructor(parties: readonly Party[], options: Option[][], chosen: readonly number[], question: SitingQuestion) {
    this.options = options;
    this.places = [...chosen, -1];
    this.numberOf = new Map(chosen.map((j, number) => [j, number]));
    this.room = [...chosen.map((j) => question.candidates[j]?.capacity ?? Infinity), Infinity];
    this.at = this.places.map(() => new Map());
    this.moves = this.places.map(() => undefined);
    parties.forEach(({ people }, party) => this.put(this.placeOf(options[party]?.[0] as Option), party, people));
  }

  private placeOf({ to }: Option): number {
    return this.numberOf.get(to) ?? this.places.length - 1;
  }

  private put(place: number, party: number, people: number): void {
    const here = this.at[place] as Map<number, number>;
    const before = here.get(party) ?? 0;
    if (before + people === 0) here.delete(party);
    else here.set(party, before + people);
    this.room[place] = (this.room[place] as number) - people;
    if (before === 0) this.offer(place, party);
  }

  /** Notes where else a party that has come to a place might go. */
  private offer(place: number, party: number): void {
    const queues = this.moves[place];
    if (queues === undefined) return;
    const options = this.options[party] as Option[];
    const now = options.find((option) => this.placeOf(option) === place) as Option;
    for (const option of options) {
      const next = this.placeOf(option);
      if (next !== place) queues[next]?.add(option.cost - now.cost, party);
    }
  }

  private movesFrom(place: number): Queue[] {
    const known = this.moves[place];
    if (known !== undefined) return known;
    const queues = this.places.map(() => new Queue());
    this.moves[place] = queues;
    for (const party of (this.at[place] as Map<number, number>).keys()) this.offer(place, party);
    return queues;
  }

  spread(): void {
    for (let place = 0; place < this.places.length; place++)
      while ((this.room[place] as number) < 0) this.moveOn(place);
  }

  /**
   * Moves some of those too many at a place along the cheapest chain that ends where there is room. No chain need pass a place
   * that has room: what is there already is there at the least cost.
   */
  private moveOn(from: number): void {
    const cost = this.places.map((_, place) => (place === from ? 0 : Infinity));
    const by: { place: number; party: number }[] = [];
    for (let isShorter = true; isShorter;) {
      isShorter = false;
      for (let place = 0; place < this.places.length; place++)
        if (Number.isFinite(cost[place]) && (this.room[place] as number) <= 0 && this.relax(place, cost, by))
          isShorter = true;
    }
    let end = -1;
    cost.forEach((one, place) => {
      if ((this.room[place] as number) > 0 && one < (cost[end] ?? Infinity)) end = place;
    });
    this.follow(from, end, by);
  }

  private relax(place: number, cost: number[], by: { place: number; party: number }[]): boolean {
    let isShorter = false;
    const here = this.at[place] as Map<number, number>;
    this.movesFrom(place).forEach((queue, next) => {
      const best = queue.first((party) => here.has(party));
      if (best === null || (cost[place] as number) + best.key >= (cost[next] as number) - 1e-9) return;
      cost[next] = (cost[place] as number) + best.key;
      by[next] = { place, party: best.item };
      isShorter = true;
    });
    return isShorter;
  }

  private follow(from: number, end: number, by: readonly { place: number; party: number }[]): void {
    const chain: { place: number; next: number; party: number }[] = [];
    for (let next = end; next !== from; next = (by[next] as { place: number }).place)
      chain.push({ ...(by[next] as { place: number; party: number }), next });
    const people = Math.min(
      -(this.room[from] as number),
      this.room[end] as number,
      ...chain.map(({ place, party }) => this.at[place]?.get(party) ?? 0),
    );
    for (const { place, next, party } of chain) {
      this.put(place, party, -people);
      this.put(next, party, people);
    }
  }

  shares(): Share[] {
    return this.at.flatMap((here, place) =>
      Array.from(here, ([party, people]) => {
        const options = this.options[party] as Option[];
        const { to, ds } = options.find((one) => this.placeOf(one) === place) as Option;
        return { party, people, to, ds };
      }),
    );
  }
}
