/** Facilities as a file that the import takes back unchanged. */
import type { facilityRoutes } from '#contract/facilities.ts';
import type { Input } from '#contract/route.ts';
import { csvLine } from '#server/files/csv-text.ts';
import type { Actor } from '#server/modules/identity/index.ts';
import { writeHours } from './hours-text.ts';
import type { FacilitiesParts } from './parts.ts';
import { eachFacility } from './queries.ts';
import type { FacilityRow } from './store.ts';

type Query = Input<(typeof facilityRoutes)['export']>['query'];

const columns = [
  'code', 'class', 'name', 'lon', 'lat', 'area_code', 'address', 'capacity', 'floor_m2', 'hours', 'step_free', 'opened_on',
  'closed_on', 'checked_on', 'source', 'note',
] as const; // prettier-ignore
type Facts = Record<(typeof columns)[number], string | number | null>;

/** Pieces of the text: CSV with a byte order mark (spreadsheets expect it), or a FeatureCollection (RFC 7946). */
export async function* exportFacilities(
  parts: FacilitiesParts,
  actor: Actor,
  { format, ...filter }: Query,
): AsyncGenerator<string, void> {
  yield format === 'csv' ? `\uFEFF${csvLine(columns)}` : '{"type":"FeatureCollection","features":[';
  let isFirst = true;
  for await (const rows of eachFacility(parts, actor, filter)) {
    for (const row of rows) {
      const facts = factsOf(row);
      if (format === 'csv') yield csvLine(columns.map((column) => facts[column]));
      else yield `${isFirst ? '' : ','}\n${JSON.stringify(featureOf(facts))}`;
      isFirst = false;
    }
  }
  if (format === 'geojson') yield '\n]}\n';
}

function factsOf(row: FacilityRow): Facts {
  return {
    code: row.code,
    class: row.classCode,
    name: row.name,
    lon: row.lon,
    lat: row.lat,
    area_code: row.areaCode,
    address: row.address,
    capacity: row.capacity,
    floor_m2: row.floorM2,
    hours: row.hours === null ? null : writeHours(row.hours),
    step_free: row.stepFree === null ? null : row.stepFree ? 'yes' : 'no',
    opened_on: row.openedOn,
    closed_on: row.closedOn,
    checked_on: row.checkedOn,
    source: row.source,
    note: row.note,
  };
}

function featureOf({ lon, lat, ...properties }: Facts) {
  return { type: 'Feature', id: properties.code, properties, geometry: { type: 'Point', coordinates: [lon, lat] } };
}
