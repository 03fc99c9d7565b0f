import type { Input, Output } from '#contract/route.ts';
import type { stationPublicRoutes } from '#contract/stations.ts';
import { toIso } from '#kit/clock.ts';
import { systemScope } from '#server/db/scope.ts';
import { languageWords, walkingEstimates } from './dictionary.ts';
import type { StationsParts } from './parts.ts';
import { absent, areaNameOf, busyOf, photosOf } from './queries.ts';
import { dayAt } from './rules-hours.ts';
import { findStation, listStationRows } from './store.ts';
import { readSeason, timeStations } from './timetables.ts';
import { facilityViews, publicDays, publicView } from './views.ts';

type Routes = typeof stationPublicRoutes;
const dayMs = 86_400_000;

/** What everybody may know of all stations in use. Asks for no position: the phone reckons distances itself. */
export async function listPublic(
  parts: StationsParts,
  { area }: Input<Routes['list']>['query'],
): Promise<Output<Routes['list']>> {
  const nowMs = parts.clock.now();
  const season = await readSeason(parts);
  return parts.database.read(systemScope, async (tx) => {
    const rows = await listStationRows(tx, systemScope, { area, openOn: dayAt(nowMs, season) });
    const timed = await timeStations(tx, rows, season, nowMs);
    const busy = await busyOf(tx, rows);
    return {
      asOf: toIso(nowMs),
      knownUntil: toIso(nowMs + publicDays * dayMs),
      items: timed.map((one) =>
        publicView(one, { areaName: areaNameOf(parts, one.station), busy: busy.get(one.station.id), nowMs }),
      ),
      facilities: facilityViews(),
      walking: [...walkingEstimates()],
    };
  });
}

/** One station, by its code. @throws AppError not_found, also for one that was given up */
export async function getPublic(parts: StationsParts, code: string): Promise<Output<Routes['get']>> {
  const nowMs = parts.clock.now();
  const season = await readSeason(parts);
  return parts.database.read(systemScope, async (tx) => {
    const row = await findStation(tx, systemScope, code);
    const today = dayAt(nowMs, season);
    if (row === undefined || (row.closedOn !== null && row.closedOn < today)) throw absent();
    const [timed] = await timeStations(tx, [row], season, nowMs);
    if (timed === undefined) throw absent();
    const busy = (await busyOf(tx, [row])).get(row.id);
    const { directions, directionsEn, languages, hours, holidayHours } = row;
    return {
      asOf: toIso(nowMs),
      knownUntil: toIso(nowMs + publicDays * dayMs),
      station: {
        ...publicView(timed, {
          areaName: areaNameOf(parts, row),
          busy,
          nowMs,
        }),
        directions,
        directionsEn,
        holidayHours,
        hours: hours.map((spans) => spans.map(([from, until]): [number, number] => [from, until])),
        languages: languages.flatMap((word) => languageWords().get(word) ?? []),
        photos: await photosOf(parts, tx, row.id),
      },
      facilities: facilityViews(),
    };
  });
}
