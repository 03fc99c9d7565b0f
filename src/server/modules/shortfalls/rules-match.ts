/** Which idle rooms could answer a demand. Pure. */
import type { IdleRoom, ReachCell, Walks } from './parts.ts';
import { sumOf } from './rules-produce.ts';

type Heads = ReturnType<typeof sumOf>;

export interface Match {
  room: IdleRoom;
  /** Its use is written down, or nobody said yet what it may become. */
  use: 'named' | 'unsaid';
  /** Null: the class names no least floor. */
  largeEnough: boolean | null;
  /** Who has none within the minutes and would have one here. */
  newly: Heads;
  /** Of them, who lives in the community of the demand. */
  here: Heads;
  /** Near enough to a street to be measured. */
  joined: boolean;
}

/** Rooms that are free, safe and of a fitting use, and how many are left out for which reason. */
export function roomsFor(
  rooms: readonly IdleRoom[],
  { classCode, idleId }: { classCode: string; idleId: string | null },
) {
  const excluded = { otherUse: 0, unsafe: 0, taken: 0 };
  const fitting = rooms.filter(({ id, state, condition, uses }) => {
    // The room somebody already thought of is shown whatever became of it.
    if (state !== 'idle' && id !== idleId) excluded.taken++;
    else if (condition === 'unsafe') excluded.unsafe++;
    else if (uses.length > 0 && !uses.includes(classCode)) excluded.otherUse++;
    else return true;
    return false;
  });
  return { fitting, excluded };
}

/** Of each place, people of the cells that reach it. */
export function newlyAt(
  cells: readonly ReachCell[],
  { first, target }: Pick<Walks, 'first' | 'target'>,
  places: number,
  isHere: (cell: ReachCell) => boolean,
): { newly: Heads; here: Heads }[] {
  const reached = Array.from({ length: places }, (): ReachCell[] => []);
  cells.forEach((cell, c) => {
    for (let walk = first[c] ?? 0; walk < (first[c + 1] ?? 0); walk++) reached[target[walk] ?? -1]?.push(cell);
  });
  return reached.map((homes) => ({ newly: sumOf(homes), here: sumOf(homes.filter(isHere)) }));
}

/**
 * What can be measured first, then large enough ones, then by people of the community newly served, then by all, then by code.
 * Rooms near enough to nobody of the community are no answer to its demand: how many is told instead.
 */
export function rankMatches(
  found: readonly Omit<Match, 'use' | 'largeEnough'>[],
  minFloorM2: number | null,
): { matches: Match[]; elsewhere: number } {
  const near = found.filter(({ joined, here }) => !joined || here.people > 0);
  const matches = near
    .map((match): Match => ({
      ...match,
      use: match.room.uses.length > 0 ? 'named' : 'unsaid',
      largeEnough: minFloorM2 === null ? null : match.room.areaM2 >= minFloorM2,
    }))
    .toSorted(
      (a, b) =>
        Number(b.joined) - Number(a.joined) ||
        Number(b.largeEnough !== false) - Number(a.largeEnough !== false) ||
        b.here.people - a.here.people ||
        b.newly.people - a.newly.people ||
        (a.room.code < b.room.code ? -1 : 1),
    );
  return { matches, elsewhere: found.length - near.length };
}
