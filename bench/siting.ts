/**
 * Siting on published instances (../shared/data/siting beside the project): seconds to proof on each p-median, share of the best
 * known covering after at most a minute of processor, capacitated medians to proof by HiGHS; and a district of 6,000 homes with
 * 40 places: seconds to proof for each goal, milliseconds to try one's own choice.
 * Goals: every published optimum proved; covering ≥ 99.9 %.
 *   node bench/siting.ts [seconds for one covering]
 */
import { answerSiting } from '#engine/siting/answer.ts';
import { solveCapacitated } from '#engine/siting/capacitated.ts';
import { searchCoverFromStarts } from '#engine/siting/cover-starts.ts';
import { hasInstances, readCpmp, readMclp, readPmed } from '#engine/siting/or-library.fixture.ts';
import { makeWhatIf } from '#engine/siting/outcome.ts';
import { solvePMedian } from '#engine/siting/p-median.ts';
import { siteProblem } from '#engine/siting/problem.ts';
import type { SitingQuestion } from '#engine/siting/question.ts';
import { seededRandom } from '#kit/random.ts';
import { openHighs } from '#server/compute/siting-highs.ts';
import { count as digits, tell } from './lib/figures.ts';

const limitS = Number(process.argv[2] ?? 60);
const longestMs = 600_000;
const solver = await openHighs();

/** Seconds of processor this program has had: others may use the machine at the same time. */
const processorS = (): number => process.cpuUsage().user / 1e6;

function provePmed(which: number): number {
  const { size, count, links, known } = readPmed(which);
  const problem = siteProblem(
    size,
    Array.from({ length: size }, () => 2 ** 20),
    links,
  );
  const startMs = performance.now();
  const answer = solvePMedian(problem, { count, stop: () => performance.now() - startMs > longestMs });
  const seconds = (performance.now() - startMs) / 1000;
  const fine = answer.proved && answer.objective === known;
  if (!fine) process.exitCode = 1;
  tell(
    `pmed${which}: ${size} places, ${count} to choose, seconds to proof`,
    seconds.toFixed(2),
    fine
      ? `${digits(known)}, the published optimum, proved`
      : `published ${known}, found ${answer.objective}, bound ${answer.bound}`,
  );
  return seconds;
}

function cover(name: 'Bronx' | 'NewYork', count: number, radiusM: number): number {
  const { size, links, known, people } = readMclp(name, count, radiusM);
  const problem = siteProblem(size, people, links);
  const whole = people.reduce((sum, one) => sum + one, 0);
  const startS = processorS();
  const stop = (): boolean => processorS() - startS > limitS;
  const { uncovered } = searchCoverFromStarts(problem, { count, starts: 1000, trials: 4_000_000, seed: 1, stop });
  const share = (whole - uncovered) / known;
  tell(
    `${name}, ${count} places of ${radiusM} m: share of the best known`,
    `${(share * 100).toFixed(3)} %`,
    `${digits(whole - uncovered)} of ${digits(known)} people in ${(processorS() - startS).toFixed(0)} s of processor`,
  );
  return share;
}

function proveCapacitated(which: number): void {
  const { size, count, links, known, demand, capacity } = readCpmp(which);
  const startMs = performance.now();
  const problem = siteProblem(
    size,
    demand.map(() => 2 ** 20),
    links,
  );
  const rooms = demand.map(() => capacity);
  const answer = solveCapacitated(
    problem,
    { count, takes: demand, capacity: rooms, seconds: 300, mayLeave: false },
    solver,
  );
  const fine = answer?.objective === known && answer.proved;
  if (!fine) process.exitCode = 1;
  tell(
    `pmedcap${which}: seconds to proof`,
    ((performance.now() - startMs) / 1000).toFixed(1),
    fine
      ? `${digits(known)}, the published best, proved`
      : `published ${known}, found ${answer?.objective}, bound ${answer?.bound}`,
  );
}

/** Homes and places strewn over six kilometres; who walks more than half an hour is not served. */
function district(homes: number, places: number, wish: Partial<SitingQuestion>): SitingQuestion {
  const rng = seededRandom(5);
  const strewn = (many: number): [number, number][] => Array.from({ length: many }, () => [rng() * 6000, rng() * 6000]);
  const ds = ([x1, y1]: [number, number], [x2, y2]: [number, number]): number =>
    Math.round((Math.hypot(x1 - x2, y1 - y2) * 1.3 * 10) / 1.1);
  const [at, candidates, existing] = [strewn(homes), strewn(places), strewn(6)];
  const walks = at.map((home) =>
    candidates.map((place, j) => ({ j, ds: ds(home, place) })).filter((one) => one.ds < 18_000),
  );
  const people = at.map(() => 10 + Math.floor(rng() * 200));
  const first = [0];
  for (const row of walks) first.push((first.at(-1) as number) + row.length);
  return {
    goal: 'cover',
    demands: {
      people,
      elders: people.map((one) => Math.floor(one / 5)),
      children: people.map((one) => Math.floor(one / 8)),
    },
    weights: { others: 1, elders: 2, children: 1 },
    candidates: candidates.map(() => ({ cost: 10_000 * (5 + Math.floor(rng() * 60)), capacity: null })),
    times: { first, candidate: walks.flat().map(({ j }) => j), ds: walks.flat().map((one) => one.ds) },
    existingDs: at.map((home) => Math.min(...existing.map((place) => ds(home, place)))),
    limitDs: 6000,
    beyondDs: 18_000,
    choose: 3,
    budget: null,
    ...wish,
  };
}

function answerDistrict(name: string, wish: Partial<SitingQuestion>): void {
  const question = district(6000, 40, wish);
  const answer = answerSiting(question, { solver, seconds: 60, now: () => performance.now() });
  tell(
    `6,000 homes, 40 places, ${name}: seconds to answer and runner-up`,
    answer.seconds.toFixed(1),
    `${answer.proven ? 'proved' : `gap ${(answer.gap * 100).toFixed(2)} %`}, runner-up ${answer.runnerUp?.proven === true ? 'proved' : 'not proved'}`,
  );
}

function tryChoices(): void {
  const whatIf = makeWhatIf(district(6000, 40, {}));
  const startMs = performance.now();
  for (let k = 0; k < 40; k++) whatIf.evaluate([k, (k + 7) % 40, (k + 19) % 40]);
  tell('6,000 homes: milliseconds for all figures of one choice', ((performance.now() - startMs) / 40).toFixed(1));
}

for (const goal of ['cover', 'median', 'centre'] as const) {
  answerDistrict(`three by ${goal}`, { goal });
  answerDistrict(`1.5 million by ${goal}`, { goal, choose: null, budget: 1_500_000 });
}
tryChoices();

if (hasInstances) {
  const seconds = Array.from({ length: 20 }, (_, k) => provePmed(k + 1));
  tell('all twenty together, seconds', seconds.reduce((sum, one) => sum + one, 0).toFixed(1));
  for (const which of [1, 2, 3]) proveCapacitated(which);
  const shares = [50, 60, 70, 80, 90, 100].flatMap((places) => [
    cover('Bronx', places, 600),
    cover('NewYork', places, 400),
  ]);
  tell('the worst of the coverings', `${(Math.min(...shares) * 100).toFixed(3)} %`, 'goal 99.9 %');
}
