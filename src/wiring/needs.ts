import { surveyRoutes } from '#contract/needs-public.ts';
import { needRoutes } from '#contract/needs.ts';
import type { Tx } from '#server/db/pool.ts';
import { systemScope } from '#server/db/scope.ts';
import { mount } from '#server/http/mount.ts';
import { mountFile } from '#server/http/streams.ts';
import type { Bookings } from '#server/modules/bookings/index.ts';
import { listSaid } from '#server/modules/events/index.ts';
import type { Groups } from '#server/modules/groups/index.ts';
import { systemActor } from '#server/modules/identity/index.ts';
import { createNeeds, type Needs, type NeedSources } from '#server/modules/needs/index.ts';
import type { Missed, Visits } from '#server/modules/visits/index.ts';
import type { Joined, Parts } from './parts.ts';

/** Reports looked through in one turn, the latest. */
const mostReports = 5_000;

/** What needs listens to. */
export interface NeedsNeighbours {
  groups: Pick<Groups, 'listPolls'>;
  bookings: Pick<Bookings, 'listUnmet'>;
  visits: Pick<Visits, 'alsoHear'>;
}

/** Joins needs: what people say is missing, from six sources and from their own mouths. */
export function joinNeeds(parts: Parts, { groups, bookings, visits }: NeedsNeighbours): Joined & { needs: Needs } {
  const { app, database, territory, clock, identity, doors } = parts;
  const names = identity.queries.namesOf;
  const needs = createNeeds({ database, territory, clock, names });
  mount(app, needRoutes, needs.handlers, doors);
  mountFile(app, needRoutes.export, ({ query }, { actor }) => needs.file(actor, query), doors);
  mount(app, surveyRoutes, needs.publicHandlers, doors);
  visits.alsoHear((tx, missed) => hearVisit(needs, tx, missed));
  const sources = sourcesOf(parts, { groups, bookings });
  return {
    needs,
    tickers: [{ name: 'needs.listen', everyMs: 60_000, run: () => needs.listen(sources).then(() => undefined) }],
  };
}

/** Each class that is missed is a voice; where the home stands is not told, only the grid. */
async function hearVisit({ queries }: Pick<Needs, 'queries'>, tx: Tx, missed: Missed): Promise<void> {
  const { visitId, classCodes, areaCode, tags, atMs } = missed;
  for (const classCode of classCodes)
    await queries.hear(tx, {
      source: 'visit',
      sourceRef: `${visitId}#${classCode}`,
      saidMs: atMs,
      text: `走访时说：附近缺${queries.nameOf(classCode)}`,
      people: 1,
      classCode,
      groupCode: groupOf(tags),
      areaCode,
      point: null,
    });
}

/** For whom somebody in care speaks, by the family of their tags. */
function groupOf(tags: readonly string[]): string {
  const found = (['elder', 'child', 'disabled'] as const).find((one) => tags.some((tag) => tag.startsWith(one)));
  return found ?? 'all';
}

function sourcesOf(
  { database, territory }: Pick<Parts, 'database' | 'territory'>,
  { groups, bookings }: Pick<NeedsNeighbours, 'groups' | 'bookings'>,
): NeedSources {
  return {
    async polls(sinceMs) {
      const { items } = await groups.listPolls(systemActor, { from: new Date(sinceMs).toISOString() });
      return items.flatMap(({ id, groupId, question, options, result, closedAt, gridCodes }) => {
        const areaCode = commonArea(gridCodes.map((code) => territory.area(code)?.path ?? [code]));
        if (result === null || closedAt === null || areaCode === undefined) return [];
        const { counts } = result;
        return [{ id, groupId, question, options, counts, areaCode, atMs: Date.parse(closedAt) }];
      });
    },
    async reports(categories, sinceMs) {
      const rows = await database.read(systemScope, (tx) => listSaid(tx, { categories, sinceMs, limit: mostReports }));
      return rows.toReversed().map(({ lon, lat, reports, ...row }) => {
        return { ...row, people: reports, point: lon === null || lat === null ? null : ([lon, lat] as const) };
      });
    },
    async wishes(sinceMs) {
      const rows = await database.read(systemScope, (tx) => bookings.listUnmet(tx, { sinceMs }));
      return rows.map(({ id, stationId, what, areaCode, atMs }) => {
        return { ref: stationId === null ? id : `${stationId}/${id}`, text: what, areaCode, atMs };
      });
    },
  };
}

/** The finest area that all of these lie in; undefined for none. */
function commonArea(paths: readonly (readonly string[])[]): string | undefined {
  const [first = []] = paths;
  return first.findLast((code) => paths.every((path) => path.includes(code)));
}
