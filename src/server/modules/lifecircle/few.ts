/** Pure: cells of few people are put together with their grid, for those who only look. */

/** A cell with its time to one class. */
export interface TimedCell {
  code: string;
  merged: boolean;
  areaCode: string;
  lon: number;
  lat: number;
  /** Null: too few to be shown. */
  people: number | null;
  elders: number | null;
  children: number | null;
  seconds: number | null;
  back: number | null;
  facility: number | null;
}

type Counted = TimedCell & { people: number; elders: number; children: number };

/**
 * Cells with fewer than `few` people (but not nobody) stand as one place of their grid, in the middle of who lives there, with
 * the longest of their times: nobody is made to look better served. A grid that is still too small shows no numbers.
 */
export function mergeFew(cells: readonly Counted[], few: number): TimedCell[] {
  const small = (cell: Counted): boolean => cell.people > 0 && cell.people < few;
  const byGrid = Map.groupBy(cells.filter(small), ({ areaCode }) => areaCode);
  const merged = [...byGrid].map(([areaCode, group]) => mergeGroup(areaCode, group, few));
  return [...cells.filter((cell) => !small(cell)), ...merged];
}

function mergeGroup(areaCode: string, group: readonly Counted[], few: number): TimedCell {
  const people = group.reduce((sum, cell) => sum + cell.people, 0);
  const middle = (of: 'lon' | 'lat'): number => group.reduce((sum, cell) => sum + cell[of] * cell.people, 0) / people;
  const slowest = group.reduce((worst, cell) => (timeOf(cell) > timeOf(worst) ? cell : worst));
  const shown = people >= few;
  return {
    ...slowest,
    code: areaCode,
    merged: true,
    areaCode,
    lon: middle('lon'),
    lat: middle('lat'),
    people: shown ? people : null,
    elders: shown ? group.reduce((sum, cell) => sum + cell.elders, 0) : null,
    children: shown ? group.reduce((sum, cell) => sum + cell.children, 0) : null,
  };
}

const timeOf = ({ seconds }: TimedCell): number => seconds ?? Infinity;

/** A number of people as it may be shown: null where it counts some, but fewer than `few`. */
export function shownHeads(count: number, few: number): number | null {
  return count > 0 && count < few ? null : count;
}
