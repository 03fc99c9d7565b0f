import { planningRoutes } from '#contract/planning.ts';
import { thinCorners } from '#engine/network/thin.ts';
import type { ComputePool } from '#server/compute/index.ts';
import { mountSubjectPhotos } from '#server/http/files.ts';
import { mount } from '#server/http/mount.ts';
import { mountFile } from '#server/http/streams.ts';
import type { Facilities } from '#server/modules/facilities/index.ts';
import { walkProfiles, type Lifecircle } from '#server/modules/lifecircle/index.ts';
import type { Needs } from '#server/modules/needs/index.ts';
import { createPlanning, makeSolver, type Planning, type PlanningParts } from '#server/modules/planning/index.ts';
import type { Shortfalls } from '#server/modules/shortfalls/index.ts';
import type { Joined, Parts } from './parts.ts';

interface Below {
  facilities: Facilities;
  needs: Needs;
  lifecircle: Lifecircle;
  shortfalls: Shortfalls;
  compute: ComputePool;
}

/** Grows with every change of how a scenario is reckoned; answers carry it. */
const codeVersion = 'planning-1';
const docx = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';

/** Scenarios, decisions, projects: where to put what is missing. */
export function joinPlanning(parts: Parts, below: Below): Joined & { planning: Planning } {
  const { app, database, territory, clock, events, identity, files, doors } = parts;
  const planning = createPlanning({
    database,
    territory,
    clock,
    codeVersion,
    photos: events.photos,
    names: identity.queries.namesOf,
    facilities: facilitiesPort(below.facilities),
    needs: needsPort(below.needs),
    demand: demandPort(below.shortfalls),
    circle: circlePort(parts, below.lifecircle),
    solve: makeSolver(below.compute),
    report: (what, error) => app.log.error({ err: error, what }, 'A scenario could not be reckoned.'),
  });
  mount(app, planningRoutes, planning.handlers, doors);
  mountFile(
    app,
    planningRoutes.document,
    async ({ params }, { actor }) => ({ ...(await planning.document(actor, params.id)), type: docx }),
    doors,
  );
  mountSubjectPhotos(app, files, planningRoutes.photo, doors, (actor, params) =>
    planning.findPhoto(actor, { id: params['id'] ?? '', photoId: params['photoId'] ?? '' }),
  );
  return {
    planning,
    jobs: [{ name: 'planning-late', cron: '20 8 * * *', run: () => planning.tellLate() }],
    stop: () => planning.stop(),
  };
}

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

const demandPort = (shortfalls: Shortfalls): PlanningParts['demand'] => ({
  find: (tx, id) => shortfalls.queries.findDemand(tx, id),
  markPlanned: (tx, claim, actor) => shortfalls.markPlanned(tx, claim, actor),
  markMet: (tx, claim, actor) => shortfalls.markMet(tx, claim, actor),
  release: (tx, claim, actor) => shortfalls.release(tx, claim, actor),
});

export function circlePort({ territory }: Pick<Parts, 'territory'>, lifecircle: Lifecircle): PlanningParts['circle'] {
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
