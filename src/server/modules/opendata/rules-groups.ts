/**
 * How cases become groups that may be published: a partition, each case in exactly one group of at least k. What the groups
 * defend against, and what not, stands in README.md; the adversary of rules-groups.test.ts tries it on every small world.
 */

/** What is told of a case, from the first that is told to the last. A group tells a beginning of it. */
export const dimensions = ['street', 'class', 'community', 'leaf', 'week'] as const;
export type Dimension = (typeof dimensions)[number];

/** Cases that are alike in everything that could be told: one value for each dimension, '-' where there is none. */
export interface Tally {
  path: readonly string[];
  n: number;
  /** Whole days from report to closing → how many cases. */
  days: ReadonlyMap<number, number>;
}

export interface Group {
  /** Values of the first dimensions; those that are missing are not told. */
  path: readonly string[];
  /** All that lies under `path` and in no other group that begins with it; else: all that lies under `path`. */
  rest: boolean;
  n: number;
  /** Middle of the whole days from report to closing. */
  medianDays: number;
}

/** Fewer than k in all: nothing can be published. */
export function groupsOf(tallies: readonly Tally[], k: number): Group[] {
  assertK(k);
  const known = tallies.filter(({ n }) => n > 0);
  return sumOf(known) < k ? [] : refine([], known, k);
}

/** Below five nobody publishes anything; a slip in a file of settings must not undo that. @throws Error */
function assertK(k: number): void {
  if (!Number.isInteger(k) || k < 2) throw new Error(`k: expected a whole number from 2 on, found ${k}.`);
}

function refine(path: readonly string[], tallies: readonly Tally[], k: number): Group[] {
  const depth = path.length;
  const children = [...Map.groupBy(tallies, (tally) => tally.path[depth] ?? '-')]
    .map(([value, own]) => ({ value, own, n: sumOf(own) }))
    .toSorted((a, b) => (a.value < b.value ? -1 : 1));
  const cut = depth === dimensions.length ? undefined : cutOf(children, k);
  if (cut === undefined) return [toGroup(path, tallies, false)];
  const rest = cut.rest.flatMap(({ own }) => own);
  return [
    ...cut.told.flatMap(({ value, own }) => refine([...path, value], own, k)),
    ...(rest.length === 0 ? [] : [toGroup(path, rest, true)]),
  ];
}

/**
 * Which children are told and which are put together. Children below k never stand alone. With them goes at least one that
 * could have stood alone, the first by code and not by number, until they are 2k together: else whoever knows this rule could
 * reckon back how many a small one holds. Undefined: no child could be told.
 */
export function cutOf<C extends { n: number }>(
  children: readonly C[],
  k: number,
): { told: C[]; rest: C[] } | undefined {
  const rest = children.filter(({ n }) => n < k);
  const told = children.filter(({ n }) => n >= k);
  if (rest.length > 0) {
    let sum = rest.reduce((all, { n }) => all + n, 0);
    do {
      const taken = told.shift();
      if (taken === undefined) return undefined;
      rest.push(taken);
      sum += taken.n;
    } while (sum < 2 * k);
  }
  return told.length === 0 ? undefined : { told, rest };
}

const sumOf = (tallies: readonly Tally[]): number => tallies.reduce((sum, { n }) => sum + n, 0);

function toGroup(path: readonly string[], tallies: readonly Tally[], rest: boolean): Group {
  return { path, rest, n: sumOf(tallies), medianDays: medianOf(tallies) };
}

/** The lower middle where there are two. */
export function medianOf(tallies: readonly Pick<Tally, 'days'>[]): number {
  const all = tallies.flatMap(({ days }) => [...days]).toSorted(([a], [b]) => a - b);
  const half = all.reduce((sum, [, n]) => sum + n, 0) / 2;
  let passed = 0;
  for (const [day, n] of all) {
    passed += n;
    if (passed >= half) return day;
  }
  return 0;
}

/**
 * A later look at a month that is published already, over the same groups. A number is told only where it is as any version
 * told it before or differs from every one of them by k or more, or two versions side by side would show fewer than k cases;
 * else the last one stays. A group that fell below k is told as null.
 */
export function recount(
  versions: readonly (readonly AnyGroup[])[],
  tallies: readonly Tally[],
  k: number,
): { groups: AnyGroup[]; changed: number; kept: number; homeless: number } {
  assertK(k);
  const before = versions.at(-1) ?? [];
  const byKey = new Map(before.map((group) => [keyOf(group), group]));
  const own = Map.groupBy(tallies, ({ path }) => homeOf(byKey, path) ?? '');
  let [changed, kept] = [0, 0];
  const groups = before.map((group, at) => {
    const now = own.get(keyOf(group)) ?? [];
    const n = sumOf(now);
    if (n === group.n) return group;
    const told = versions.flatMap((version) => version[at]?.n ?? []);
    const far = told.every((one) => Math.abs(n - one) >= k);
    const next = n < k ? null : n;
    if (next === group.n || !(far || (next !== null && told.includes(n)))) {
      kept++;
      return group;
    }
    changed++;
    return next === null ? { ...group, n: null, medianDays: null } : toGroup(group.path, now, group.rest);
  });
  const homeless = sumOf(own.get('') ?? []);
  return { groups, changed, kept, homeless };
}

/** Told before, and since a correction too small to tell. */
interface WithheldGroup extends Omit<Group, 'n' | 'medianDays'> {
  n: null;
  medianDays: null;
}
export type AnyGroup = Group | WithheldGroup;

export const keyOf = ({ path, rest }: Pick<Group, 'path' | 'rest'>): string => `${path.join('/')}${rest ? '/*' : ''}/`;

/** The group a case lies in: the longest beginning of its path that is told, or the rest of one. */
function homeOf(groups: ReadonlyMap<string, unknown>, path: readonly string[]): string | undefined {
  for (let depth = path.length; depth >= 0; depth--) {
    const begin = path.slice(0, depth);
    for (const rest of [false, true]) {
      const key = keyOf({ path: begin, rest });
      if (groups.has(key)) return key;
    }
  }
  return undefined;
}
