import { planningRoutes } from '#contract/planning.ts';
import type { ComputePool } from '#server/compute/index.ts';
import { mountSubjectPhotos } from '#server/http/files.ts';
import { mount } from '#server/http/mount.ts';
import { mountFile } from '#server/http/streams.ts';
import type { Facilities } from '#server/modules/facilities/index.ts';
import type { Lifecircle } from '#server/modules/lifecircle/index.ts';
import type { Needs } from '#server/modules/needs/index.ts';
import {
  circlePort,
  createPlanning,
  facilitiesPort,
  makeSolver,
  needsPort,
  type Planning,
  type PlanningParts,
} from '#server/modules/planning/index.ts';
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

const demandPort = (shortfalls: Shortfalls): PlanningParts['demand'] => ({
  find: (tx, id) => shortfalls.queries.findDemand(tx, id),
  markPlanned: (tx, claim, actor) => shortfalls.markPlanned(tx, claim, actor),
  markMet: (tx, claim, actor) => shortfalls.markMet(tx, claim, actor),
  release: (tx, claim, actor) => shortfalls.release(tx, claim, actor),
});
