/** Comparison like with like by indirect standardisation: what happened ÷ what the same cases would bring anywhere. */

/** Cases of one kind (class, priority, channel, time of day) at one unit, and the same kind everywhere. */
export interface StratumLine {
  cases: number;
  late: number;
  handled: number;
  /** Sum of 1000 · ln(1 + minutes). */
  logMinutes: number;
  all: { cases: number; late: number; handled: number; logMinutes: number };
}

export interface Standing {
  cases: number;
  late: number;
  expectedLate: number;
  /** Variance of `late` if the unit were like all. */
  variance: number;
  ratio: number | null;
  low: number | null;
  high: number | null;
  band: 'A' | 'B' | 'C' | 'D' | 'E' | null;
  difficulty: number | null;
  handleRatio: number | null;
}

/** Fewer cases, or fewer expected to be late, are not compared. */
export const leastCases = 20;
export const leastExpected = 2;
const z95 = 1.96;
const z998 = 3.09;

/**
 * How a unit stands beside all others with the same cases. Bands: C within what chance does (95 %), B and D outside it,
 * A and E outside 99.8 %; null where there are too few cases. `overall`: share of late cases everywhere, 0 to 1.
 */
export function standingOf(lines: readonly StratumLine[], overall: number | null): Standing {
  const sum = (of: (line: StratumLine) => number): number => lines.reduce((total, line) => total + of(line), 0);
  const share = ({ all }: StratumLine): number => (all.cases === 0 ? 0 : all.late / all.cases);
  const cases = sum((line) => line.cases);
  const late = sum((line) => line.late);
  const expectedLate = sum((line) => line.cases * share(line));
  const variance = sum((line) => line.cases * share(line) * (1 - share(line)));
  const enough = cases >= leastCases && expectedLate >= leastExpected && variance > 0;
  const ratio = expectedLate > 0 ? late / expectedLate : null;
  const [low, high] = enough ? byar(late, expectedLate) : [null, null];
  return {
    cases,
    late,
    expectedLate,
    variance,
    ratio: enough ? ratio : null,
    low,
    high,
    band: enough ? bandOf((late - expectedLate) / Math.sqrt(variance)) : null,
    difficulty: overall === null || overall === 0 || cases === 0 ? null : expectedLate / cases / overall,
    handleRatio: handleRatio(lines),
  };
}

function bandOf(z: number): NonNullable<Standing['band']> {
  if (z < -z998) return 'A';
  if (z < -z95) return 'B';
  if (z <= z95) return 'C';
  return z <= z998 ? 'D' : 'E';
}

/** 95 % interval of a count over its expectation (Byar's approximation of the exact Poisson interval). */
export function byar(count: number, expected: number): [number, number] {
  const low = count === 0 ? 0 : count * (1 - 1 / (9 * count) - z95 / (3 * Math.sqrt(count))) ** 3;
  const more = count + 1;
  const high = more * (1 - 1 / (9 * more) + z95 / (3 * Math.sqrt(more))) ** 3;
  return [low / expected, high / expected];
}

/** Geometric mean of handling times over that of the same cases everywhere; null below the least number of cases. */
function handleRatio(lines: readonly StratumLine[]): number | null {
  const known = lines.filter(({ handled, all }) => handled > 0 && all.handled > 0);
  const n = known.reduce((total, { handled }) => total + handled, 0);
  if (n < leastCases) return null;
  const difference = known.reduce(
    (total, { handled, logMinutes, all }) => total + logMinutes - (handled * all.logMinutes) / all.handled,
    0,
  );
  return Math.exp(difference / n / 1000);
}
