/** What the modules below are to planning. Each is handed to whoever builds the module. */
import { thinCorners } from '#engine/network/thin.ts';
import type { Facilities } from '#server/modules/facilities/index.ts';
import type { LiveTerritory } from '#server/modules/grids/index.ts';
import { walkProfiles, type Lifecircle } from '#server/modules/lifecircle/index.ts';
import type { Needs } from '#server/modules/needs/index.ts';
import type { PlanningParts } from './parts.ts';

export function facilitiesPort(facilities: Facilities): PlanningParts['facilities'] {
  const { queries } = facilities;
  return {
    classes: () => queries.classes(),
    async listFacilities(tx, { classCode, on }) {
      return (await queries.listFacilities(tx, { on })).filter((one) => one.classCode === classCode);
    },
    listCells: (tx, wish) => queries.listCells(tx, wish),
    listIdle: (tx, { areaCode }) => queries.listIdle(tx, { areaCode, states: ['idle'] }),
    openAt: (hours, { weekday, minute }) => queries.openAtMinute(hours, weekday, minute) === true,
    async reserveIdle(tx, claim, actor) {
      await facilities.reserveIdle(tx, claim, actor);
    },
    async releaseIdle(tx, claim, actor) {
      await facilities.releaseIdle(tx, claim, actor);
    },
    async useIdle(tx, claim, actor) {
      await facilities.useIdle(tx, claim, actor);
    },
    addFacility: (tx, wish, actor) => facilities.addFacility(tx, wish, actor),
  };
}

export const needsPort = ({ queries }: Needs): PlanningParts['needs'] => ({
  listNeeds: (tx, wish) => queries.listNeeds(tx, wish),
  setState: (tx, wish, actor) => queries.setState(tx, wish, actor),
});

export function circlePort(
  { territory }: { territory: Pick<LiveTerritory, 'locate' | 'area'> },
  lifecircle: Lifecircle,
): PlanningParts['circle'] {
  const { queries } = lifecircle;
  return {
    profiles: () => walkProfiles().values(),
    async timesTo({ places, ...wish }, { signal }) {
      const { network, walks, asidePlaces } = await lifecircle.timesTo(places, { ...wish, signal });
      return { ...walks, asidePlaces, networkVersion: network };
    },
    async streetPlaces({ areaCode, everyM }) {
      const network = await lifecircle.network(areaCode);
      if (network === undefined) return [];
      const corners = thinCorners(network.network, everyM);
      return corners.filter(({ lon, lat }) => territory.locate(lon, lat)?.path.includes(areaCode) === true);
    },
    latestRun: (tx, wish) => queries.latestRun(tx, wish),
    async measure({ areaCode, profile }, actor) {
      const { id } = await lifecircle.measure(areaCode, { profile }, actor);
      await lifecircle.idle();
      return { id };
    },
    async reachOf(tx, wish) {
      const found = await queries.reachOf(tx, wish);
      if (found === undefined) return undefined;
      const { run, cells, ...rest } = found;
      const within = cells.filter(({ areaCode }) => territory.area(areaCode)?.path.includes(wish.areaCode) === true);
      return { ...rest, cells: within, hash: run.hash, networkVersion: run.network, profile: run.profile };
    },
  };
}
