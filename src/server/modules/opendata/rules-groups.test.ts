import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cutOf, groupsOf, keyOf, medianOf, recount, type AnyGroup, type Group, type Tally } from './rules-groups.ts';

const k = 3;
const tally = (path: readonly string[], n: number): Tally => ({ path, n, days: new Map([[2, n]]) });
const sum = (groups: readonly { n: number | null }[]) => groups.reduce((all, { n }) => all + (n ?? 0), 0);

const cases = fc
  .array(
    fc.tuple(
      fc.tuple(
        fc.constantFrom('s1', 's2'),
        fc.constantFrom('A', 'B', 'C'),
        fc.constantFrom('c1', 'c2', '-'),
        fc.constantFrom('x', 'y'),
        fc.constantFrom('w1', 'w2', 'w3'),
      ),
      fc.integer({ min: 1, max: 9 }),
    ),
    { maxLength: 40 },
  )
  .map((rows) => {
    const counts = new Map<string, number>();
    for (const [path, n] of rows) counts.set(path.join('/'), (counts.get(path.join('/')) ?? 0) + n);
    return [...counts].map(([key, n]) => tally(key.split('/'), n));
  });

/** Every way of putting 0…most into so many places. */
function* worlds(places: number, most: number): Generator<number[]> {
  const all = (most + 1) ** places;
  for (let at = 0; at < all; at++) {
    let left = at;
    yield Array.from({ length: places }, () => {
      const n = left % (most + 1);
      left = Math.floor(left / (most + 1));
      return n;
    });
  }
}

interface Told {
  /** What is published, as text: worlds with the same text look the same from outside. */
  text: string;
  /** No group holds more than a place can: worlds cut off by the bound prove nothing. */
  fair: boolean;
}

/** An adversary who knows the rule and everything that is published: the places whose small number they can be sure of. */
function readable(places: number, most: number, publish: (world: readonly number[]) => Told): string[] {
  const seen = new Map<string, { values: Set<number>[]; first: number[] }>();
  for (const world of worlds(places, most)) {
    const { text, fair } = publish(world);
    if (!fair) continue;
    const known = seen.get(text) ?? { values: world.map(() => new Set<number>()), first: world };
    world.forEach((n, place) => known.values[place]?.add(n));
    seen.set(text, known);
  }
  expect(seen.size).toBeGreaterThan(100);
  return [...seen].flatMap(([text, { values, first }]) =>
    values.some((set) => set.size === 1 && [...set].every((n) => n > 0 && n < k)) ? [`${text} ⇐ ${first.join()}`] : [],
  );
}

const published = (groups: readonly Group[], most: number): Told => ({
  text: groups.map((group) => `${keyOf(group)}=${group.n}`).join(' '),
  fair: groups.every(({ n, rest }) => !rest || n <= most),
});

describe('groups', () => {
  test('are a partition: each case in one group, none below k, and what is told under a path adds up', () => {
    fc.assert(
      fc.property(cases, (tallies) => {
        const groups = groupsOf(tallies, k);
        const total = sum(tallies);
        expect(sum(groups)).toBe(total < k ? 0 : total);
        for (const { n } of groups) expect(n).toBeGreaterThanOrEqual(k);
        for (const group of groups.filter(({ rest }) => rest)) expect(group.n).toBeGreaterThanOrEqual(2 * k);
        expect(new Set(groups.map(keyOf)).size).toBe(groups.length);
      }),
    );
  });

  test('are as fine as they may be: many alike are told to the week', () => {
    const groups = groupsOf([tally(['s', 'A', 'c', 'x', 'w1'], 9), tally(['s', 'A', 'c', 'x', 'w2'], 4)], k);
    expect(groups.map(keyOf)).toEqual(['s/A/c/x/w1/', 's/A/c/x/w2/']);
  });

  test('put a small one together with one that could stand alone', () => {
    const groups = groupsOf(
      [
        tally(['s', 'A', 'c1', 'x', 'w1'], 7),
        tally(['s', 'B', 'c1', 'x', 'w1'], 8),
        tally(['s', 'C', 'c1', 'x', 'w1'], 1),
      ],
      k,
    );
    expect(groups.map((group) => [keyOf(group), group.n])).toEqual([
      ['s/B/c1/x/w1/', 8],
      ['s/*/', 8],
    ]);
  });

  test('fewer than k in all are not told', () => {
    expect(groupsOf([tally(['s', 'A', 'c', 'x', 'w1'], 2)], k)).toEqual([]);
  });

  test('do not depend on the order of what comes in', () => {
    fc.assert(
      fc.property(cases, (tallies) => {
        expect(groupsOf(tallies.toReversed(), k)).toEqual(groupsOf(tallies, k));
      }),
    );
  });
});

