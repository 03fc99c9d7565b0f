/**
 * Siting on published instances (../shared/data/siting beside the project): seconds to proof on each p-median, share of the best
 * known covering after at most a minute. Goals: every published optimum proved; covering ≥ 99.9 %.
 *   node bench/siting.ts [seconds for one covering]
 */
import { searchCover } from '#engine/siting/cover-search.ts';
import { hasInstances, readMclp, readPmed } from '#engine/siting/or-library.fixture.ts';
import { solvePMedian } from '#engine/siting/p-median.ts';
import { siteProblem } from '#engine/siting/problem.ts';
import { count as digits, tell } from './lib/figures.ts';

const limitMs = Number(process.argv[2] ?? 60) * 1000;
const longestMs = 600_000;

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
  const startMs = performance.now();
  const { uncovered } = searchCover(problem, {
    count,
    trials: 40_000_000,
    seed: 1,
    stop: () => performance.now() - startMs > limitMs,
  });
  const share = (whole - uncovered) / known;
  tell(
    `${name}, ${count} places of ${radiusM} m: share of the best known`,
    `${(share * 100).toFixed(3)} %`,
    `${digits(whole - uncovered)} of ${digits(known)} people in ${((performance.now() - startMs) / 1000).toFixed(0)} s`,
  );
  return share;
}

if (hasInstances) {
  const seconds = Array.from({ length: 20 }, (_, k) => provePmed(k + 1));
  tell('all twenty together, seconds', seconds.reduce((sum, one) => sum + one, 0).toFixed(1));
  const shares = [50, 60, 70, 80, 90, 100].flatMap((places) => [
    cover('Bronx', places, 600),
    cover('NewYork', places, 400),
  ]);
  tell('the worst of the coverings', `${(Math.min(...shares) * 100).toFixed(3)} %`, 'goal 99.9 %');
}
