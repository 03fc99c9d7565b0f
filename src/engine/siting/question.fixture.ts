import fc from 'fast-check';
import type { SitingQuestion } from './question.ts';

/** Small questions of every kind: all choices can be tried. */
export function anyQuestion({ room }: { room: boolean }): fc.Arbitrary<SitingQuestion> {
  const count = (max: number): fc.Arbitrary<number> => fc.integer({ min: 0, max });
  return fc
    .record({ candidates: fc.integer({ min: 1, max: 6 }), demands: fc.integer({ min: 1, max: 8 }) })
    .chain((size) =>
      fc
        .record({
          goal: fc.constantFrom('cover' as const, 'median' as const, 'centre' as const),
          who: fc.array(fc.tuple(count(9), count(9), count(9)), { minLength: size.demands, maxLength: size.demands }),
          weights: fc.record({ others: count(2), elders: count(3), children: count(2) }),
          candidates: fc.array(
            fc.record({ cost: count(20), capacity: room ? fc.option(count(30), { freq: 3 }) : fc.constant(null) }),
            { minLength: size.candidates, maxLength: size.candidates },
          ),
          existingDs: fc.array(fc.oneof(count(120), fc.constant(Infinity)), {
            minLength: size.demands,
            maxLength: size.demands,
          }),
          walks: fc.uniqueArray(
            fc.record({ demand: count(size.demands - 1), candidate: count(size.candidates - 1), ds: count(110) }),
            { selector: ({ demand, candidate }) => `${demand} ${candidate}`, maxLength: 40 },
          ),
          limitDs: count(90),
          choose: fc.option(count(size.candidates)),
          budget: fc.option(count(60)),
        })
        .map(({ who, walks, choose, budget, ...rest }) => ({
          ...rest,
          demands: {
            people: who.map(([others, elders, children]) => others + elders + children),
            elders: who.map(([, elders]) => elders),
            children: who.map(([, , children]) => children),
          },
          times: sparse(size.demands, walks),
          beyondDs: 100,
          choose: choose === null && budget === null ? 2 : choose,
          budget,
        })),
    );
}

function sparse(
  demands: number,
  walks: readonly { demand: number; candidate: number; ds: number }[],
): SitingQuestion['times'] {
  const rows = Array.from({ length: demands }, (_, i) => walks.filter(({ demand }) => demand === i));
  const first = [0];
  for (const row of rows) first.push((first.at(-1) as number) + row.length);
  return {
    first,
    candidate: rows.flat().map(({ candidate }) => candidate),
    ds: rows.flat().map(({ ds }) => ds),
  };
}

/** Every choice that can be afforded, one after another. */
export function everyChoice({ candidates, choose, budget }: SitingQuestion): number[][] {
  const all = Array.from({ length: 2 ** candidates.length }, (_, bits) =>
    candidates.flatMap((_candidate, j) => ((bits >> j) % 2 === 1 ? [j] : [])),
  );
  return all.filter(
    (chosen) =>
      chosen.length <= (choose ?? Infinity) &&
      chosen.reduce((sum, j) => sum + (candidates[j]?.cost ?? 0), 0) <= (budget ?? Infinity),
  );
}
