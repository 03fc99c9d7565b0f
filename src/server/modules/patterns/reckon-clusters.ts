import { seededRandom } from '#kit/random.ts';
import { falseDiscovery } from '#engine/stats/fdr.ts';
import { nearestOnes, type Neighbours } from '#engine/stats/neighbours.ts';
import { scan, type Cluster } from '#engine/stats/scan.ts';

/** Cases of one kind by square and day, as three columns of equal length. */
export interface KindCases {
  category: string;
  /** Index of the square. */
  square: Uint32Array;
  /** 0 the first day. */
  day: Uint16Array;
  seen: Uint32Array;
}

export interface ClusterInput {
  /** Squares that ever had a case in the days looked at. */
  columns: Int32Array;
  rows: Int32Array;
  days: number;
  kinds: readonly KindCases[];
  circle: number;
  window: number;
  least: number;
  draws: number;
  level: number;
}

export interface FoundCluster extends Omit<Cluster, 'centre'> {
  category: string;
  centre: number;
}

/**
 * Clusters of every kind that hold after correcting for the number of kinds. What is likely in a square on a day is its share
 * of all days times the day's share of all squares, so that neither a busy square nor a busy day is a cluster by itself.
 */
export function reckonClusters(input: ClusterInput, stopIfAsked: () => void = () => undefined): FoundCluster[] {
  const circles = nearestOnes(input.columns, input.rows, input.circle);
  const found = input.kinds.map((kind, k) => {
    stopIfAsked();
    return scanKind(input, kind, circles, k + 1);
  });
  const q = falseDiscovery(found.map(([strongest]) => strongest?.p ?? 1));
  return found
    .flatMap((clusters, k) => ((q[k] as number) <= input.level ? clusters.filter(({ p }) => p <= input.level) : []))
    .toSorted((a, b) => b.llr - a.llr);
}

function scanKind(
  { columns, days, window, least, draws }: ClusterInput,
  { category, square, day, seen }: KindCases,
  circles: Neighbours,
  seed: number,
): FoundCluster[] {
  const counts = new Float64Array(columns.length * days);
  const bySquare = new Float64Array(columns.length);
  const byDay = new Float64Array(days);
  seen.forEach((cases, k) => {
    const [at, on] = [square[k] as number, day[k] as number];
    counts[at * days + on] = (counts[at * days + on] as number) + cases;
    bySquare[at] = (bySquare[at] as number) + cases;
    byDay[on] = (byDay[on] as number) + cases;
  });
  const whole = bySquare.reduce((sum, one) => sum + one, 0);
  const expected = counts.map(
    (_, k) => ((bySquare[Math.floor(k / days)] as number) * (byDay[k % days] as number)) / whole,
  );
  return scan(
    { days, counts, expected },
    { circles, maxDays: window, least, draws, maxShare: 0.5, rng: seededRandom(seed) },
  ).map((cluster) => ({ ...cluster, category }));
}