describe('an adversary who knows the rule and sees all that is published', () => {
  test.each([
    [2, 12],
    [3, 11],
    [4, 8],
  ])('of %i sisters never reads the number of a small one', (places, most) => {
    const publish = (world: readonly number[]) => {
      const path = (place: number) => ['s', String.fromCharCode(65 + place), 'c', 'x', 'w'];
      return published(groupsOf(world.map((n, place) => tally(path(place), n)), k), most); // prettier-ignore
    };
    expect(readable(places, most, publish)).toEqual([]);
  });

  test('of two classes in two communities never reads the number of a small one, through both levels at once', () => {
    const most = 9;
    const publish = (world: readonly number[]) => {
      const path = (place: number) => ['s', place < 2 ? 'A' : 'B', `c${place % 2}`, 'x', 'w'];
      return published(groupsOf(world.map((n, place) => tally(path(place), n)), k), most); // prettier-ignore
    };
    expect(readable(4, most, publish)).toEqual([]);
  });

  test('would read it, if only the small ones were put together: the attack is real', () => {
    const most = 9;
    const naive = (world: readonly number[]): Told => {
      const rest = world.filter((n) => n > 0 && n < k);
      const told = world.map((n) => (n >= k ? n : 0));
      return { text: `${told.join()}|${sum(rest.map((n) => ({ n })))}`, fair: true };
    };
    expect(readable(3, most, naive)).not.toEqual([]);
  });

  test('of all versions of one month never sees a difference below k between any two', () => {
    fc.assert(
      fc.property(fc.array(cases, { minLength: 2, maxLength: 5 }), ([then = [], ...later]) => {
        const versions: AnyGroup[][] = [groupsOf(then, k)];
        for (const now of later) versions.push(recount(versions, now, k).groups);
        for (const at of versions[0]?.keys() ?? []) {
          const told = versions.flatMap((version) => version[at]?.n ?? []);
          for (const [a, b] of told.flatMap((one) => told.map((other) => [one, other] as const)))
            expect(a === b || Math.abs(a - b) >= k).toBe(true);
          expect(told.every((n) => n >= k)).toBe(true);
        }
        expect(new Set(versions.map((version) => version.map(keyOf).join(' '))).size).toBe(1);
      }),
    );
  });
});

describe('a correction', () => {
  const first = groupsOf([tally(['s', 'A', 'c', 'x', 'w'], 9), tally(['s', 'B', 'c', 'x', 'w'], 6)], k);
  const again = (a: number, b: number) =>
    recount([first], [tally(['s', 'A', 'c', 'x', 'w'], a), tally(['s', 'B', 'c', 'x', 'w'], b)], k);

  test('tells what changed by k or more and keeps the rest as it was', () => {
    expect(again(12, 7)).toMatchObject({ groups: [{ n: 12 }, { n: 6 }], changed: 1, kept: 1, homeless: 0 });
  });
  test('withholds what fell below k, and tells it again when it may', () => {
    const fallen = again(2, 6);
    expect(fallen.groups[0]).toMatchObject({ n: null, medianDays: null });
    const back = (n: number) => recount([first, fallen.groups], [tally(['s', 'A', 'c', 'x', 'w'], n)], k).groups[0]?.n;
    // 8 would show beside the first version that one case is gone.
    expect([back(2), back(3), back(8), back(9)]).toEqual([null, 3, null, 9]);
  });
  test('says how many have no group', () => {
    expect(recount([first], [tally(['s', 'C', 'c', 'x', 'w'], 4)], k).homeless).toBe(4);
  });
});

test('the middle of days is one that happened', () => {
  expect(medianOf([{ days: new Map([[1, 2], [9, 2]]) }])).toBe(1); // prettier-ignore
  expect(medianOf([{ days: new Map([[1, 1], [3, 3]]) }, { days: new Map([[0, 1]]) }])).toBe(3); // prettier-ignore
});

test('a cut leaves nothing out', () => {
  const lists = fc.array(fc.record({ n: fc.integer({ min: 1, max: 20 }) }), { maxLength: 8 });
  fc.assert(
    fc.property(lists, (children) => {
      const cut = cutOf(children, k);
      if (cut === undefined) return;
      expect(cut.told.length + cut.rest.length).toBe(children.length);
      expect(cut.told.every(({ n }) => n >= k)).toBe(true);
    }),
  );
});
