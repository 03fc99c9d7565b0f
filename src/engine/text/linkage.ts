/**
 * Groups by average linkage over a graph of likeness: two groups join while the mean likeness of their pairs is at least
 * `joinFrom`; a pair without an edge counts 0. So one message like two groups does not chain them together.
 */

export interface Edge {
  a: number;
  b: number;
  /** 0 to 1. */
  weight: number;
}

/**
 * The group of each of `count` nodes, named by its lowest node. `most`: how many edges a node can have at the most (the
 * neighbours that were asked for); a pair of large groups is not held to more edges than there can be. Deterministic: the
 * likest pair joins first, ties by the lower nodes. O(edges · log edges) for groups of bounded size.
 */
export function groupByLinkage(count: number, edges: readonly Edge[], joinFrom: number, most: number): Uint32Array {
  const state = createState(count, edges, most);
  const queue = state.pairs().toSorted(byLikeness);
  while (queue.length > 0) {
    const next = queue.shift();
    if (next === undefined || next.mean < joinFrom) break;
    if (!state.isCurrent(next)) continue;
    for (const pair of state.join(next)) {
      if (pair.mean >= joinFrom) insert(queue, pair);
    }
  }
  return state.groups();
}

interface Pair {
  a: number;
  b: number;
  mean: number;
  /** Size of both groups when this was worked out: stale once one has grown. */
  sizes: number;
}

const byLikeness = (one: Pair, other: Pair): number => other.mean - one.mean || one.a - other.a || one.b - other.b;

function insert(queue: Pair[], pair: Pair): void {
  let low = 0;
  let high = queue.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const there = queue[middle];
    if (there !== undefined && byLikeness(there, pair) <= 0) low = middle + 1;
    else high = middle;
  }
  queue.splice(low, 0, pair);
}

function createState(count: number, edges: readonly Edge[], most: number) {
  const home = Uint32Array.from({ length: count }, (_, node) => node);
  const sizes = new Uint32Array(count).fill(1);
  const sums: Map<number, number>[] = Array.from({ length: count }, () => new Map());
  for (const { a, b, weight } of edges) {
    if (a === b) continue;
    sums[a]?.set(b, Math.max(weight, sums[a]?.get(b) ?? 0));
    sums[b]?.set(a, Math.max(weight, sums[b]?.get(a) ?? 0));
  }
  const pairOf = (a: number, b: number, sum: number): Pair => {
    const [sizeA, sizeB] = [sizes[a] ?? 1, sizes[b] ?? 1];
    const possible = Math.min(sizeA * sizeB, most * Math.min(sizeA, sizeB));
    return { a: Math.min(a, b), b: Math.max(a, b), mean: sum / possible, sizes: sizeA + sizeB };
  };
  return {
    pairs: (): Pair[] => sums.flatMap((own, a) => [...own].filter(([b]) => a < b).map(([b, sum]) => pairOf(a, b, sum))),
    isCurrent: (pair: Pair): boolean =>
      home[pair.a] === pair.a && home[pair.b] === pair.b && (sizes[pair.a] ?? 0) + (sizes[pair.b] ?? 0) === pair.sizes,
    /** Joins the two; the pairs that changed by it. */
    join({ a, b }: Pair): Pair[] {
      home[b] = a;
      sizes[a] = (sizes[a] ?? 0) + (sizes[b] ?? 0);
      const [own, other] = [sums[a] ?? new Map<number, number>(), sums[b] ?? new Map<number, number>()];
      own.delete(b);
      for (const [third, sum] of other) {
        sums[third]?.delete(b);
        if (third === a) continue;
        const both = sum + (own.get(third) ?? 0);
        own.set(third, both);
        sums[third]?.set(a, both);
      }
      sums[b] = new Map();
      return [...own].map(([third, sum]) => pairOf(a, third, sum));
    },
    groups(): Uint32Array {
      for (let node = 0; node < count; node++) {
        let root = home[node] ?? node;
        while (home[root] !== root) root = home[root] ?? root;
        home[node] = root;
      }
      return home;
    },
  };
}
