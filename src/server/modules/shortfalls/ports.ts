/** The ports of this module, answered by the modules below it. */
import { idleOwners, needGroups, type Facilities } from '#server/modules/facilities/index.ts';
import type { Lifecircle, RunRow } from '#server/modules/lifecircle/index.ts';
import type { CirclePort, FacilitiesPort, RunMark } from './parts.ts';

/** What facilities tell the lists. */
export function facilitiesPort(
  queries: Pick<Facilities['queries'], 'standards' | 'listFacilities' | 'listIdle' | 'openAtMinute'>,
): FacilitiesPort {
  return {
    standards: queries.standards,
    listFacilities: queries.listFacilities,
    async findFacility(tx, { id, on }) {
      return (await queries.listFacilities(tx, { on })).find((one) => one.id === id);
    },
    listIdle: queries.listIdle,
    openAtMinute: queries.openAtMinute,
    owners: idleOwners,
    groups: needGroups,
  };
}

/** What runs of the life circle tell the lists: those for the adult walker at any time of day. */
export function circlePort({ queries, timesTo }: Pick<Lifecircle, 'queries' | 'timesTo'>): CirclePort {
  return {
    async latestRun(tx, { areaCode }) {
      return markOf(await queries.latestRun(tx, { areaCode }));
    },
    async findRun(tx, runId) {
      return markOf(await queries.findRun(tx, runId));
    },
    async reachOf(tx, wish) {
      const found = await queries.reachOf(tx, wish);
      return found === undefined
        ? undefined
        : { classCode: wish.classCode, limitMin: found.limitMin, cells: found.cells };
    },
    async walks({ run, cutoffS, cells, places }) {
      const { areaCode, network, profile } = run;
      const { walks, asidePlaces } = await timesTo(places, { areaCode, network, profile, cutoffS, cells });
      return { ...walks, asidePlaces };
    },
  };
}

function markOf(run: RunRow | undefined): RunMark | undefined {
  if (run === undefined || run.finishedAt === null) return undefined;
  const { id, hash, areaCode, network, profile, codeVersion, finishedAt, parameters } = run;
  return { id, hash, areaCode, network, profile, codeVersion, finishedAt, day: parameters.day };
}
