import type { Input, Output } from '#contract/route.ts';
import type { lifecircleRoutes } from '#contract/lifecircle.ts';
import { AppError } from '#kit/errors.ts';
import { hangPlaces, holdAt } from '#engine/network/holds.ts';
import { systemScope } from '#server/db/scope.ts';
import type { Actor } from '#server/modules/identity/index.ts';
import { isochroneTask } from './isochrone-task.ts';
import { runFor, type QueryParts } from './queries.ts';
import type { RunRow } from './store-run.ts';

type Asked = Input<(typeof lifecircleRoutes)['isochrones']>['query'];

/**
 * Outlines on the network and for the walker of a run: of the facilities of a class (walked to), of one of them, or of a point
 * (walked from). @throws AppError not_found, bad_input
 */
export async function drawIsochrones(
  parts: QueryParts,
  actor: Actor,
  id: string,
  asked: Asked,
): Promise<Output<(typeof lifecircleRoutes)['isochrones']>> {
  const { run, facilities } = await parts.database.read(systemScope, async (tx) => {
    const row = await runFor(parts, tx, actor, id);
    return { run: row, facilities: (await parts.readInputs(tx, row)).facilities };
  });
  const network = await parts.networks.load(run.network);
  const points = pointsOf(parts, run, facilities, asked);
  const graph = network.graph(run.parameters.walk, asked.lon === undefined || asked.way === 'to' ? 'to' : 'from');
  const columns = { lon: points.map(({ lon }) => lon), lat: points.map(({ lat }) => lat) };
  const holds = hangPlaces(graph, network.snapper, columns, run.parameters.snapLimitM);
  const limits = asked.minutes.map((minutes) => Number(minutes) * 60);
  const cutoffS = run.parameters.cutoffS;
  if (limits.length === 0 || limits.some((limit) => limit < 60 || limit > cutoffS))
    throw new AppError('bad_input', `minutes: expected 1 to ${cutoffS / 60}, found ${asked.minutes.join(', ')}.`, {
      field: 'minutes',
    });
  const starts = points.flatMap((_point, k) => holdAt(holds, k) ?? []);
  const items = await parts.compute.run(isochroneTask, { graph, starts, limits });
  return { items: items.map(({ seconds, geometry }) => ({ minutes: seconds / 60, geometry })) };
}

function pointsOf(
  { facilities: port }: QueryParts,
  { parameters: { at } }: RunRow,
  facilities: readonly {
    id: string;
    classCode: string;
    lon: number;
    lat: number;
    hours: Parameters<typeof port.openAtMinute>[0];
  }[],
  asked: Asked,
): { lon: number; lat: number }[] {
  if (asked.lon !== undefined && asked.lat !== undefined) return [{ lon: asked.lon, lat: asked.lat }];
  if (asked.facility !== undefined) return facilities.filter(({ id }) => id === asked.facility);
  if (asked.class === undefined)
    throw new AppError('bad_input', 'Expected a class, a facility, or lon and lat, found none of them.');
  return facilities.filter(
    ({ classCode, hours }) =>
      classCode === asked.class && (at === null || port.openAtMinute(hours, at.weekday, at.minute) !== false),
  );
}
