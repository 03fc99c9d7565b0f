import type * as z from 'zod';
import type { remeasureView } from '#contract/planning-views.ts';
import type { GroupCounts } from '#contract/planning.ts';
import type { ReachOfRun } from './parts.ts';

type Found = z.output<typeof remeasureView>['found'];
type Cell = ReachOfRun['cells'][number];

const sum = (cells: readonly Cell[]): GroupCounts =>
  cells.reduce(
    (all, { people, elders, children }) => ({
      people: all.people + people,
      elders: all.elders + elders,
      children: all.children + children,
    }),
    { people: 0, elders: 0, children: 0 },
  );

interface Compared {
  facilityId: string;
  /** Minutes that counted when it was decided. */
  limitMin: number;
  isServed: (areaCode: string) => boolean;
}

/**
 * What came of a facility, home by home: who had none of its class within the limit before and has one now (counted as people
 * live there now), how many of them by this facility, who lost one; and what else differs between the two runs.
 * A home that only one run knows counts as beyond the limit in the other. One of the runs may be of a larger area: only homes
 * of the area the facility was decided for are compared.
 * @param isServed whether the code of an area lies in that area
 */
export function compareRuns(
  before: ReachOfRun,
  after: ReachOfRun,
  { facilityId, limitMin, isServed }: Compared,
): Found {
  const [homesBefore, homesNow] = [before, after].map(({ cells }) =>
    cells.filter(({ areaCode }) => isServed(areaCode)),
  ) as [Cell[], Cell[]];
  const within = (cell: Cell | undefined): boolean =>
    cell !== undefined && cell.seconds !== null && cell.seconds <= limitMin * 60;
  const past = new Map(homesBefore.map((cell) => [cell.code, cell]));
  const now = new Map(homesNow.map((cell) => [cell.code, cell]));
  const newly = homesNow.filter((cell) => within(cell) && !within(past.get(cell.code)));
  const known = new Set(before.facilityIds);
  const still = new Set(after.facilityIds);
  return {
    newly: sum(newly),
    lost: sum(homesBefore.filter((cell) => within(cell) && !within(now.get(cell.code)))),
    byThis: sum(newly.filter((cell) => cell.facilityId === facilityId)),
    population: sum(homesNow).people - sum(homesBefore).people,
    networkChanged: before.networkVersion !== after.networkVersion,
    standardsChanged: before.limitMin !== after.limitMin,
    otherOpened: after.facilityIds.filter((id) => id !== facilityId && !known.has(id)).length,
    otherClosed: before.facilityIds.filter((id) => !still.has(id)).length,
    limitMin,
  };
}
