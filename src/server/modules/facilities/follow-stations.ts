/** Stations of 小红伞 among the facilities: they follow, nobody types them a second time. */
import { uuidV7 } from '#kit/ids.ts';
import { systemScope } from '#server/db/scope.ts';
import { systemActor } from '#server/modules/identity/index.ts';
import { allStations, type StationRow } from '#server/modules/stations/index.ts';
import type { FacilitiesParts } from './parts.ts';
import { facilityFacts, isSameFacility, tell } from './record.ts';
import { hoursOfWeek } from './rules-hours.ts';
import { listFacilitiesOf, lockFacilitiesOf, saveFacilities, type FacilityRow } from './store.ts';

/** The class stations are. */
export const stationClass = 'rest_station';

/** Pure: the facility a station is; `before` keeps what a station does not tell. Its own longer hours in warnings are not usual. */
export function facilityOfStation(
  station: StationRow,
  before: FacilityRow | undefined,
  newId: () => string,
): FacilityRow {
  const { code, name, areaCode, path, district, lon, lat, address, openedOn, closedOn } = station;
  return {
    id: before?.id ?? newId(),
    code: before?.code ?? `station-${code}`,
    classCode: stationClass,
    name,
    areaCode,
    path: [...path],
    district,
    lon,
    lat,
    address,
    capacity: null,
    floorM2: before?.floorM2 ?? null,
    hours: hoursOfWeek(station.hours),
    stepFree: before?.stepFree ?? null,
    openedOn,
    closedOn: dayAfter(closedOn),
    source: 'station',
    sourceRef: station.id,
    checkedOn: before?.checkedOn ?? null,
    note: before?.note ?? '',
    version: before?.version ?? 1,
  };
}

/** A station is there on its last day; a facility is no longer there on its `closedOn`. */
function dayAfter(day: string | null): string | null {
  return day === null ? null : new Date(Date.parse(`${day}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10);
}

function changesOf(stations: readonly StationRow[], known: readonly FacilityRow[], nowMs: number): FacilityRow[] {
  const byStation = new Map(known.map((row) => [row.sourceRef, row]));
  return stations.flatMap((station) => {
    const before = byStation.get(station.id);
    const now = facilityOfStation(station, before, () => uuidV7(nowMs));
    return before !== undefined && isSameFacility(before, now) ? [] : [now];
  });
}

/** Brings the facilities that are stations up to date. Answers how many changed; each has its line. */
export async function followStations({
  database,
  clock,
}: Pick<FacilitiesParts, 'database' | 'clock'>): Promise<number> {
  const seen = await database.read(systemScope, async (tx) =>
    changesOf(await allStations(tx), await listFacilitiesOf(tx, 'station'), clock.now()),
  );
  if (seen.length === 0) return 0;
  return database.inTx(systemScope, async (tx) => {
    const nowMs = clock.now();
    const changed = changesOf(await allStations(tx), await lockFacilitiesOf(tx, 'station'), nowMs);
    await saveFacilities(tx, changed, nowMs);
    for (const row of changed)
      await tell(tx, 'facility.follow_station', row, {
        actor: systemActor,
        atMs: nowMs,
        data: { ...facilityFacts(row), stationId: row.sourceRef },
      });
    return changed.length;
  });
}
