/** What a planner asks: where to put new places so that people are served best. Whole numbers throughout; times in deciseconds on foot, from home. */
export interface SitingQuestion {
  /**
   * 'cover': as many as can be have a place within the limit. 'median': everybody together walks as little as can be.
   * 'centre': whoever walks farthest walks as little as can be.
   */
  goal: 'cover' | 'median' | 'centre';
  demands: Households;
  /** How much a person counts, a whole number from 0 to 100; 0: not asked for, and takes no room. Elders first, say: 1, 2, 1. */
  weights: { others: number; elders: number; children: number };
  candidates: readonly SitingCandidate[];
  /** Walks from each demand to the candidates it can reach; what is not in here is farther than `beyondDs`. */
  times: SparseTimes;
  /** Walk to the nearest place there is already; at least `beyondDs` (Infinity) where there is none. It has room for whoever goes there. */
  existingDs: ArrayLike<number>;
  /** Within this long a person is served. */
  limitDs: number;
  /** How far the walks were looked up, at least the limit: whoever has no place within counts as walking this long. */
  beyondDs: number;
  /** Places at most; null: only the budget limits. */
  choose: number | null;
  /** Money at most, in the unit of the candidates' costs; null: only the number limits. */
  budget: number | null;
}

/** Who lives where. All three the same length; elders and children are among the people and not both. */
export interface Households {
  people: ArrayLike<number>;
  elders: ArrayLike<number>;
  children: ArrayLike<number>;
}

export interface SitingCandidate {
  /** Whole number of at least 0. */
  cost: number;
  /** How many people it can serve; null: as many as come. */
  capacity: number | null;
}

/** Of demand i the walks first[i] … first[i + 1] − 1. */
export interface SparseTimes {
  first: ArrayLike<number>;
  candidate: ArrayLike<number>;
  ds: ArrayLike<number>;
}

export interface Heads {
  people: number;
  elders: number;
  children: number;
}

/** How people are served by what exists and what is chosen. Those counted are of the groups with a weight. */
export interface SitingFigures {
  /** Who has a place within the limit. */
  within: Heads;
  /** Who has none within `beyondDs`. */
  beyond: Heads;
  /** Of all people counted, those beyond as `beyondDs`; null where nobody is counted. */
  meanDs: number | null;
  /** Of those who have a place within `beyondDs`; null where nobody has. */
  farthestDs: number | null;
  /** Inequality of the walks: 0 everybody walks as long, towards 1 a few walk all of it. Null where nobody walks. */
  gini: number | null;
  /** Walks of the tenth that walks longest over those of the four tenths that walk shortest; null where those walk nothing. */
  palma: number | null;
}

/** A choice and what comes of it. */
export interface SitingOutcome {
  /** Candidates, ascending. */
  chosen: number[];
  cost: number;
  /**
   * In the goal's own measure. 'cover': weight of the people within the limit (more is better). 'median': weight × deciseconds
   * of everybody; 'centre': deciseconds of whoever walks farthest (less is better).
   */
  objective: number;
  before: SitingFigures;
  after: SitingFigures;
  /** Who has a place within the limit now and had none before. */
  newlyServed: Heads;
  /** Who goes where, by demand: a candidate, −1 what exists already, −2 nothing within `beyondDs`. Where a demand is divided: where most of it goes. */
  assignment: number[];
  /** Demands that are divided because a place is full: where their people go, as above. */
  divided: { demand: number; candidate: number; people: number }[];
  /** People who go to each place chosen, in the order of `chosen`. */
  loads: number[];
}

/** The answer and its proof. */
export interface SitingAnswer extends SitingOutcome {
  goal: SitingQuestion['goal'];
  /** Which way the objective is better. */
  better: 'more' | 'less';
  /** No affordable choice whatever does better than this. */
  bound: number;
  /** |objective − bound| over the greater of both, 0 when proven. */
  gap: number;
  /** There is no better choice: objective and bound meet. */
  proven: boolean;
  /** The best choice found that does without at least one of the places chosen; `proven`: there is no better one of that kind. Null where nothing is chosen. */
  runnerUp: { chosen: number[]; cost: number; objective: number; proven: boolean } | null;
  /** How the bound was come by. */
  method: 'nothing' | 'every-choice' | 'prices' | 'programme';
  /** Steps of the search. */
  nodes: number;
  seconds: number;
}

/**
 * Refuses what cannot be asked.
 * @throws RangeError with what was expected and found
 */
export function checkQuestion(question: SitingQuestion): void {
  const { candidates, demands, times, existingDs, weights, limitDs, beyondDs, choose, budget } = question;
  const size = demands.people.length;
  expectWhole('places to choose', choose ?? 0, 0, Number.MAX_SAFE_INTEGER);
  expectWhole('money', budget ?? 0, 0, Number.MAX_SAFE_INTEGER);
  if (choose === null && budget === null)
    throw new RangeError('Expected a number of places or a budget, found neither.');
  expectWhole('deciseconds of the limit', limitDs, 0, 10 ** 7);
  expectWhole('deciseconds looked up', beyondDs, limitDs, 10 ** 7);
  for (const [group, weight] of Object.entries(weights)) expectWhole(`the weight of ${group}`, weight, 0, 100);
  candidates.forEach(({ cost, capacity }, j) => {
    expectWhole(`the cost of candidate ${j}`, cost, 0, 2 ** 40);
    if (capacity !== null) expectWhole(`the room of candidate ${j}`, capacity, 0, 2 ** 30);
  });
  for (const [what, length, wanted] of [
    ['elders', demands.elders.length, size],
    ['children', demands.children.length, size],
    ['existing walks', existingDs.length, size],
    ['firsts of walks', times.first.length, size + 1],
    ['deciseconds of walks', times.ds.length, times.candidate.length],
  ] as const)
    if (length !== wanted) throw new RangeError(`Expected ${wanted} ${what}, found ${length}.`);
  for (let i = 0; i < size; i++) checkDemand(demands, i);
  for (let at = 0; at < times.candidate.length; at++) {
    expectWhole('the candidate of a walk', times.candidate[at] as number, 0, candidates.length - 1);
    expectWhole('the deciseconds of a walk', times.ds[at] as number, 0, 2 ** 32);
  }
}

function checkDemand({ people, elders, children }: Households, i: number): void {
  expectWhole(`the people of demand ${i}`, people[i] as number, 0, 10 ** 6);
  expectWhole(`the elders of demand ${i}`, elders[i] as number, 0, people[i] as number);
  expectWhole(`the children of demand ${i}`, children[i] as number, 0, (people[i] as number) - (elders[i] as number));
}

function expectWhole(what: string, found: number, least: number, most: number): void {
  if (!Number.isInteger(found) || found < least || found > most)
    throw new RangeError(`Expected ${what} as a whole number from ${least} to ${most}, found ${found}.`);
}
