import { careColours } from '#contract/care.ts';
import type { Circle } from '#server/modules/grids/index.ts';
import type { Actor } from '#server/modules/identity/index.ts';
import { seenWithin } from './queries-near.ts';
import type { PeopleParts } from './queries.ts';
import { tellCircles, type ToldWithin } from './rules-cells.ts';
import { careTags, colourOf } from './tags.ts';

/** How many people in care live around a place, told for each circle in the order asked. */
interface CareAround {
  colours: { colour: (typeof careColours)[number]; within: ToldWithin[] }[];
  tags: { code: string; within: ToldWithin[] }[];
}

/**
 * Counts the people in care around a place by colour and category, as far as the actor may see them: no names, no houses,
 * no number below five. `radiiM`: 1 to 2000, the smallest first. Whoever may not even glance gets zeros. There is no total:
 * nothing hidden follows from the rest.
 */
export async function countCareAround(
  parts: Pick<PeopleParts, 'database' | 'vault' | 'territory'>,
  actor: Actor,
  { lon, lat, radiiM }: Omit<Circle, 'radiusM'> & { radiiM: readonly number[] },
): Promise<CareAround> {
  const people = await seenWithin(parts, actor, { lon, lat, radiusM: Math.max(...radiiM) }, 'plain');
  const within = (fits: (tags: readonly string[]) => boolean): ToldWithin[] => {
    const distances = people.filter(({ row }) => fits(row.tags)).map(({ distanceM }) => distanceM);
    return tellCircles(radiiM.map((radius) => distances.filter((metres) => metres <= radius).length));
  };
  const there = new Set(people.flatMap(({ row }) => row.tags));
  return {
    colours: careColours.map((colour) => ({ colour, within: within((tags) => colourOf(tags) === colour) })),
    tags: [...careTags().keys()]
      .filter((code) => there.has(code))
      .map((code) => ({ code, within: within((tags) => tags.includes(code)) })),
  };
}
