/** Risk points as a file that the import takes back unchanged. */
import type { riskRoutes } from '#contract/risk-points.ts';
import type { Input } from '#contract/route.ts';
import { csvLine } from '#server/files/csv-text.ts';
import { eachRiskPoint, type RiskAsk } from './risk-queries.ts';
import type { StoredRisk } from './risk-store.ts';

type Query = Input<(typeof riskRoutes)['export']>['query'];

/** Pieces of the text: CSV with a byte order mark (spreadsheets expect it), or a FeatureCollection (RFC 7946). */
export async function* exportRiskPoints(ask: RiskAsk, { format, ...filter }: Query): AsyncGenerator<string, void> {
  yield format === 'csv' ? `\uFEFF${csvLine(columns)}` : '{"type":"FeatureCollection","features":[';
  let isFirst = true;
  for await (const points of eachRiskPoint(ask, filter)) {
    for (const point of points) {
      const facts = factsOf(ask, point);
      if (format === 'csv') yield csvLine(columns.map((column) => facts[column]));
      else yield `${isFirst ? '' : ','}\n${JSON.stringify(featureOf(facts))}`;
      isFirst = false;
    }
  }
  if (format === 'geojson') yield '\n]}\n';
}

const columns = [
  'code', 'name', 'kind', 'level', 'lon', 'lat', 'place_words', 'area_code', 'unit_code', 'note', 'state', 'cycle_days',
  'plan_code', 'last_look_at', 'last_look_result', 'look_due_at',
] as const; // prettier-ignore
type Facts = Record<(typeof columns)[number], string | number | null>;

function factsOf({ territory }: RiskAsk, point: StoredRisk): Facts {
  return {
    code: point.code,
    name: point.name,
    kind: point.kind,
    level: point.level,
    lon: point.lon,
    lat: point.lat,
    place_words: point.placeWords,
    area_code: point.areaCode,
    unit_code: point.unitId === null ? null : (territory.unit(point.unitId)?.code ?? null),
    note: point.note,
    state: point.state,
    cycle_days: point.cycleDays,
    plan_code: point.planCode,
    last_look_at: point.lastLookAt?.toISOString() ?? null,
    last_look_result: point.lastLookResult,
    look_due_at: point.lookDueAt?.toISOString() ?? null,
  };
}

function featureOf({ lon, lat, ...properties }: Facts) {
  return { type: 'Feature', id: properties.code, properties, geometry: { type: 'Point', coordinates: [lon, lat] } };
}
